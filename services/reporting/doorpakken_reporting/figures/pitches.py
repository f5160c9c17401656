"""Pitches, the support they found and what they need. Refuses to add amounts of different units;
pitches that were declined or withdrawn are only counted by state."""

from collections import Counter
from collections.abc import Iterable, Sequence

from doorpakken_events.registration import EndorsementState, Need, PitchState
from doorpakken_events.words import CATEGORIES
from pydantic import BaseModel

OPEN_STATES = ("submitted", "accepted")


class Amount(BaseModel):
    """So much of one unit; money is in euro cents."""

    unit: str
    amount: int


class OfCategory(BaseModel):
    """What all pitches need of one category."""

    category: str
    needs: int
    amounts: list[Amount]


class Pitch(BaseModel):
    """One pitch; support counts once it is confirmed."""

    pitch_id: str
    title: str
    kind: str
    state: str
    pitchers: list[str]
    believes: int
    joins: int
    needs: int


class Pitches(BaseModel):
    """The pitches of a gathering."""

    pitches: int
    pitches_by_state: dict[str, int]
    needs: int
    endorsements: int
    needs_by_category: list[OfCategory]
    pitch_list: list[Pitch]


def count_pitches(
    pitches: Sequence[PitchState], endorsements: Sequence[EndorsementState]
) -> Pitches:
    """The figures of these pitches with their support."""
    opened = [pitch for pitch in pitches if pitch.state in OPEN_STATES]
    confirmed = [one for one in endorsements if one.state == "confirmed"]
    needs = [need for pitch in opened for need in pitch.needs]
    return Pitches(
        pitches=len(opened),
        pitches_by_state=dict(sorted(Counter(pitch.state for pitch in pitches).items())),
        needs=len(needs),
        endorsements=len(confirmed),
        needs_by_category=_by_category(needs),
        pitch_list=[_pitch(pitch, confirmed) for pitch in opened],
    )


def _pitch(pitch: PitchState, confirmed: Iterable[EndorsementState]) -> Pitch:
    stances = Counter(one.stance for one in confirmed if one.pitch_id == pitch.pitch_id)
    return Pitch(
        pitch_id=pitch.pitch_id,
        title=pitch.title,
        kind=pitch.kind,
        state=pitch.state,
        pitchers=list(pitch.pitchers),
        believes=stances["believes"],
        joins=stances["joins"],
        needs=len(pitch.needs),
    )


def _by_category(needs: Sequence[Need]) -> list[OfCategory]:
    """Categories that are needed, in the order of the list of categories."""
    asked = {need.category for need in needs}
    order = [*CATEGORIES, *sorted(asked - set(CATEGORIES))]
    return [
        _of_category(one, [need for need in needs if need.category == one])
        for one in order
        if one in asked
    ]


def _of_category(category: str, needs: Sequence[Need]) -> OfCategory:
    amounts: Counter[str] = Counter()
    for need in needs:
        amounts[need.unit] += need.amount
    return OfCategory(
        category=category,
        needs=len(needs),
        amounts=[Amount(unit=unit, amount=amounts[unit]) for unit in sorted(amounts)],
    )

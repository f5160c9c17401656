"""Figures about pitches and their support. Support counts once it is confirmed; declined and
withdrawn pitches are only counted by state."""

from collections import Counter
from collections.abc import Iterable, Sequence

from doorpakken_events.registration import EndorsementState, PitchState
from pydantic import BaseModel

from doorpakken_reporting.figures.covering import OPEN_STATES


class Pitch(BaseModel):
    """One pitch; support counts once it is confirmed."""

    pitch_id: str
    title: str
    kind: str
    state: str
    pitchers: list[str]
    believes: int
    joins: int
    pending: int
    needs: int


class OfSupport(BaseModel):
    """Support from one side, by how it stands."""

    confirmed: int
    pending: int
    withdrawn: int


class Support(BaseModel):
    """All support that was ever said; only what is confirmed counts."""

    recorded: int
    organisations: OfSupport
    people: OfSupport


class Pitches(BaseModel):
    """The pitches of a gathering."""

    pitches: int
    pitches_by_state: dict[str, int]
    endorsements: int
    support: Support
    pitch_list: list[Pitch]


def count_pitches(
    pitches: Sequence[PitchState], endorsements: Sequence[EndorsementState]
) -> Pitches:
    opened = [pitch for pitch in pitches if pitch.state in OPEN_STATES]
    return Pitches(
        pitches=len(opened),
        pitches_by_state=dict(sorted(Counter(pitch.state for pitch in pitches).items())),
        endorsements=sum(one.state == "confirmed" for one in endorsements),
        support=_support(endorsements),
        pitch_list=[_pitch(pitch, endorsements) for pitch in opened],
    )


def _support(endorsements: Sequence[EndorsementState]) -> Support:
    """Support on behalf of an organisation does not count as a person's as well."""
    return Support(
        recorded=len(endorsements),
        organisations=_of_support(one for one in endorsements if one.organisation_id),
        people=_of_support(one for one in endorsements if not one.organisation_id),
    )


def _of_support(endorsements: Iterable[EndorsementState]) -> OfSupport:
    states = Counter(one.state for one in endorsements)
    return OfSupport(**{state: states[state] for state in OfSupport.model_fields})


def _pitch(pitch: PitchState, endorsements: Iterable[EndorsementState]) -> Pitch:
    mine = [one for one in endorsements if one.pitch_id == pitch.pitch_id]
    stances = Counter(one.stance for one in mine if one.state == "confirmed")
    return Pitch(
        **pitch.model_dump(include={"pitch_id", "title", "kind", "state"}),
        pitchers=list(pitch.pitchers),
        believes=stances["believes"],
        joins=stances["joins"],
        pending=sum(one.state == "pending" for one in mine),
        needs=len(pitch.needs),
    )

"""Figures about wishes: which pitches people want to work on, by rank. Withdrawn wishes and those
of cancelled attendees do not count."""

from collections import Counter
from collections.abc import Iterable, Sequence

from doorpakken_events.registration import AttendeeState, PitchState, WishesStated
from pydantic import BaseModel

from doorpakken_reporting.figures.covering import OPEN_STATES

RANKS = 3


class WishesFor(BaseModel):
    """One pitch; `by_rank` is how many wish for it first, second and third."""

    pitch_id: str
    title: str
    by_rank: list[int]
    total: int


class Wishes(BaseModel):
    """The wishes of a gathering; `wishes` of one person may be up to three."""

    wishes: int
    attendees_with_wishes: int
    wishes_for: list[WishesFor]


def count_wishes(
    stated: Iterable[WishesStated],
    pitches: Iterable[PitchState],
    attendees: Iterable[AttendeeState],
) -> Wishes:
    gone = {one.attendee_id for one in attendees if one.state == "cancelled"}
    standing = [one for one in stated if one.pitch_ids and one.attendee_id not in gone]
    opened = (pitch for pitch in pitches if pitch.state in OPEN_STATES)
    listed = [_wishes_for(pitch, standing) for pitch in opened]
    return Wishes(
        wishes=sum(len(one.pitch_ids) for one in standing),
        attendees_with_wishes=len(standing),
        wishes_for=sorted(listed, key=lambda one: [-one.total, *(-n for n in one.by_rank)]),
    )


def _wishes_for(pitch: PitchState, stated: Sequence[WishesStated]) -> WishesFor:
    ranks = Counter(
        one.pitch_ids.index(pitch.pitch_id) for one in stated if pitch.pitch_id in one.pitch_ids
    )
    by_rank = [ranks[rank] for rank in range(RANKS)]
    return WishesFor(
        pitch_id=pitch.pitch_id, title=pitch.title, by_rank=by_rank, total=sum(by_rank)
    )

"""The agenda of the next gathering, from a gathering and those that it follows: promises by what
stands still, in a fixed order, then what nobody offered or promised yet. Read-only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.time import clock

from doorpakken_registration.commitments import who
from doorpakken_registration.commitments.model.commitment import Commitment, State
from doorpakken_registration.commitments.model.due import today
from doorpakken_registration.commitments.store import commitments as store
from doorpakken_registration.commitments.who import Who
from doorpakken_registration.gatherings.model.gathering import Gathering
from doorpakken_registration.gatherings.store import gatherings as gatherings_store
from doorpakken_registration.pitches import needs
from doorpakken_registration.pitches.needs import CoveredNeed, CoveredPitch

# How many gatherings back it looks.
FOLLOWED_MAX = 6


class Point(StrEnum):
    """A part of the agenda with promises, in order."""

    PAST_DATE = auto()
    NOT_CONFIRMED = auto()
    NO_ANSWER = auto()
    NEW_DATE = auto()
    RUNNING = auto()


@dataclass(frozen=True)
class LackingNeed:
    """A need of a pitch that lacks something."""

    pitch_id: str
    title: str
    covered: CoveredNeed


@dataclass(frozen=True)
class Agenda:
    """`running` says how many promises go as they should."""

    promises: Sequence[tuple[Point, Sequence[Commitment]]]
    running: int
    without_offer: Sequence[LackingNeed]
    not_promised: Sequence[LackingNeed]

    @property
    def is_empty(self) -> bool:
        return not (self.promises or self.running or self.without_offer or self.not_promised)


def point_of(one: Commitment, today: date) -> Point | None:
    """None for what is over."""
    if one.state in (State.PROPOSED, State.CONSULTING):
        return Point.NO_ANSWER
    if one.state in (State.DELIVERED, State.DISPUTED):
        return Point.NOT_CONFIRMED
    if one.state is not State.ACCEPTED:
        return None
    if today > one.due:
        return Point.PAST_DATE
    return Point.NEW_DATE if one.replans else Point.RUNNING


def agenda_of(found: Iterable[Commitment], pitches: Iterable[CoveredPitch], today: date) -> Agenda:
    """Promises that stand still longest come first; needs in the order of the pitches."""
    by_point: dict[Point, list[Commitment]] = {point: [] for point in Point}
    for one in sorted(found, key=lambda one: (one.due, one.id)):
        if point := point_of(one, today):
            by_point[point].append(one)
    running = len(by_point.pop(Point.RUNNING))
    lacking = [
        LackingNeed(one.pitch.id, one.pitch.title, covered)
        for one in pitches
        for covered in one.needs
        if covered.takes_promises
    ]
    return Agenda(
        promises=[(point, some) for point, some in by_point.items() if some],
        running=running,
        without_offer=[one for one in lacking if not one.covered.coverage.offered],
        not_promised=[one for one in lacking if one.covered.coverage.offered],
    )


@dataclass(frozen=True)
class Talk:
    """The agenda, who is behind its promises, and the titles of their pitches by id."""

    agenda: Agenda
    who: Who
    pitches: Sequence[CoveredPitch]

    @property
    def titles(self) -> dict[str, str]:
        return {one.pitch.id: one.pitch.title for one in self.pitches}


async def after(documents: Documents, gathering: Gathering) -> Talk:
    """Older gatherings come first."""
    pitches: list[CoveredPitch] = []
    found: list[Commitment] = []
    for gathering_id in reversed(await _followed(documents, gathering)):
        pitches += (await needs.picture_of(documents, gathering_id)).pitches
        found += await store.list_open(documents, gathering_id)
    agenda = agenda_of(found, pitches, today(clock.now()))
    return Talk(agenda, await who.behind(documents, found), pitches)


async def _followed(documents: Documents, gathering: Gathering) -> list[str]:
    ids = [gathering.id]
    before = gathering.continues
    while before and before not in ids and len(ids) < FOLLOWED_MAX:
        ids.append(before)
        found = await gatherings_store.find_gathering(documents, before)
        before = found.continues if found else None
    return ids

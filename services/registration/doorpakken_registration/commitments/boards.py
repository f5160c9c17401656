"""All promises of a gathering for staff, in parts: what asks for a call comes first. Read-only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto

from doorpakken_events import states
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.commitments import who
from doorpakken_registration.commitments.model import due
from doorpakken_registration.commitments.model.commitment import Commitment, State
from doorpakken_registration.commitments.store import commitments as store
from doorpakken_registration.commitments.who import Who
from doorpakken_registration.common.store.paging import Part
from doorpakken_registration.pitches import needs
from doorpakken_registration.pitches.model.endorsement import Endorsement
from doorpakken_registration.pitches.needs import CoveredPitch
from doorpakken_registration.pitches.store import endorsements as endorsements_store

LISTED_MAX = 2000
# What makes good of support: a yes of the organisation, whatever came of it.
KEPT_STATES = (State.ACCEPTED, State.DELIVERED, State.DISPUTED, State.CONFIRMED)


class Lane(StrEnum):
    """A part of the board, in order."""

    PAST_DATE = auto()
    NO_OWNER = auto()
    NO_ANSWER = auto()
    DISPUTED = auto()
    NOT_CONFIRMED = auto()
    RUNNING = auto()
    OVER = auto()


@dataclass(frozen=True)
class Board:
    """`supported` is support of an organisation that did not say yes to any promise to that
    pitch."""

    lanes: Mapping[Lane, Sequence[Commitment]]
    supported: Sequence[Endorsement]
    who: Who
    pitches: Sequence[CoveredPitch]

    @property
    def titles(self) -> dict[str, str]:
        return {one.pitch.id: one.pitch.title for one in self.pitches}


async def of(documents: Documents, gathering_id: str, now: datetime) -> Board:
    found = await list_all(documents, gathering_id)
    supported = await supported_only(documents, gathering_id, found)
    lanes: dict[Lane, list[Commitment]] = {lane: [] for lane in Lane}
    for one in found:
        lanes[_lane_of(one, now)].append(one)
    backers = [one.organisation_id for one in supported if one.organisation_id]
    return Board(
        lanes=lanes,
        supported=supported,
        who=await who.behind(documents, found, backers),
        pitches=(await needs.picture_of(documents, gathering_id)).pitches,
    )


async def list_all(documents: Documents, gathering_id: str) -> Sequence[Commitment]:
    return (await store.page_commitments(documents, gathering_id, Part(LISTED_MAX))).items


async def supported_only(
    documents: Documents, gathering_id: str, promises: Sequence[Commitment]
) -> list[Endorsement]:
    kept = {(one.pitch_id, one.organisation_id) for one in promises if one.state in KEPT_STATES}
    confirmed = states.Endorsement.CONFIRMED
    found = await endorsements_store.list_at(documents, gathering_id, confirmed, LISTED_MAX)
    theirs = [one for one in found if one.organisation_id]
    return [one for one in theirs if (one.pitch_id, one.organisation_id) not in kept]


def _lane_of(one: Commitment, now: datetime) -> Lane:
    if not one.is_open:
        return Lane.OVER
    if one.is_without_owner:
        return Lane.NO_OWNER
    if one.state is State.ACCEPTED:
        return Lane.PAST_DATE if due.today(now) > one.due else Lane.RUNNING
    if one.state in (State.PROPOSED, State.CONSULTING):
        return Lane.NO_ANSWER
    return Lane.DISPUTED if one.state is State.DISPUTED else Lane.NOT_CONFIRMED

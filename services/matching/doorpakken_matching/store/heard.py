"""What matching keeps of the states it received, and its own queries on them. Of a person's contact
details only the name is kept, for staff pages."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from doorpakken_events import states
from doorpakken_events.catalogue import states_heard_by
from doorpakken_events.event import Event
from doorpakken_events.registration import (
    AttendeeState,
    EndorsementState,
    GatheringState,
    InvitationAnswered,
    OfferState,
    OrganisationDescribed,
    PersonContact,
    PitchState,
    SignUpState,
    WishesStated,
)
from doorpakken_events.staff import StaffState
from doorpakken_plumbing.messaging import newest, owners
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, DESCENDING, Document, Documents, Index

STATES: tuple[type[Event], ...] = (*states_heard_by("matching"), StaffState)
GATHERED: tuple[type[Event], ...] = (
    AttendeeState,
    PitchState,
    EndorsementState,
    OfferState,
    WishesStated,
    SignUpState,
    InvitationAnswered,
)
INDEXES = (
    *(
        Index(state.AGGREGATE, [("data.gathering_id", ASCENDING), ("data.state", ASCENDING)])
        for state in GATHERED
    ),
    *owners.indexes(STATES),
    Index(
        SignUpState.AGGREGATE,
        [
            ("data.gathering_id", ASCENDING),
            ("data.state", ASCENDING),
            ("data.session_id", ASCENDING),
        ],
    ),
    Index(GatheringState.AGGREGATE, [("data.starts_at", DESCENDING)]),
)


def kept_of(event: Event) -> Document:
    if isinstance(event, PersonContact):
        return {"name": event.name}
    return newest.whole(event)


async def list_gatherings(docs: Documents) -> list[GatheringState]:
    found = await docs[GatheringState.AGGREGATE].find({}, sort=[("data.starts_at", DESCENDING)])
    return [newest.read(GatheringState, document) for document in found]


async def list_continuing(docs: Documents, gathering_id: str) -> list[GatheringState]:
    return await newest.list_where(docs, GatheringState, continues=gathering_id)


async def list_present(docs: Documents, gathering_id: str) -> list[AttendeeState]:
    state = states.Attendee.CHECKED_IN
    return await newest.list_where(docs, AttendeeState, gathering_id=gathering_id, state=state)


async def list_accepted(docs: Documents, gathering_id: str) -> list[PitchState]:
    state = states.Pitch.ACCEPTED
    return await newest.list_where(docs, PitchState, gathering_id=gathering_id, state=state)


async def count_taken(docs: Documents, gathering_id: str) -> Counter[str]:
    """Seats that are taken, by session."""
    taken = [
        states.SignUp.ACTIVE,
        states.SignUp.HELD,
        states.SignUp.OFFERED,
        states.SignUp.CONFLICT,
    ]
    found = await docs[SignUpState.AGGREGATE].aggregate(
        [
            {"$match": {"data.gathering_id": gathering_id, "data.state": {"$in": taken}}},
            {"$group": {"_id": "$data.session_id", "n": {"$sum": 1}}},
        ]
    )
    return Counter({one["_id"]: one["n"] for one in found})


async def list_names(docs: Documents, person_ids: Iterable[str]) -> dict[str, str]:
    """By person id; for staff pages only."""
    return await newest.list_names(docs, PersonContact, person_ids)


async def list_organisation_names(docs: Documents, ids: Iterable[str]) -> dict[str, str]:
    return await newest.list_names(docs, OrganisationDescribed, ids)


async def hold(tx: Transaction, state: type[Event], key: str) -> None:
    """Writes to the state, so that concurrent transactions that hold or remove it conflict."""
    await tx[state.AGGREGATE].update_one({"_id": key}, {"$inc": {"held": 1}})


async def lock_states(tx: Transaction, state: type[Event], keys: Iterable[str], run: str) -> None:
    """Writes to the states, so that a concurrent change of one of them conflicts."""
    await tx[state.AGGREGATE].update_many({"_id": {"$in": list(keys)}}, {"$set": {"used_by": run}})


async def list_begun_after(docs: Documents, moment: datetime) -> list[GatheringState]:
    """Newest first."""
    found = await docs[GatheringState.AGGREGATE].find(
        {"data.starts_at": {"$gt": moment}}, sort=[("data.starts_at", DESCENDING)]
    )
    return [newest.read(GatheringState, document) for document in found]

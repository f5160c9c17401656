"""States received from other services: the newest of each aggregate, by id. A missing parent is no
error here; readers join what there is."""

from collections.abc import Iterable
from operator import itemgetter
from typing import TypeVar

from doorpakken_events.event import READING, Event
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
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, DESCENDING, Document, Documents, Index

S = TypeVar("S", bound=Event)

GATHERED = (
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
        Index(state.AGGREGATE, [("gathering_id", ASCENDING), ("data.state", ASCENDING)])
        for state in GATHERED
    ),
    Index(GatheringState.AGGREGATE, [("data.starts_at", DESCENDING)]),
)


def read(state: type[S], document: Document) -> S:
    return state.model_validate(document["data"], extra="ignore", context=READING)


async def find_state(docs: Documents, state: type[Event], key: str) -> Document | None:
    return await docs[state.AGGREGATE].find_one({"_id": key})


async def put_state(tx: Transaction, state: type[Event], document: Document) -> None:
    await tx[state.AGGREGATE].replace_one({"_id": document["_id"]}, document, upsert=True)


async def remove_state(tx: Transaction, state: type[Event], key: str) -> None:
    await tx[state.AGGREGATE].delete_one({"_id": key})


async def list_states(docs: Documents, kind: type[S], gathering_id: str, **wanted: str) -> list[S]:
    """Sorted by id; `wanted` filters on fields of the data."""
    filter = {f"data.{name}": value for name, value in wanted.items()}
    found = await docs[kind.AGGREGATE].find({"gathering_id": gathering_id, **filter})
    return [read(kind, document) for document in sorted(found, key=itemgetter("_id"))]


async def list_gatherings(docs: Documents) -> list[GatheringState]:
    found = await docs[GatheringState.AGGREGATE].find({}, sort=[("data.starts_at", DESCENDING)])
    return [read(GatheringState, document) for document in found]


async def find_gathering(docs: Documents, gathering_id: str) -> GatheringState | None:
    document = await find_state(docs, GatheringState, gathering_id)
    return read(GatheringState, document) if document else None


async def list_names(docs: Documents, person_ids: Iterable[str]) -> dict[str, str]:
    """By person id; for staff pages only."""
    found = await docs[PersonContact.AGGREGATE].find({"_id": {"$in": list(set(person_ids))}})
    return {document["_id"]: document["data"]["name"] for document in found}


async def list_organisation_names(docs: Documents, ids: Iterable[str]) -> dict[str, str]:
    found = await docs[OrganisationDescribed.AGGREGATE].find({"_id": {"$in": list(set(ids))}})
    return {document["_id"]: document["data"]["name"] for document in found}


async def hold(tx: Transaction, state: type[Event], key: str) -> None:
    """Writes to the state, so that concurrent transactions that hold or remove it conflict."""
    await tx[state.AGGREGATE].update_one({"_id": key}, {"$inc": {"held": 1}})


async def lock_states(tx: Transaction, state: type[Event], keys: Iterable[str], run: str) -> None:
    """Writes to the states, so that a concurrent change of one of them conflicts."""
    await tx[state.AGGREGATE].update_many({"_id": {"$in": list(keys)}}, {"$set": {"used_by": run}})

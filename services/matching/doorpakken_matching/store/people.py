"""Finds and deletes everything that matching stores about one person."""

from collections.abc import Sequence

from doorpakken_events.event import Event
from doorpakken_events.registration import (
    AttendeeState,
    EndorsementState,
    HostAnswered,
    InvitationAnswered,
    OfferState,
    PersonContact,
    PitchState,
    SignUpState,
    WishesStated,
)
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, Document, Documents, Index

from doorpakken_matching.store.plans import PLANNED, PLANS
from doorpakken_matching.store.recommendations import RECOMMENDATIONS
from doorpakken_matching.store.sessions import SESSIONS

# Received states, with the field that holds the owner's id.
OF_PERSON: dict[type[Event], str] = {
    PersonContact: "_id",
    AttendeeState: "data.person_id",
    EndorsementState: "data.person_id",
    OfferState: "data.person_id",
    HostAnswered: "data.person_id",
}
OF_ATTENDEE: dict[type[Event], str] = {
    SignUpState: "data.attendee_id",
    InvitationAnswered: "data.attendee_id",
    WishesStated: "_id",
}
INDEXES = (
    *(
        Index(state.AGGREGATE, [(field, ASCENDING)])
        for owners in (OF_PERSON, OF_ATTENDEE)
        for state, field in owners.items()
        if field != "_id"
    ),
    Index(PitchState.AGGREGATE, [("data.pitchers", ASCENDING)]),
    Index(PLANS, [("sessions.host", ASCENDING)]),
    Index(SESSIONS, [("host", ASCENDING)]),
)


async def list_attendee_ids(docs: Documents, person_id: str) -> list[str]:
    found = await docs[AttendeeState.AGGREGATE].find(
        {"data.person_id": person_id}, projection={"_id": 1}
    )
    return [one["_id"] for one in found]


async def wipe_heard(
    tx: Transaction, person_id: str, attendee_ids: Sequence[str]
) -> dict[str, int]:
    """Also removes them from the pitchers of pitches; returns the deleted documents by
    aggregate."""
    pitchers = {"data.pitchers": person_id}
    await tx[PitchState.AGGREGATE].update_many(pitchers, {"$pull": pitchers})
    owners = [(OF_PERSON, [person_id]), (OF_ATTENDEE, [*attendee_ids])]
    return {
        state.AGGREGATE: await tx[state.AGGREGATE].delete_many({field: {"$in": ids}})
        for fields, ids in owners
        for state, field in fields.items()
    }


async def take_recommendations(tx: Transaction, attendee_ids: Sequence[str]) -> list[Document]:
    """Deletes planned and published recommendations; returns the published ones."""
    match = {"_id": {"$in": [*attendee_ids]}}
    found = await tx[RECOMMENDATIONS].find(match)
    await tx[RECOMMENDATIONS].delete_many(match)
    await tx[PLANNED].delete_many({"attendee_id": {"$in": [*attendee_ids]}})
    return found


async def list_hosted(docs: Documents, person_id: str) -> list[Document]:
    return await docs[SESSIONS].find({"host": person_id})


async def wipe_host_from_plans(tx: Transaction, person_id: str) -> None:
    host = {"$cond": [{"$eq": ["$$this.host", person_id]}, None, "$$this.host"]}
    session = {"$mergeObjects": ["$$this", {"host": host}]}
    sessions = {"$map": {"input": "$sessions", "in": session}}
    await tx[PLANS].update_many({"sessions.host": person_id}, [{"$set": {"sessions": sessions}}])

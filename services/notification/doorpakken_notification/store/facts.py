"""The newest state of every aggregate received, one collection per aggregate, as published. Does
not check versions: the guard has already refused what is stale."""

from collections.abc import Sequence
from operator import itemgetter
from typing import Any, TypeVar

from doorpakken_events.event import READING, Event
from doorpakken_events.matching import HostAsked, SessionLink, SessionsRecommended, SessionState
from doorpakken_events.registration import (
    AttendeeState,
    EndorsementState,
    GatheringState,
    InvitationAnswered,
    LinkRequested,
    MailRequested,
    OfferState,
    OrganisationDescribed,
    PersonContact,
    PitchState,
    SignUpState,
)
from doorpakken_plumbing.messaging.heard import ReceivedEvent
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, Document, Documents, Index

E = TypeVar("E", bound=Event)

COLLECTIONS: dict[type[Event], str] = {
    GatheringState: "gatherings",
    OrganisationDescribed: "organisations",
    AttendeeState: "attendees",
    PersonContact: "contacts",
    LinkRequested: "link_requests",
    PitchState: "pitches",
    EndorsementState: "endorsements",
    SessionState: "sessions",
    SessionsRecommended: "recommendations",
    SignUpState: "sign_ups",
    InvitationAnswered: "answers",
    OfferState: "offers",
    MailRequested: "mail_requests",
    HostAsked: "hostings",
}

INDEXES = (
    Index("attendees", [("data.person_id", ASCENDING)]),
    Index("attendees", [("data.gathering_id", ASCENDING)]),
    Index("mail_requests", [("data.from_person_id", ASCENDING)]),
    Index("recommendations", [("data.run_id", ASCENDING)]),
    Index("sign_ups", [("data.attendee_id", ASCENDING)]),
    Index("sign_ups", [("data.session_id", ASCENDING)]),
    Index("sessions", [("data.gathering_id", ASCENDING)]),
    Index("pitches", [("data.gathering_id", ASCENDING)]),
    Index("link_requests", [("data.person_id", ASCENDING)]),
    Index("mail_requests", [("data.person_id", ASCENDING)]),
    Index("hostings", [("data.person_id", ASCENDING)]),
    Index("hostings", [("data.gathering_id", ASCENDING)]),
    Index("endorsements", [("data.person_id", ASCENDING)]),
    Index("offers", [("data.person_id", ASCENDING)]),
    Index("answers", [("data.attendee_id", ASCENDING)]),
    Index("pitches", [("data.pitchers", ASCENDING)]),
    Index("sessions", [("data.host", ASCENDING)]),
)


def _collection_of(state: type[Event]) -> str:
    return next(name for base, name in COLLECTIONS.items() if issubclass(state, base))


async def fold(tx: Transaction, heard: ReceivedEvent[Any]) -> None:
    """Replaces the previous state; a session keeps its link from `session_links`."""
    document = {
        "_id": heard.aggregate_id,
        "version": heard.version,
        "data": heard.data.model_dump(mode="json"),
    }
    if isinstance(heard.data, SessionState):
        document["data"]["link"] = await _hold_link(tx, heard.aggregate_id, heard.data.link)
    collection = tx[_collection_of(type(heard.data))]
    await collection.replace_one({"_id": heard.aggregate_id}, document, upsert=True)


async def fold_link(tx: Transaction, state: SessionLink) -> None:
    """Also keeps the link of a session that was not received yet."""
    told = {"$set": {"link": state.link}}
    await tx["session_links"].update_one({"_id": state.session_id}, told, upsert=True)
    known = {"$set": {"data.link": state.link}}
    await tx[COLLECTIONS[SessionState]].update_one({"_id": state.session_id}, known)


async def _hold_link(tx: Transaction, session_id: str, known: str | None) -> str | None:
    """The session's link, or `known` where none was received. Writes the row, so that a concurrent
    `fold_link` conflicts."""
    row = await tx["session_links"].find_one_and_update(
        {"_id": session_id}, {"$set": {"held_by": tx.new_id()}}, upsert=True
    )
    link: str | None = row.get("link", known) if row else known
    return link


async def find(documents: Documents, state: type[E], key: str) -> E | None:
    found = await documents[COLLECTIONS[state]].find_one({"_id": key})
    return _read(state, found) if found else None


async def find_with_version(documents: Documents, state: type[E], key: str) -> tuple[E, int] | None:
    found = await documents[COLLECTIONS[state]].find_one({"_id": key})
    return (_read(state, found), int(found["version"])) if found else None


async def list_with_versions(
    documents: Documents, state: type[E], keys: Sequence[str]
) -> dict[str, tuple[E, int]]:
    found = await documents[COLLECTIONS[state]].find({"_id": {"$in": list(keys)}})
    return {one["_id"]: (_read(state, one), int(one["version"])) for one in found}


async def list_where(documents: Documents, state: type[E], field: str, value: str) -> list[E]:
    """Ordered by id."""
    found = await documents[COLLECTIONS[state]].find({f"data.{field}": value})
    return [_read(state, document) for document in sorted(found, key=itemgetter("_id"))]


async def list_by_attendee(
    documents: Documents, state: type[E], attendee_ids: Sequence[str]
) -> dict[str, list[E]]:
    """Each list is ordered by id; an attendee without any has an empty list."""
    found = await documents[COLLECTIONS[state]].find(
        {"data.attendee_id": {"$in": list(attendee_ids)}}
    )
    groups: dict[str, list[E]] = {attendee_id: [] for attendee_id in attendee_ids}
    for document in sorted(found, key=itemgetter("_id")):
        groups[document["data"]["attendee_id"]].append(_read(state, document))
    return groups


async def list_by_id(documents: Documents, state: type[E], keys: Sequence[str]) -> dict[str, E]:
    """Unknown ids are left out."""
    found = await documents[COLLECTIONS[state]].find({"_id": {"$in": list(keys)}})
    return {document["_id"]: _read(state, document) for document in found}


async def remove(tx: Transaction, state: type[Event], key: str) -> None:
    await tx[_collection_of(state)].delete_one({"_id": key})


async def find_contact(documents: Documents, person_id: str) -> PersonContact | None:
    return await find(documents, PersonContact, person_id)


async def list_contacts(documents: Documents, keys: Sequence[str]) -> dict[str, PersonContact]:
    return await list_by_id(documents, PersonContact, keys)


async def count_where(documents: Documents, state: type[Event], field: str, value: str) -> int:
    return await documents[COLLECTIONS[state]].count({f"data.{field}": value})


def _read(state: type[E], document: Document) -> E:
    return state.model_validate(document["data"], extra="ignore", context=READING)

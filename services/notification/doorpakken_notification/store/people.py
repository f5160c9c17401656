"""Finds and deletes everything notification stores about one person, in all collections."""

from collections.abc import Mapping, Sequence

from doorpakken_events.event import Event
from doorpakken_events.matching import HostAsked, SessionsRecommended, SessionState
from doorpakken_events.registration import (
    AttendeeState,
    EndorsementState,
    InvitationAnswered,
    LinkRequested,
    MailRequested,
    OfferState,
    PersonContact,
    PitchState,
    SignUpState,
)
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_notification.model.mail import Mail
from doorpakken_notification.store.documents import MAILS, WITHOUT_TOLD, mails_of
from doorpakken_notification.store.facts import COLLECTIONS
from doorpakken_notification.store.suppressions import UNSUBSCRIBED

# Received states, by the field with the id of their owner.
OF_PERSON: dict[type[Event], str] = {
    PersonContact: "_id",
    AttendeeState: "data.person_id",
    LinkRequested: "data.person_id",
    MailRequested: "data.person_id",
    HostAsked: "data.person_id",
    EndorsementState: "data.person_id",
    OfferState: "data.person_id",
}
OF_ATTENDEE: dict[type[Event], str] = {
    SessionsRecommended: "_id",
    SignUpState: "data.attendee_id",
    InvitationAnswered: "data.attendee_id",
}


async def list_attendee_ids(documents: Documents, person_id: str) -> list[str]:
    found = await documents[COLLECTIONS[AttendeeState]].find(
        {"data.person_id": person_id}, projection={"_id": 1}
    )
    return [one["_id"] for one in found]


async def take_facts(
    tx: Transaction, person_id: str, attendee_ids: Sequence[str]
) -> dict[str, list[str]]:
    """Deletes the facts about a person, and removes them from the pitches they made and the
    sessions they lead. Returns the deleted ids by collection."""
    pitchers, host = {"data.pitchers": person_id}, {"data.host": person_id}
    await tx[COLLECTIONS[PitchState]].update_many(pitchers, {"$pull": pitchers})
    await tx[COLLECTIONS[SessionState]].update_many(host, {"$set": {"data.host": None}})
    await tx[UNSUBSCRIBED].delete_one({"_id": person_id})
    of_person = await _take(tx, OF_PERSON, [person_id])
    return of_person | await take_facts_of_attendees(tx, attendee_ids)


async def take_facts_of_attendees(tx: Transaction, ids: Sequence[str]) -> dict[str, list[str]]:
    return await _take(tx, OF_ATTENDEE, ids)


async def unname_requests(tx: Transaction, person_id: str) -> list[str]:
    """Mails to others on behalf of this person are sent without their name. Returns the ids of the
    requests."""
    match = {"data.from_person_id": person_id}
    requests = tx[COLLECTIONS[MailRequested]]
    ids = [one["_id"] for one in await requests.find(match, projection={"_id": 1})]
    await requests.update_many(match, {"$set": {"data.from_person_id": None}})
    return ids


async def take_mails(tx: Transaction, ids: Sequence[str]) -> list[Mail]:
    """Deletes and returns the mails that are owed to, or about, one of these ids. A sender that is
    working on one finds that it is gone."""
    wanted = {"$in": [*ids]}
    match = {"$or": [{"person_id": wanted}, {"attendee_id": wanted}, {"object_id": wanted}]}
    found = await tx[MAILS].find(match, projection=WITHOUT_TOLD)
    await tx[MAILS].delete_many({"_id": {"$in": [one["_id"] for one in found]}})
    return mails_of(found)


async def _take(
    tx: Transaction, owners: Mapping[type[Event], str], ids: Sequence[str]
) -> dict[str, list[str]]:
    taken: dict[str, list[str]] = {}
    for state, field in owners.items():
        name, match = COLLECTIONS[state], {field: {"$in": [*ids]}}
        taken[name] = [one["_id"] for one in await tx[name].find(match)]
        await tx[name].delete_many(match)
    return taken

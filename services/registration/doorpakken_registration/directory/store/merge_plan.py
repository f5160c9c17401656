"""Queries over all collections for what refers to one person or one organisation, for merging."""

from collections.abc import Iterable
from datetime import datetime
from operator import itemgetter

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, Document, Documents

from doorpakken_registration.common.store.documents import all_from
from doorpakken_registration.gatherings.model.attendee import Attendee
from doorpakken_registration.pitches.model.pitch import Pitch
from doorpakken_registration.pitches.store.pitches import pitch_from
from doorpakken_registration.seats.model.sign_up import SignUp

# Fields with a person's id that are changed without an event: no event has it, or it is over.
_OF_A_PERSON = (
    ("sign_ups", "person_id"),
    ("link_requests", "person_id"),
    ("used_links", "person_id"),
    ("mail_requests", "person_id"),
    ("mail_requests", "from_person_id"),
    ("endorsements", "said_by"),
    ("perspectives", "person_id"),
    ("particulars", "person_id"),
    ("consents", "person_id"),
    ("seat_consents", "person_id"),
    ("handovers", "person_id"),
    ("handovers", "from_person_id"),
    ("hostings", "person_id"),
    ("hosting_answers", "person_id"),
    ("invitations", "person_id"),
    ("drafts", "person_id"),
    ("claims", "person_id"),
)


async def list_attendees_with(documents: Documents, organisation_id: str) -> list[Attendee]:
    found = await documents["attendees"].find({"organisation_id": organisation_id})
    return all_from(Attendee, sorted(found, key=itemgetter("registered_at")))


async def list_pitches_for(documents: Documents, organisation_id: str) -> list[Pitch]:
    return await _pitches(documents, {"organisation_id": organisation_id})


async def list_sign_ups_of(documents: Documents, attendee_ids: Iterable[str]) -> list[SignUp]:
    """Ended ones included; oldest first."""
    found = await documents["sign_ups"].find(
        {"attendee_id": {"$in": [*attendee_ids]}}, sort=[("signed_up_at", ASCENDING)]
    )
    return all_from(SignUp, found)


async def list_sessions_led_by(documents: Documents, person_id: str, now: datetime) -> list[str]:
    """Ids of sessions that have not ended and that they lead or are asked to lead."""
    to_come = {"ends_at": {"$gt": now}}
    asked = await documents["hostings"].find(
        {"person_id": person_id, "state": {"$in": ["asked", "yes", "other_slot"]}, **to_come}
    )
    led = await documents["sessions"].find(
        {"host": person_id, "state": {"$ne": "cancelled"}, **to_come}
    )
    return sorted({*(one["session_id"] for one in asked), *(one["_id"] for one in led)})


async def give_rows(tx: Transaction, gone: str, stays: str) -> None:
    for name, field in _OF_A_PERSON:
        await tx[name].update_many({field: gone}, {"$set": {field: stays}})


async def end_own_handovers(tx: Transaction, person_id: str, now: datetime) -> None:
    """Withdraws handovers that, after the merge, they asked of themselves."""
    theirs = {"person_id": person_id, "from_person_id": person_id, "state": "asked"}
    ended = {"state": "withdrawn", "answered_at": now}
    await tx["handovers"].update_many(theirs, {"$set": ended})


async def remove_calendar(tx: Transaction, person_id: str) -> None:
    """The calendar is written before it is deleted, so that a seat given out at this moment
    conflicts, also when the person had no calendar."""
    gone = {"_id": person_id}
    await tx["calendars"].update_one(gone, {"$set": {"person_id": person_id}}, upsert=True)
    await tx["calendars"].delete_one(gone)


async def _pitches(documents: Documents, wanted: Document) -> list[Pitch]:
    found = await documents["pitches"].find(wanted, sort=[("submitted_at", ASCENDING)])
    return [pitch_from(document) for document in found]

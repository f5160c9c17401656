"""What belongs to one person or one organisation in all gatherings, from each collection in which
it is kept."""

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

# Kept by the person, and either on no event or over: these only change hands.
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
    """Who came for an organisation, at all gatherings."""
    found = await documents["attendees"].find({"organisation_id": organisation_id})
    return all_from(Attendee, sorted(found, key=itemgetter("registered_at")))


async def list_pitches_for(documents: Documents, organisation_id: str) -> list[Pitch]:
    """What was pitched for an organisation."""
    return await _pitches(documents, {"organisation_id": organisation_id})


async def list_sign_ups_of(documents: Documents, attendee_ids: Iterable[str]) -> list[SignUp]:
    """All seats and places in line these attendees have or had."""
    found = await documents["sign_ups"].find(
        {"attendee_id": {"$in": [*attendee_ids]}}, sort=[("signed_up_at", ASCENDING)]
    )
    return all_from(SignUp, found)


async def list_sessions_led_by(documents: Documents, person_id: str, now: datetime) -> list[str]:
    """The sessions still to come that a person leads or is asked to lead."""
    to_come = {"ends_at": {"$gt": now}}
    asked = await documents["hostings"].find(
        {"person_id": person_id, "state": {"$in": ["asked", "yes", "other_slot"]}, **to_come}
    )
    led = await documents["sessions"].find(
        {"host": person_id, "state": {"$ne": "cancelled"}, **to_come}
    )
    return sorted({*(one["session_id"] for one in asked), *(one["_id"] for one in led)})


async def give_rows(tx: Transaction, gone: str, stays: str) -> None:
    """Makes one person's rows another's, where nobody else has to hear of it."""
    for name, field in _OF_A_PERSON:
        await tx[name].update_many({field: gone}, {"$set": {field: stays}})


async def end_own_handovers(tx: Transaction, person_id: str, now: datetime) -> None:
    """Ends what somebody turns out to have asked of themselves."""
    theirs = {"person_id": person_id, "from_person_id": person_id, "state": "asked"}
    ended = {"state": "withdrawn", "answered_at": now}
    await tx["handovers"].update_many(theirs, {"$set": ended})


async def remove_calendar(tx: Transaction, person_id: str) -> None:
    """Takes a calendar away. It is written first: a seat given out at this moment meets it, also
    when the person had no calendar before."""
    gone = {"_id": person_id}
    await tx["calendars"].update_one(gone, {"$set": {"person_id": person_id}}, upsert=True)
    await tx["calendars"].delete_one(gone)


async def _pitches(documents: Documents, wanted: Document) -> list[Pitch]:
    found = await documents["pitches"].find(wanted, sort=[("submitted_at", ASCENDING)])
    return [pitch_from(document) for document in found]

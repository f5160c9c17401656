"""Finds the recipient of a row: attendee, person and address, as known now. Raises Ends for
somebody who cancelled, was erased, bounced or unsubscribed."""

from doorpakken_events.registration import AttendeeState, PersonContact
from doorpakken_plumbing.messaging import erasure
from doorpakken_plumbing.mongo.database import Document

from doorpakken_notification.model.contents import Ends, Recipient, Unnamed, Waits
from doorpakken_notification.model.mail import Reason, State
from doorpakken_notification.model.mail_kinds import MAIL_KINDS
from doorpakken_notification.store.reading import Reading

LANGUAGES = ("nl", "en")


async def find_recipient(
    reading: Reading, row: Document
) -> tuple[Recipient, AttendeeState | None, PersonContact]:
    """Raises Waits for a missing fact, Ends when the mail must not be sent."""
    attendee = await _attendee(reading, row)
    person_id = attendee.person_id if attendee else row["person_id"]
    contact = await _contact(reading, person_id)
    if contact.email and await reading.is_suppressed(contact.email):
        raise Ends(State.SUPPRESSED, Reason.SUPPRESSED, person_id)
    is_transactional = MAIL_KINDS[row["kind"]].is_transactional
    if not is_transactional and await reading.is_unsubscribed(person_id):
        raise Ends(State.SUPPRESSED, Reason.UNSUBSCRIBED, person_id)
    if not any(char.isalnum() for char in contact.name):
        raise Unnamed(f"contact/{person_id}")
    recipient = Recipient(person_id, contact.name, contact.email, language_of(contact))
    return recipient, attendee, contact


def language_of(contact: PersonContact) -> str:
    return contact.language if contact.language in LANGUAGES else LANGUAGES[0]


async def _attendee(reading: Reading, row: Document) -> AttendeeState | None:
    if not row["attendee_id"]:
        return None
    attendee = await reading.find(AttendeeState, row["attendee_id"])
    is_absent = attendee and row["kind"] == "invitation" and attendee.state != "checked_in"
    # Somebody who cancelled the gathering still has the seat in their calendar.
    is_over = row["kind"] == "seat_ended"
    if attendee and attendee.state == "cancelled" and not is_over:
        raise Ends(State.STOPPED, Reason.CANCELLED, attendee.person_id)
    if not attendee or is_absent:
        raise Waits(f"attendee/{row['attendee_id']}")
    return attendee


async def _contact(reading: Reading, person_id: str) -> PersonContact:
    contact = await reading.find_contact(person_id)
    if contact:
        return contact
    if await erasure.is_erased(reading.documents, person_id):
        raise Ends(State.STOPPED, Reason.ERASED, person_id)
    raise Waits(f"contact/{person_id}")

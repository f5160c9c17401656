"""Builds the contents of a mail from the facts of this moment: names, sessions, days, reasons,
links. Raises Waits for a missing parent and Ends for what is not true any more."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime

from doorpakken_plumbing.mongo.database import Document
from doorpakken_plumbing.time import clock

from doorpakken_notification.contents import asked, gathered, invitation, own, seats
from doorpakken_notification.contents.writer import UNSUBSCRIBE, Writer, Written
from doorpakken_notification.model.contents import Contents
from doorpakken_notification.model.mail_kinds import MAIL_KINDS
from doorpakken_notification.recipients import find_recipient
from doorpakken_notification.settings import Settings
from doorpakken_notification.store.reading import Reading

__all__ = ["UNSUBSCRIBE", "contents_of"]

WRITERS: Mapping[str, Callable[[Writer], Awaitable[Written]]] = {
    "invitation": invitation.invitation,
    "offer": seats.offer,
    "confirmation": seats.confirmation,
    "session_changed": seats.session_changed,
    "seat_ended": seats.seat_ended,
    "host_request": asked.host_request,
    "endorsement_request": asked.endorsement_request,
    "offer_request": asked.offer_request,
    "handover": asked.handover,
    "place_offered": own.place_offered,
    "new_gathering": own.new_gathering,
    "personal_link": own.personal_link,
}


async def contents_of(
    reading: Reading, row: Document, settings: Settings, *, links_from: datetime | None = None
) -> Contents:
    """Raises Waits or Ends. The validity of links starts at `links_from`, or now."""
    recipient, attendee, contact = await find_recipient(reading, row)
    since = links_from or clock.now()
    writer = Writer(reading, row, settings, recipient.language, contact, attendee, since)
    several = await gathered.several(writer) if row.get("gathers") else None
    written = several or await WRITERS[row["kind"]](writer)
    about_us = {
        "language": recipient.language,
        "partnership": settings.partnership_name,
        "phone": settings.partnership_phone,
    }
    mail = MAIL_KINDS[row["kind"]]
    if mail.is_nameless and recipient.address:
        recipient = replace(recipient, name="")
    return Contents(
        kind=gathered.SEVERAL if several else row["kind"],
        recipient=recipient,
        values=dict(written.values) | about_us | {"name": recipient.name},
        appointment=written.appointment,
        told=written.told,
        unsubscribe_url=None if mail.is_transactional else writer.unsubscribe_url(),
    )

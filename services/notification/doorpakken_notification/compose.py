"""Writes one mail from the facts of this moment: whom it is for, what it says, its bytes. Raises
Waits for a missing parent and Ends for what is not true any more."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

import structlog
from doorpakken_events.registration import AttendeeState, PersonContact
from doorpakken_plumbing.messaging import erasure
from doorpakken_plumbing.texts.mail_addresses import wire_address_of
from doorpakken_plumbing.time import clock
from jinja2 import Environment, PackageLoader, StrictUndefined

from doorpakken_notification.calendar import calendar_of
from doorpakken_notification.contents import (
    about_gathering,
    asked,
    days,
    gathered,
    invitation,
    own,
    promises,
    reviewed,
    seats,
)
from doorpakken_notification.contents.writer import Writer, Written
from doorpakken_notification.mail_headers import POLICY
from doorpakken_notification.model.contents import Contents, Ends, Recipient, Unnamed, Waits
from doorpakken_notification.model.mail import Mail
from doorpakken_notification.model.mail_kinds import MAIL_KINDS
from doorpakken_notification.model.mail_states import Reason, State
from doorpakken_notification.settings import Settings
from doorpakken_notification.store import mail_bytes
from doorpakken_notification.store.reading import Reading

log = structlog.get_logger(__name__)

LANGUAGES = ("nl", "en")
WRITERS: Mapping[str, Callable[[Writer], Awaitable[Written]]] = {
    "invitation": invitation.invitation,
    "offer": seats.offer,
    "confirmation": seats.confirmation,
    "session_changed": seats.session_changed,
    "seat_ended": seats.seat_ended,
    "host_request": asked.host_request,
    "endorsement_request": asked.endorsement_request,
    "offer_request": asked.offer_request,
    "pitch_accepted": reviewed.pitch_accepted,
    "pitch_question": reviewed.pitch_question,
    "pitch_declined": reviewed.pitch_declined,
    "handover": asked.handover,
    "place_offered": own.place_offered,
    "gathering_changed": about_gathering.changed,
    "gathering_cancelled": about_gathering.cancelled,
    "new_gathering": own.new_gathering,
    "gathering_invitation": own.gathering_invitation,
    "commitment_request": promises.request,
    "reminders": days.reminders,
    "delivery_to_confirm": promises.to_confirm,
    "commitment_disputed": promises.disputed,
    "commitment_ended": promises.ended,
    "commitment_handover": promises.handover,
    "outcome": promises.outcome,
    "plan_news": days.plan_news,
    "personal_link": own.personal_link,
    "staff_invite": own.staff_link,
    "staff_recover": own.staff_link,
}

_TEMPLATES = Environment(
    loader=PackageLoader("doorpakken_notification", "templates/mails"),
    autoescape=lambda name: bool(name and name.endswith(".html")),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)


async def compose(mail: Mail, reading: Reading, settings: Settings) -> tuple[Contents, bytes]:
    """Reuses the bytes of the first attempt while they are true; raises Waits or Ends."""
    contents = await contents_of(reading, mail, settings)
    recipient = contents.recipient
    if not recipient.address:
        raise Ends(State.ON_PAPER, Reason.NO_ADDRESS, recipient.person_id, contents.told)
    try:
        address = wire_address_of(recipient.address)
    except ValueError as error:
        raise Ends(State.STOPPED, Reason.BAD_ADDRESS, recipient.person_id) from error
    contents = replace(contents, recipient=replace(recipient, address=address))
    if mail.attempt and _still_says(mail, contents):
        known = await mail_bytes.find_bytes(reading.documents, mail.key)
        if known:
            return replace(contents, told=mail.told), known
    return contents, _rendered(mail, contents, settings)


async def contents_of(
    reading: Reading, mail: Mail, settings: Settings, *, links_from: datetime | None = None
) -> Contents:
    """Raises Waits or Ends. The validity of links starts at `links_from`, or now."""
    recipient, attendee, contact = await _find_recipient(reading, mail)
    since = links_from or clock.now()
    writer = Writer(reading, mail, settings, recipient.language, contact, attendee, since)
    several = await gathered.several(writer) if mail.gathers else None
    written = several or await WRITERS[mail.kind](writer)
    about_us = {
        "language": recipient.language,
        "partnership": settings.signature,
        "phone": settings.partnership_phone,
    }
    kind = MAIL_KINDS[mail.kind]
    if kind.is_nameless and recipient.address:
        recipient = replace(recipient, name="")
    return Contents(
        kind=gathered.SEVERAL if several else mail.kind,
        recipient=recipient,
        values=dict(written.values) | about_us | {"name": recipient.name},
        appointment=written.appointment,
        told=written.told,
        unsubscribe_url=None if kind.is_transactional else writer.unsubscribe_url(),
        images=written.images,
    )


async def _find_recipient(
    reading: Reading, mail: Mail
) -> tuple[Recipient, AttendeeState | None, PersonContact]:
    """As known now. Raises Waits for a missing fact, and Ends for somebody who cancelled, was
    erased, bounced or unsubscribed."""
    attendee = await _find_attendee(reading, mail)
    person_id = attendee.person_id if attendee else mail.person_id or ""
    contact = await _find_contact(reading, person_id)
    if contact.email and await reading.is_suppressed(contact.email):
        raise Ends(State.SUPPRESSED, Reason.SUPPRESSED, person_id)
    is_transactional = MAIL_KINDS[mail.kind].is_transactional
    if not is_transactional and await reading.is_unsubscribed(person_id):
        raise Ends(State.SUPPRESSED, Reason.UNSUBSCRIBED, person_id)
    if not any(char.isalnum() for char in contact.name):
        raise Unnamed(f"contact/{person_id}")
    language = contact.language if contact.language in LANGUAGES else LANGUAGES[0]
    return Recipient(person_id, contact.name, contact.email, language), attendee, contact


async def _find_attendee(reading: Reading, mail: Mail) -> AttendeeState | None:
    if not mail.attendee_id:
        return None
    attendee = await reading.find(AttendeeState, mail.attendee_id)
    is_absent = attendee and mail.kind == "invitation" and attendee.state != "checked_in"
    # Somebody who cancelled the gathering still has the seat in their calendar.
    is_over = mail.kind == "seat_ended"
    if attendee and attendee.state == "cancelled" and not is_over:
        raise Ends(State.STOPPED, Reason.CANCELLED, attendee.person_id)
    if not attendee or is_absent:
        raise Waits(f"attendee/{mail.attendee_id}")
    return attendee


async def _find_contact(reading: Reading, person_id: str) -> PersonContact:
    contact = await reading.find_contact(person_id)
    if contact:
        return contact
    if await erasure.is_erased(reading.documents, person_id):
        raise Ends(State.STOPPED, Reason.ERASED, person_id)
    raise Waits(f"contact/{person_id}")


def _still_says(mail: Mail, contents: Contents) -> bool:
    """True if the first attempt's bytes are still true, or may have arrived already. A seat that
    certainly was not mailed yet is described as it is now."""
    before, now = mail.told, contents.told
    return not now or not before or mail.is_doubtful or before.moment == now.moment


def _rendered(mail: Mail, contents: Contents, settings: Settings) -> bytes:
    person_id = contents.recipient.person_id
    try:
        content = render(contents, mail.mail_id, settings, clock.now())
    except Exception as error:
        # Depends only on what people typed: one mail that cannot be made must not block others.
        log.error("mail not composed", kind=mail.kind, reason=type(error).__name__)
        raise Ends(State.STOPPED, Reason.NOT_COMPOSED, person_id) from error
    if len(content) > settings.mail_size_bytes_max:
        raise Ends(State.STOPPED, Reason.TOO_LARGE, person_id)
    return content


def words_of(contents: Contents) -> tuple[str, str, str]:
    name = f"{contents.kind}/{contents.kind}.{contents.recipient.language}"
    subject, _, text = (
        _TEMPLATES.get_template(f"{name}.txt").render(contents.values).partition("\n")
    )
    html = _TEMPLATES.get_template(f"{name}.html").render(contents.values, subject=subject)
    return subject, text.lstrip("\n"), html


def message_id_of(mail_id: str, domain: str) -> str:
    """Derived from the mail's business key alone, so that a second copy is recognised."""
    return f"<{mail_id}@{domain}>"


def render(contents: Contents, mail_id: str, settings: Settings, now: datetime) -> bytes:
    subject, text, html = words_of(contents)
    mail = EmailMessage(policy=POLICY)
    recipient = contents.recipient
    mail["From"] = Address(settings.partnership_name, addr_spec=settings.mail_from)
    mail["To"] = Address(recipient.name, addr_spec=recipient.address or "")
    mail["Reply-To"] = settings.mail_reply_to
    mail["Subject"] = subject
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = message_id_of(mail_id, settings.mail_domain)
    mail["Auto-Submitted"] = "auto-generated"
    mail["Content-Language"] = recipient.language
    if contents.unsubscribe_url:
        mail["List-Unsubscribe"] = f"<{contents.unsubscribe_url}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(text)
    mail.add_alternative(html, subtype="html")
    _add_images(mail, contents)
    _add_calendar(mail, contents, settings, now)
    return mail.as_bytes()


def _add_images(mail: EmailMessage, contents: Contents) -> None:
    page = mail.get_body(("html",))
    for content_id, image in contents.images.items():
        if isinstance(page, EmailMessage):
            page.add_related(image, maintype="image", subtype="png", cid=f"<{content_id}>")


def _add_calendar(
    mail: EmailMessage, contents: Contents, settings: Settings, now: datetime
) -> None:
    if not contents.appointment:
        return
    method = contents.appointment.method
    calendar = calendar_of(
        contents.appointment,
        contents.recipient,
        organiser_name=settings.partnership_name,
        organiser_address=settings.mail_reply_to,
        domain=settings.mail_domain,
        now=now,
    )
    mail.add_alternative(calendar.decode(), subtype="calendar", params={"method": str(method)})
    mail.add_attachment(calendar, maintype="application", subtype="ics", filename="invite.ics")

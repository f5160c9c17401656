"""Renders a seat as iCalendar: a request when it is taken or changed, a cancellation when it ends.
One attendee, times in UTC, always the same UID. The caller chooses the method."""

from datetime import datetime

from doorpakken_plumbing.texts.calendar_ids import seat_uid
from icalendar import Calendar, Event, vCalAddress, vText, vUri

from doorpakken_notification.model.contents import Appointment, Method, Recipient

STATUS = {Method.REQUEST: "CONFIRMED", Method.CANCEL: "CANCELLED"}
PRODUCT = "-//Doorpakken//Notification//NL"

_TEXTS = {
    "nl": {
        "summary": "Werksessie: {title}",
        "unnamed": "Werksessie",
        "description": "Kunt u niet? Meld u af met de link in de mail.",
    },
    "en": {
        "summary": "Work session: {title}",
        "unnamed": "Work session",
        "description": "Can you not come? Tell us with the link in the mail.",
    },
}


def calendar_of(
    appointment: Appointment,
    recipient: Recipient,
    *,
    organiser_name: str,
    organiser_address: str,
    domain: str,
    now: datetime,
) -> bytes:
    texts = _TEXTS[recipient.language]
    event = Event()
    event.add("uid", seat_uid(appointment.session_id, appointment.attendee_id, domain))
    event.add("sequence", appointment.sequence)
    event.add("dtstamp", now)
    event.add("dtstart", appointment.starts_at)
    event.add("dtend", appointment.ends_at)
    summary = texts["summary"] if appointment.title else texts["unnamed"]
    event.add("summary", summary.format(title=appointment.title))
    event.add("description", texts["description"])
    event.add("location", appointment.location)
    event.add("status", STATUS[appointment.method])
    if appointment.link:
        event.add("url", vUri(appointment.link))
    event["organizer"] = _organiser(organiser_name, organiser_address)
    event["attendee"] = _attendee(recipient)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", str(appointment.method))
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _organiser(name: str, address: str) -> vCalAddress:
    organiser = vCalAddress(f"mailto:{address}")
    organiser.params["CN"] = vText(name)
    return organiser


def _attendee(recipient: Recipient) -> vCalAddress:
    attendee = vCalAddress(f"mailto:{recipient.address}")
    attendee.params["CUTYPE"] = vText("INDIVIDUAL")
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    # They accepted on the answer page, so no reply is requested.
    attendee.params["PARTSTAT"] = vText("ACCEPTED")
    attendee.params["RSVP"] = vText("FALSE")
    attendee.params["CN"] = vText(recipient.name.replace('"', "'"))
    return attendee

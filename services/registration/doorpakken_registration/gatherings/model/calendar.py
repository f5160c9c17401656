"""Gatherings and one person's own sessions as iCalendar. The method is PUBLISH, so nobody is asked
to reply; times are in UTC, and a UID never changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import icalendar

PRODUCT = "-//Doorpakken//Registration//NL"
# The interval after which a subscribed calendar may refresh.
REFRESHED = timedelta(hours=6)


@dataclass(frozen=True)
class Appointment:
    """A calendar entry; `uid` never changes, `version` grows with each change, and `status` is
    CONFIRMED, TENTATIVE or CANCELLED."""

    uid: str
    version: int
    title: str
    text: str
    starts_at: datetime
    ends_at: datetime
    place: str
    url: str
    status: str


def calendar_of(name: str, appointments: Iterable[Appointment], now: datetime) -> bytes:
    """A text/calendar body: RFC 5545, with the name and refresh interval of RFC 7986."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for field in ("name", "x-wr-calname"):
        calendar.add(field, name)
    calendar.add("refresh-interval", REFRESHED, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", icalendar.vDuration(REFRESHED))
    for appointment in appointments:
        calendar.add_component(_event(appointment, now))
    written: bytes = calendar.to_ical()
    return written


def _event(appointment: Appointment, now: datetime) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", appointment.uid)
    event.add("sequence", appointment.version)
    event.add("dtstamp", now)
    event.add("dtstart", appointment.starts_at)
    event.add("dtend", appointment.ends_at)
    event.add("summary", appointment.title)
    event.add("location", appointment.place)
    event.add("status", appointment.status)
    event.add("url", icalendar.vUri(appointment.url))
    if appointment.text:
        event.add("description", appointment.text)
    return event

"""The contents of one mail, ready to be rendered; and why a mail cannot be written now."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from doorpakken_notification.model.calendar_notices import CalendarEntry
from doorpakken_notification.model.mail_states import Reason, State


@dataclass(frozen=True)
class Recipient:
    """To whom, and in which language; without an address it is for paper or telephone."""

    person_id: str
    name: str
    address: str | None
    language: str


class Method(StrEnum):
    """What a calendar is asked to do with an entry."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True)
class Appointment:
    """A seat as a calendar shows it; `sequence` only grows for a session and attendee."""

    session_id: str
    attendee_id: str
    method: Method
    sequence: int
    title: str
    starts_at: datetime
    ends_at: datetime
    location: str
    link: str | None


@dataclass(frozen=True)
class Contents:
    """Everything a template needs, with the images it shows, PNG by content id; a calendar entry,
    and what the mail keeps of it, only for a seat."""

    kind: str
    recipient: Recipient
    values: Mapping[str, Any]
    appointment: Appointment | None = None
    told: CalendarEntry | None = None
    unsubscribe_url: str | None = None
    images: Mapping[str, bytes] = field(default_factory=dict)


class NotNow(Exception):
    """The mail is not written now."""


class Waits(NotNow):
    """A parent was not received yet: `<aggregate>/<id>`."""

    def __init__(self, subject: str) -> None:
        super().__init__(subject)
        self.subject = subject


class Unnamed(Waits):
    """What the mail would be about has no name, or none any more."""


class Ends(NotNow):
    """The mail will not be sent: stopped, suppressed, or on paper instead."""

    def __init__(
        self,
        state: State,
        reason: Reason,
        person_id: str | None = None,
        told: CalendarEntry | None = None,
    ) -> None:
        super().__init__(str(reason))
        self.state = state
        self.reason = reason
        self.person_id = person_id
        self.told = told

"""What a person's calendar was sent about one seat, kept in the mail that sent it. Mails that
certainly did not arrive do not count."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from doorpakken_events.matching import SessionState

from doorpakken_notification.model.mail_states import State

# The kinds with a calendar part; together they create, change and cancel one entry.
CALENDAR_KINDS = frozenset({"confirmation", "session_changed", "seat_ended"})
# A mail being sent or of unknown outcome may arrive; on paper, staff pass it on.
PERHAPS_ARRIVED = frozenset({State.INTENT, State.SENT, State.AMBIGUOUS, State.ON_PAPER})


@dataclass(frozen=True)
class Moment:
    """When and where a session is: a change of it must be mailed to the attendee."""

    starts_at: datetime
    ends_at: datetime
    place: str
    address: str
    link: str | None


@dataclass(frozen=True)
class CalendarEntry:
    """What one mail says to a calendar about a session."""

    session_id: str
    sequence: int
    moment: Moment


@dataclass(frozen=True)
class Told:
    """One mail about a seat; `sequence` only grows for a session and attendee."""

    key: str
    kind: str
    sign_up_id: str
    session_id: str
    sequence: int
    moment: Moment


def moment_of(session: SessionState) -> Moment:
    return Moment(session.starts_at, session.ends_at, session.place, session.address, session.link)


def last_told(told: Iterable[Told], sign_up_id: str) -> Told | None:
    """The newest mail about a seat, without its end."""
    theirs = [one for one in told if one.sign_up_id == sign_up_id and one.kind != "seat_ended"]
    return max(theirs, key=lambda one: one.sequence, default=None)


def next_sequence(told: Iterable[Told], session_id: str, version: int) -> int:
    """Above everything sent about this session, for whichever sign-up."""
    last = [one.sequence for one in told if one.session_id == session_id]
    return max(version, *(sequence + 1 for sequence in last)) if last else version

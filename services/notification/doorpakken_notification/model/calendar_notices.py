"""What a person's calendar was told of one seat, kept in the row that told it.
Refuses to count a mail that surely never arrived: its row was only meant to tell."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from doorpakken_events.matching import SessionState

from doorpakken_notification.model.rows import State

# The kinds that carry a calendar part; together they tell the life of one entry.
CALENDAR_KINDS = frozenset({"confirmation", "session_changed", "seat_ended"})
# A mail on its way may arrive, one of unknown outcome may have; on paper, staff say it.
PERHAPS_ARRIVED = frozenset({State.INTENT, State.SENT, State.AMBIGUOUS, State.ON_PAPER})


@dataclass(frozen=True)
class Moment:
    """When and where a session is: what a person must hear again when it changes."""

    starts_at: datetime
    ends_at: datetime
    place: str
    address: str
    link: str | None


@dataclass(frozen=True)
class Told:
    """One mail that told of a seat; `sequence` only grows for a session and attendee."""

    key: str
    kind: str
    sign_up_id: str
    session_id: str
    sequence: int
    moment: Moment


def moment_of(session: SessionState) -> Moment:
    """What of a session stands in somebody's calendar; its capacity does not."""
    return Moment(session.starts_at, session.ends_at, session.place, session.address, session.link)


def last_told(told: Iterable[Told], sign_up_id: str) -> Told | None:
    """The newest that was told of a seat, unless it was told to be over."""
    theirs = [one for one in told if one.sign_up_id == sign_up_id and one.kind != "seat_ended"]
    return max(theirs, key=lambda one: one.sequence, default=None)


def next_sequence(told: Iterable[Told], session_id: str, version: int) -> int:
    """Above all that was told of this session, whichever sign-up it was for."""
    last = [one.sequence for one in told if one.session_id == session_id]
    return max(version, *(sequence + 1 for sequence in last)) if last else version

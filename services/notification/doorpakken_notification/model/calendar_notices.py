"""What a person was told of the time and place of a seat, or of the gathering itself, kept in the
mail that told it. Mails that certainly did not arrive do not count."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from doorpakken_events.matching import SessionState
from doorpakken_events.registration import AttendeeState, EarlierMoment, GatheringState

from doorpakken_notification.model.mail_states import State

# The kinds with a calendar part; together they create, change and cancel one entry.
CALENDAR_KINDS = frozenset({"confirmation", "session_changed", "seat_ended"})
# A mail being sent or of unknown outcome may arrive; on paper, staff pass it on.
PERHAPS_ARRIVED = frozenset({State.INTENT, State.SENT, State.AMBIGUOUS, State.ON_PAPER})


@dataclass(frozen=True)
class Moment:
    """When and where a session or gathering is: a change of it must be mailed to the attendee."""

    starts_at: datetime
    ends_at: datetime
    place: str
    address: str
    link: str | None


@dataclass(frozen=True)
class CalendarEntry:
    """What one mail says about the time and place of a session, or of a gathering, whose id is
    then the `session_id`."""

    session_id: str
    sequence: int
    moment: Moment


@dataclass(frozen=True)
class Told:
    """One mail about a seat, or about the gathering, with the attendee as `sign_up_id`; `sequence`
    only grows for a session and attendee."""

    key: str
    kind: str
    sign_up_id: str
    session_id: str
    sequence: int
    moment: Moment


def moment_of(session: SessionState) -> Moment:
    return Moment(session.starts_at, session.ends_at, session.place, session.address, session.link)


def moment_of_gathering(gathering: GatheringState | EarlierMoment) -> Moment:
    venue = gathering.venue
    return Moment(gathering.starts_at, gathering.ends_at, venue.name, venue.address, None)


def last_told(told: Iterable[Told], sign_up_id: str) -> Told | None:
    """The newest mail about a seat, without its end."""
    theirs = [one for one in told if one.sign_up_id == sign_up_id and one.kind != "seat_ended"]
    return max(theirs, key=lambda one: one.sequence, default=None)


def last_known(told: Iterable[Told], attendee: AttendeeState, gathering: GatheringState) -> Moment:
    """What an attendee knows of when and where the gathering is: from the last mail about it, or
    else from when they signed up."""
    if before := last_told(told, attendee.attendee_id):
        return before.moment
    earlier = (one for one in gathering.earlier if attendee.registered_at < one.until)
    return moment_of_gathering(next(earlier, gathering))


def next_sequence(told: Iterable[Told], session_id: str, version: int) -> int:
    """Above everything sent about this session, for whichever sign-up."""
    last = [one.sequence for one in told if one.session_id == session_id]
    return max(version, *(sequence + 1 for sequence in last)) if last else version

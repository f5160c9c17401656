"""Whether somebody has just arrived, or did not arrive after all, from two states of an
attendee."""

from doorpakken_events import states
from doorpakken_events.registration import AttendeeState


def has_arrived(before: AttendeeState | None, after: AttendeeState) -> bool:
    return _is_there(after) and not _is_there(before)


def has_not_come(before: AttendeeState | None, after: AttendeeState) -> bool:
    return _is_there(before) and not _is_there(after)


def _is_there(attendee: AttendeeState | None) -> bool:
    return attendee is not None and attendee.state == states.Attendee.CHECKED_IN

"""Whether somebody has just arrived, from two states of an attendee."""

from doorpakken_events import states
from doorpakken_events.registration import AttendeeState


def has_arrived(before: AttendeeState | None, after: AttendeeState) -> bool:
    was_there = before is not None and before.state == states.Attendee.CHECKED_IN
    return after.state == states.Attendee.CHECKED_IN and not was_there

"""Whether somebody has just arrived, from two states of an attendee."""

from doorpakken_events.registration import AttendeeState


def has_arrived(before: AttendeeState | None, after: AttendeeState) -> bool:
    was_there = before is not None and before.state == "checked_in"
    return after.state == "checked_in" and not was_there

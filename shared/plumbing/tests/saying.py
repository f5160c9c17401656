"""Events to say in tests of the plumbing."""

from typing import Any

from doorpakken_events.registration import AttendeeRegistered
from doorpakken_plumbing import clock


def attendee(attendee_id: str, **more: Any) -> AttendeeRegistered:
    """Somebody who signed up."""
    fields = {"gathering_id": "g1", "person_id": "p1", "kind": "other", "language": "nl"}
    state = {"state": "registered", "registered_at": clock.real_now()}
    return AttendeeRegistered(attendee_id=attendee_id, **(fields | state | more))

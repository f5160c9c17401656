"""Folding what is heard: the newest state of each aggregate, whatever order it came in. Pure.
Keeps of a person's contact the name only, for staff pages."""

from collections.abc import Mapping
from typing import Any

from doorpakken_events.event import Event
from doorpakken_events.registration import AttendeeState, PersonContact

State = dict[str, Any]


def fold(before: Mapping[str, Any] | None, event: Event, version: int) -> State:
    """The state after the event; an older event changes nothing."""
    if before is not None and before["version"] >= version:
        return dict(before)
    return {
        "_id": event.key,
        "version": version,
        "gathering_id": event.gathering,
        "data": kept_of(event),
    }


def kept_of(event: Event) -> dict[str, Any]:
    """What is stored of an event's data."""
    if isinstance(event, PersonContact):
        return {"name": event.name}
    return event.model_dump(mode="json")


def has_arrived(before: Mapping[str, Any] | None, after: AttendeeState) -> bool:
    """Whether this state is the first to say that the attendee is present."""
    was_there = before is not None and before["data"]["state"] == "checked_in"
    return after.state == "checked_in" and not was_there

"""Folds received events into the newest state of each aggregate, in whatever order they arrive.
Pure. Of a person's contact details only the name is kept, for staff pages."""

from collections.abc import Mapping
from typing import Any

from doorpakken_events import states
from doorpakken_events.event import Event
from doorpakken_events.registration import AttendeeState, PersonContact

State = dict[str, Any]


def fold(before: Mapping[str, Any] | None, event: Event, version: int) -> State:
    if before is not None and before["version"] >= version:
        return dict(before)
    return {
        "_id": event.key,
        "version": version,
        "gathering_id": event.gathering,
        "data": kept_of(event),
    }


def kept_of(event: Event) -> dict[str, Any]:
    if isinstance(event, PersonContact):
        return {"name": event.name}
    return event.model_dump(mode="json")


def has_arrived(before: Mapping[str, Any] | None, after: AttendeeState) -> bool:
    was_there = before is not None and before["data"]["state"] == states.Attendee.CHECKED_IN
    return after.state == states.Attendee.CHECKED_IN and not was_there

"""Events to say in tests of the plumbing."""

from typing import Any

from doorpakken_events.catalogue import topic_of
from doorpakken_events.envelope import envelope_of
from doorpakken_events.event import Event
from doorpakken_events.registration import AttendeeCheckedIn, AttendeeRegistered, PersonContact
from doorpakken_plumbing.messaging.heard import Message, read_message
from doorpakken_plumbing.mongo.database import Document
from doorpakken_plumbing.time import clock
from pydantic_core import from_json
from uuid_utils import uuid7

# Whoever hears in these tests hears the same topics: a member of the group that hears others than
# the one before it waits for seconds, until Kafka has dropped that one.
TOLD = (AttendeeRegistered, AttendeeCheckedIn, PersonContact)


def attendee(attendee_id: str, **more: Any) -> AttendeeRegistered:
    """Somebody who signed up."""
    fields = {"gathering_id": "g1", "person_id": "p-1", "kind": "other", "language": "nl"}
    state = {"state": "registered", "registered_at": clock.real_now()}
    return AttendeeRegistered(attendee_id=attendee_id, **(fields | state | more))


def message(event: Event, version: int) -> Message:
    """The event as a record that was heard."""
    return _message(type(event), event.key, event.payload(), version)


def gone(event: type[Event], key: str, version: int) -> Message:
    """A tombstone that was heard."""
    return _message(event, key, None, version)


def published(row: Document) -> dict[str, Any]:
    """The data of an event in the outbox."""
    data: dict[str, Any] = from_json(row["payload"])
    return data


def _message(event: type[Event], key: str, value: bytes | None, version: int) -> Message:
    envelope = envelope_of(
        event,
        key,
        service=topic_of(event).emitter,
        event_id=str(uuid7()),
        version=version,
        time=clock.now(),
    )
    return read_message(
        topic=event.TOPIC,
        partition=0,
        offset=0,
        key=key,
        headers=tuple(envelope.headers()),
        value=value,
    )

"""Reads Kafka records into messages with event and envelope; the types of the handler tables.
Raises nothing for an unreadable record: it becomes a message with a `problem`."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from doorpakken_events.catalogue import CATALOGUE
from doorpakken_events.envelope import Envelope, read_headers
from doorpakken_events.event import Event
from pydantic import ValidationError

from doorpakken_plumbing.kafka.records import Partition, Record
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.observing.tracing import Origin

E = TypeVar("E", bound=Event)


@dataclass(frozen=True)
class ReceivedEvent(Generic[E]):
    """One event as a handler gets it: the newest state of an aggregate."""

    data: E
    topic: str
    event_id: str
    aggregate: str
    aggregate_id: str
    version: int
    time: datetime
    gathering_id: str | None
    origin: Origin


Handler = Callable[[Transaction, ReceivedEvent[Any]], Awaitable[None]]
Handlers = Mapping[type[Event], Handler]
# Called when a key is gone (a null value); without an entry only the guard is updated.
Tombstones = Mapping[type[Event], Callable[[Transaction, str], Awaitable[None]]]


@dataclass(frozen=True)
class Message:
    """One Kafka record; `problem` is the reason why it cannot be handled, None if it can."""

    topic: str
    partition: int
    offset: int
    key: str
    headers: tuple[tuple[str, bytes], ...]
    value: bytes | None
    event: type[Event] | None
    envelope: Envelope | None
    data: Event | None
    problem: str | None

    @property
    def id(self) -> str:
        """The event's id, or `<topic>-<partition>-<offset>` without a readable envelope."""
        if self.envelope:
            return self.envelope.event_id
        return f"{self.topic}-{self.partition}-{self.offset}"

    @property
    def subject(self) -> str:
        """`<aggregate>/<id>`, or `record/<id>` without a readable envelope."""
        if self.envelope:
            return f"{self.envelope.aggregate}/{self.envelope.aggregate_id}"
        return f"record/{self.id}"

    @property
    def version(self) -> int:
        return self.envelope.version if self.envelope else 0

    @property
    def origin(self) -> Origin:
        if not self.envelope:
            return Origin()
        return Origin(
            self.envelope.correlation_id, self.envelope.event_id, self.envelope.traceparent
        )

    def heard(self) -> ReceivedEvent[Any]:
        assert self.envelope is not None
        assert self.data is not None
        return ReceivedEvent(
            data=self.data,
            topic=self.topic,
            event_id=self.envelope.event_id,
            aggregate=self.envelope.aggregate,
            aggregate_id=self.envelope.aggregate_id,
            version=self.envelope.version,
            time=self.envelope.time,
            gathering_id=self.envelope.gathering_id,
            origin=self.origin,
        )


def message_of(record: Record, *, prefix: str) -> Message:
    return read_message(
        topic=record.topic.removeprefix(prefix),
        partition=record.partition,
        offset=record.offset,
        key=(record.key or b"").decode(errors="replace"),
        headers=tuple((name, value or b"") for name, value in record.headers),
        value=record.value,
    )


def read_message(
    *,
    topic: str,
    partition: int,
    offset: int,
    key: str,
    headers: tuple[tuple[str, bytes], ...],
    value: bytes | None,
) -> Message:
    event = CATALOGUE[topic].event if topic in CATALOGUE else None
    envelope, data, problem = None, None, None
    try:
        envelope = read_headers(list(headers))
        _require_fit(topic, key, event, envelope)
        if event is not None and value is not None:
            data = event.read(value)
    except ValidationError as error:
        # Field names only: the values may be personal data.
        problem = "schema: " + ", ".join(_place(part) for part in error.errors())
    except ValueError as error:
        problem = f"envelope: {error}"
    return Message(topic, partition, offset, key, headers, value, event, envelope, data, problem)


def next_offsets(records: list[Record]) -> dict[Partition, int]:
    """Per partition the offset after its last record."""
    offsets: dict[Partition, int] = {}
    for record in records:
        part = Partition(record.topic, record.partition)
        offsets[part] = max(offsets.get(part, 0), record.offset + 1)
    return offsets


def _require_fit(topic: str, key: str, event: type[Event] | None, envelope: Envelope) -> None:
    if event is None:
        raise ValueError("no such topic in the catalogue")
    if envelope.topic != topic or envelope.aggregate != event.AGGREGATE:
        raise ValueError("ce_type or ce_subject does not fit the topic")
    if envelope.aggregate_id != key:
        raise ValueError("the record's key is not the id in ce_subject")


def _place(part: Any) -> str:
    return f"{'.'.join(str(step) for step in part['loc']) or 'value'} ({part['type']})"

"""Records put on topics past every service: sound ones, as another emitter would say them, and
poison. That is the point."""

import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from aiokafka import AIOKafkaProducer
from aiokafka.errors import MessageSizeTooLargeError
from doorpakken_events.catalogue import topic_of
from doorpakken_events.envelope import ID, TYPE, Headers
from doorpakken_events.golden import EXAMPLE_OF
from doorpakken_events.golden.example import Example, at, id_at
from doorpakken_events.registration import AttendeeRegistered
from doorpakken_local.system import System

TOPIC = AttendeeRegistered.TOPIC
HEARERS = topic_of(AttendeeRegistered).heard_by
TWO_MEBIBYTES = 2 * 1024 * 1024
HANDLED_AT = at(6, 12)
# Ids of attendees whom no handler can handle begin with the time of this moment.
UNHANDLED_AT = at(1, 1, month=1)
UNHANDLED = f"attendee/{id_at(UNHANDLED_AT, 0)[:13]}"


@dataclass(frozen=True)
class Raw:
    """A record as it is sent."""

    key: str
    headers: Headers
    value: bytes

    @property
    def id(self) -> str:
        """The event's id, empty where it names none."""
        return dict(self.headers).get(ID, b"").decode()


def attendee(gathering_id: str, moment: datetime = HANDLED_AT) -> Example:
    """Somebody registered, whom nobody else is."""
    number = random.getrandbits(60)
    golden = EXAMPLE_OF[TOPIC]
    ids = {"attendee_id": id_at(moment, number), "person_id": id_at(moment, number + 1)}
    event = AttendeeRegistered(**golden.event.model_dump() | ids | {"gathering_id": gathering_id})
    return replace(golden, event=event, version=1, number=number)


def raw_of(example: Example) -> Raw:
    """The event as a record."""
    return Raw(example.event.key, example.headers(), example.event.payload())


def later(example: Example) -> Example:
    """A later state of the same attendee."""
    event = example.event.model_copy(update={"language": "en"})
    return replace(example, event=event, version=2, number=example.number + 1)


def sound(gathering_id: str) -> Raw:
    """A record that everybody can handle."""
    return raw_of(attendee(gathering_id))


def bad_json(gathering_id: str) -> Raw:
    """Its value is not JSON."""
    return replace(sound(gathering_id), value=b"{not json")


def against_the_schema(gathering_id: str) -> Raw:
    """Its value lacks what the schema asks for."""
    return replace(sound(gathering_id), value=b'{"attendee_id": "1"}')


def without_headers(gathering_id: str) -> Raw:
    """Nothing says what it is."""
    return replace(sound(gathering_id), headers=[])


def unknown_type(gathering_id: str) -> Raw:
    """Its type is in no catalogue."""
    raw = sound(gathering_id)
    headers = dict(raw.headers) | {TYPE: b"nl.doorpakken.attendee-vanished.v1"}
    return replace(raw, headers=[*headers.items()])


def unhandled(gathering_id: str) -> Raw:
    """Sound, but every handler fails on it while the failpoint is armed."""
    return raw_of(attendee(gathering_id, UNHANDLED_AT))


POISON = (bad_json, against_the_schema, without_headers, unknown_type, unhandled)


class Injector:
    """Writes as the owner of the broker."""

    def __init__(self, producer: AIOKafkaProducer) -> None:
        self._producer = producer

    async def say(self, raw: Raw, topic: str = TOPIC) -> str:
        """Puts one record on the topic; the id under which services know it."""
        told = await self._producer.send_and_wait(
            topic, raw.value, key=raw.key.encode(), headers=raw.headers
        )
        return raw.id or f"{told.topic}-{told.partition}-{told.offset}"

    async def say_all(self, raws: Sequence[Raw]) -> None:
        """Puts all of them there."""
        for raw in raws:
            await self.say(raw)

    async def is_too_large(self, gathering_id: str) -> bool:
        """Whether the broker keeps a record of two mebibytes out."""
        raw = replace(sound(gathering_id), value=b"x" * TWO_MEBIBYTES)
        try:
            await self.say(raw)
        except MessageSizeTooLargeError:
            return True
        return False


@asynccontextmanager
async def injector(system: System) -> AsyncIterator[Injector]:
    """A way past the services."""
    options: dict[str, Any] = system.access.kafka.options()
    producer = AIOKafkaProducer(**options, max_request_size=2 * TWO_MEBIBYTES)
    await producer.start()
    try:
        yield Injector(producer)
    finally:
        await producer.stop()

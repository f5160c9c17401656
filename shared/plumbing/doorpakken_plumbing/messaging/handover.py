"""Hands outbox rows to the Kafka producer and awaits every acknowledgement.
Sorts them into taken, never sendable and topics in trouble; stops when the lease is too short."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from doorpakken_events.catalogue import CATALOGUE
from pydantic import ValidationError

from doorpakken_plumbing import failpoints
from doorpakken_plumbing.kafka.errors import is_about_topic, is_too_late, is_unsendable
from doorpakken_plumbing.kafka.records import (
    KafkaConnectionError,
    KafkaError,
    UnknownTopicOrPartitionError,
    Writer,
)
from doorpakken_plumbing.messaging.leases import LeaseTooShort
from doorpakken_plumbing.mongo.database import Document
from doorpakken_plumbing.observing.metrics import RELAY_SENT
from doorpakken_plumbing.observing.tracing import trace_sending
from doorpakken_plumbing.settings import ServiceSettings

Sent = tuple[Document, "asyncio.Future[Any]"]


@dataclass
class Handed:
    """The result of one round; a row that is nowhere in here was not tried."""

    taken: list[Document] = field(default_factory=list)
    unsendable: list[tuple[Document, str]] = field(default_factory=list)
    trouble: dict[str, BaseException] = field(default_factory=dict)
    # Why the other rows were not tried or came too late; the rows themselves are fine.
    ended_by: BaseException | None = None

    @property
    def went_well(self) -> bool:
        return not self.trouble and self.ended_by is None

    def reason(self) -> str:
        troubles = (self.ended_by, *self.trouble.values())
        return next((type(one).__name__ for one in troubles if one is not None), "")

    def is_broker(self) -> bool:
        """Whether the broker seems to be in trouble, rather than some of its topics."""
        about_topics = all(is_about_topic(error) for error in self.trouble.values())
        return not self.taken and bool(self.trouble) and not about_topics

    def note(self, row: Document, error: BaseException) -> None:
        if is_unsendable(error):
            self.unsendable.append((row, type(error).__name__))
        elif is_too_late(error):
            self.ended_by = error
        else:
            self.trouble.setdefault(row["topic"], error)


class Handover:
    """Sends rows through one producer; `stamp_ms` gives a record's time or raises LeaseTooShort."""

    def __init__(
        self, writer: Writer, settings: ServiceSettings, stamp_ms: Callable[[], int]
    ) -> None:
        self.writer = writer
        self._settings = settings
        self._stamp_ms = stamp_ms

    async def round(self, rows: Sequence[Document]) -> Handed:
        """`rows` has at most one row per aggregate. Everything handed over is awaited, also after
        an error."""
        handed, sent, waiting = Handed(), list[Sent](), deque(rows)
        while waiting and handed.ended_by is None:
            try:
                await self._give_all(waiting, sent, handed)
            except (ValidationError, KeyError) as error:
                handed.unsendable.append((waiting.popleft(), type(error).__name__))
            except (LeaseTooShort, KafkaConnectionError) as error:
                handed.ended_by = error
            except (KafkaError, TimeoutError) as error:
                handed.note(waiting.popleft(), error)
        await self._wait(sent, handed)
        return handed

    async def _give_all(self, waiting: deque[Document], sent: list[Sent], handed: Handed) -> None:
        # What the producer took leaves `waiting`; an error is about the first row left in it.
        # One timeout for all rows: a timer per row costs a tenth of the time of sending it.
        async with asyncio.timeout(self._settings.relay_send_seconds):
            while waiting:
                if waiting[0]["topic"] not in handed.trouble:
                    sent.append((waiting[0], await self._give(waiting[0])))
                waiting.popleft()

    async def _give(self, row: Document) -> "asyncio.Future[Any]":
        _require_valid(row)
        headers = [(name, value) for name, value in row["headers"]]
        stamp_ms = self._stamp_ms()
        await failpoints.reach("relay.stamped", row["topic"])
        future = await self.writer.send(
            self._topic(row), row["key"], row["payload"], headers, stamp_ms
        )
        trace_sending(future, row["topic"], row["_id"], headers)
        return future

    def _topic(self, row: Document) -> str:
        return self._settings.topic(row["topic"])

    async def _wait(self, sent: Sequence[Sent], handed: Handed) -> None:
        if sent:
            futures = [future for _, future in sent]
            await asyncio.wait(futures, timeout=self._settings.relay_send_seconds)
        for row, future in sent:
            error = _error_of(future)
            if isinstance(error, TimeoutError) and not self.writer.knows(self._topic(row)):
                # The topic was deleted during the send: the client looks for it until the time-out.
                error = UnknownTopicOrPartitionError(row["topic"])
            if error is None:
                handed.taken.append(row)
                RELAY_SENT.labels(row["topic"]).inc()
            else:
                handed.note(row, error)


def _require_valid(row: Document) -> None:
    event = CATALOGUE[row["topic"]].event
    if event is not None and row["payload"] is not None:
        event.check(row["payload"])


def _error_of(future: "asyncio.Future[Any]") -> BaseException | None:
    if not future.done():
        future.cancel()
        return TimeoutError()
    if future.cancelled():
        return TimeoutError()
    return future.exception()

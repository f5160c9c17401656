"""Outbox rows held while Kafka takes no records on their topic, so that relay scans skip them.
The first row of a topic is retried at growing intervals. Rows behind it in the same aggregate are
held too, so that none overtakes it."""

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence

import structlog

from doorpakken_plumbing.kafka.errors import is_forbidden, is_missing
from doorpakken_plumbing.kafka.records import KafkaError
from doorpakken_plumbing.messaging.handover import Handed, Handover
from doorpakken_plumbing.messaging.outbox import OUTBOX, bury, mark_sent
from doorpakken_plumbing.mongo.database import Document, Mongo, PyMongoError
from doorpakken_plumbing.observing.metrics import TOPIC_WAITING
from doorpakken_plumbing.settings import ServiceSettings

log = structlog.get_logger(__name__)


class WaitingTopics:
    """The topics that one replica cannot write to now; `run` retries them as a task."""

    def __init__(
        self,
        mongo: Mongo,
        handover: Handover,
        settings: ServiceSettings,
        shards: Callable[[], Sequence[int]],
    ) -> None:
        self._mongo = mongo
        self._handover = handover
        self._settings = settings
        self._shards = shards
        self._delays: dict[str, float] = {}
        self._due_at: dict[str, float] = {}
        # Per topic the reason, as a sentence for staff.
        self.reasons: dict[str, str] = {}

    async def hold(self, rows: Iterable[Document], topic: str) -> None:
        ids = [row["_id"] for row in rows]
        if ids:
            await self._mongo[OUTBOX].update_many(
                {"_id": {"$in": ids}, "state": "pending"},
                {"$set": {"state": "held", "held_for": topic}},
            )

    def note(self, topic: str, error: BaseException) -> None:
        """Schedules the next try; the delay doubles up to `topic_retry_seconds_max`."""
        delay = self._delays.get(topic, self._settings.topic_retry_seconds_min / 2) * 2
        self._delays[topic] = min(delay, self._settings.topic_retry_seconds_max)
        self._due_at[topic] = time.monotonic() + self._delays[topic]
        if topic not in self.reasons:
            log.error("topic waits", topic=topic, reason=type(error).__name__)
        self.reasons[topic] = _why(topic, error, self._settings.service)
        TOPIC_WAITING.labels(topic).set(1)

    async def run(self) -> None:
        while True:
            await asyncio.sleep(self._settings.topic_retry_seconds_min)
            try:
                for topic in await self._held_topics():
                    if time.monotonic() >= self._due_at.get(topic, 0):
                        await self._try(topic)
            except (PyMongoError, KafkaError, OSError) as error:
                # The relay runs into the same error and logs it.
                log.debug("waiting topics not tried", reason=type(error).__name__)

    async def _held_topics(self) -> list[str]:
        # One index look-up per topic, however many rows each has.
        topics = [""]
        while row := await self._mongo[OUTBOX].find_one(
            {"state": "held", "held_for": {"$gt": topics[-1]}},
            sort=[("held_for", 1)],
            projection={"held_for": 1},
        ):
            topics.append(row["held_for"])
        return topics[1:]

    async def _try(self, topic: str) -> None:
        first = await self._first_of(topic)
        if first is not None:
            handed = await self._handover.round([first])
            if not handed.went_well:
                await self._handover.writer.discard()
            await self._settle(topic, handed)
        if first is None or handed.went_well:
            await self._release(topic)

    async def _settle(self, topic: str, handed: Handed) -> None:
        await mark_sent(self._mongo, [row["_id"] for row in handed.taken])
        for row, reason in handed.unsendable:
            await bury(self._mongo, row, reason)
        for error in handed.trouble.values():
            self.note(topic, error)

    async def _first_of(self, topic: str) -> Document | None:
        # A row that has no earlier unsent row of its aggregate.
        shards = {"$in": [*self._shards()]}
        rows = await self._mongo[OUTBOX].find(
            {"state": "held", "held_for": topic, "topic": topic, "shard": shards},
            sort=[("key", 1), ("aggregate", 1), ("version", 1)],
            limit=1,
        )
        for row in rows:
            before = {"aggregate": row["aggregate"], "version": {"$lt": row["version"]}}
            unsent = {"state": {"$in": ["pending", "held", "dead"]}, "key": row["key"]} | before
            if await self._mongo[OUTBOX].find_one(unsent, projection={"_id": 1}) is None:
                return row
        return None

    async def _release(self, topic: str) -> None:
        await self._mongo[OUTBOX].update_many(
            {"state": "held", "held_for": topic, "shard": {"$in": [*self._shards()]}},
            {"$set": {"state": "pending"}, "$unset": {"held_for": ""}},
        )
        if self.reasons.pop(topic, None):
            log.info("topic goes on", topic=topic)
        self._delays.pop(topic, None)
        self._due_at.pop(topic, None)
        TOPIC_WAITING.labels(topic).set(0)


def _why(topic: str, error: BaseException, service: str) -> str:
    if is_forbidden(error):
        return f"Kafka does not let {service} write to topic {topic}"
    if is_missing(error):
        return f"Kafka has no topic {topic}"
    return f"Kafka takes nothing on topic {topic} ({type(error).__name__})"

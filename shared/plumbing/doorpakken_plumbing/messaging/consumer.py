"""The Kafka consumer of one service: applies batches in order of delivery, commits offsets last.
Never gives up: Kafka and database errors are waited out."""

import asyncio
import time

import structlog

from doorpakken_plumbing import failpoints
from doorpakken_plumbing.kafka.records import KafkaError, Login, Reader, Record, why
from doorpakken_plumbing.messaging import parking
from doorpakken_plumbing.messaging.applying import Applier
from doorpakken_plumbing.messaging.heard import (
    Handlers,
    Message,
    Tombstones,
    message_of,
    next_offsets,
)
from doorpakken_plumbing.messaging.projection import Projections
from doorpakken_plumbing.messaging.transaction import Transact
from doorpakken_plumbing.mongo.database import Mongo, PyMongoError, is_infrastructure
from doorpakken_plumbing.observing.waiting import Waiting
from doorpakken_plumbing.settings import ServiceSettings

log = structlog.get_logger(__name__)


class Consumer:
    """One replica's member of the service's consumer group."""

    def __init__(
        self,
        mongo: Mongo,
        transact: Transact,
        settings: ServiceSettings,
        *,
        handlers: Handlers,
        tombstones: Tombstones,
        projections: Projections,
    ) -> None:
        self._mongo = mongo
        self._settings = settings
        self._events = [*handlers, *projections]
        self._applier = Applier(
            mongo,
            transact,
            settings,
            handlers=handlers,
            tombstones=tombstones,
            projections=projections,
        )
        self._reader: Reader | None = None
        self._moved_at = time.monotonic()
        self.is_stuck = False
        self._is_stopping = False
        self.waiting = Waiting()
        self._without_database = Waiting()

    @property
    def topics(self) -> list[str]:
        return sorted({self._settings.topic(event.TOPIC) for event in self._events})

    @property
    def counts(self) -> dict[str, int]:
        return self._applier.counts

    def why_not_ready(self) -> str | None:
        if not self.topics:
            return None
        if self.waiting.reason:
            return self.waiting.reason
        if self._reader is None or not self._reader.has_joined:
            return "the consumer has not joined its group yet"
        return "the consumer is stuck" if self.is_stuck else None

    async def run(self) -> None:
        """Runs until `stop`; reconnects after Kafka errors."""
        while not self._is_stopping:
            try:
                await self._run_reader()
            except (KafkaError, OSError) as error:
                self.waiting.note(await why(error, Login.of(self._settings)))
                await asyncio.sleep(self._settings.retry_delay_seconds_max)

    def stop(self) -> None:
        """Lets `run` finish the current batch, so that its offsets are committed."""
        self._is_stopping = True

    async def lag(self) -> int | None:
        """Records not yet committed; None while the broker does not answer."""
        if self._reader is None:
            return None if self.topics else 0
        try:
            async with asyncio.timeout(self._settings.consumer_lag_seconds):
                return await self._reader.lag()
        except (KafkaError, TimeoutError):
            return None

    async def _run_reader(self) -> None:
        settings = self._settings
        reader = Reader(settings, topics=self.topics)
        await reader.start()
        self.waiting.over()
        self._reader, self._moved_at = reader, time.monotonic()
        try:
            while not self._is_stopping and not await self._is_silent(reader):
                records = await reader.read(
                    most=settings.consumer_batch_size, wait_seconds=settings.consumer_poll_seconds
                )
                await self._handle(reader, records)
                await self._replay_parked()
        finally:
            self._reader = None
            await reader.stop()

    async def _handle(self, reader: Reader, records: list[Record]) -> None:
        if not records:
            return
        messages = [message_of(record, prefix=self._settings.topic_prefix) for record in records]
        await self._patiently(messages)
        await failpoints.reach("consumer.applied")
        await reader.commit(next_offsets(records))
        await failpoints.reach("consumer.committed")
        self._moved_at, self.is_stuck = time.monotonic(), False

    async def _patiently(self, messages: list[Message]) -> None:
        delay = self._settings.retry_delay_seconds_min
        while True:
            try:
                await self._applier.apply_all(messages)
                return self._without_database.over()
            except PyMongoError as error:
                if not is_infrastructure(error):
                    raise
                self._without_database.note(f"the consumer waits: {self._mongo.why(error)}")
            await asyncio.sleep(delay)
            delay = min(2 * delay, self._settings.retry_delay_seconds_max)

    async def _replay_parked(self) -> None:
        try:
            while subject := await parking.next_retrying(self._mongo):
                while message := await parking.first_in_line(self._mongo, subject):
                    if not await self._applier.replay(message):
                        break
        except PyMongoError as error:
            if not is_infrastructure(error):
                raise
            self._without_database.note(f"the replay waits: {self._mongo.why(error)}")
        else:
            self._without_database.over()

    async def _is_silent(self, reader: Reader) -> bool:
        # A watchdog: with lag but no progress the consumer reconnects (aiokafka issue 1154).
        if time.monotonic() - self._moved_at < self._settings.watchdog_seconds:
            return False
        self._moved_at = time.monotonic()
        if await reader.lag() == 0:
            # Also when another replica consumed the records this one was stuck on.
            self.is_stuck = False
            return False
        log.error("consumer was silent while records wait; it connects anew")
        self.is_stuck = True
        return True

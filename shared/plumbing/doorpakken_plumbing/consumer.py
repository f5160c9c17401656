"""Hears Kafka for one service: batches in order of delivery, many events per transaction, poison
parked with its aggregate, offsets committed last. Never parks for trouble with infrastructure."""

import asyncio
import time
from collections.abc import Sequence
from functools import partial

import structlog

from doorpakken_plumbing import erasure, failpoints, inbox, parking
from doorpakken_plumbing.heard import Handlers, Message, Tombstones, message_of, next_offsets
from doorpakken_plumbing.kafka import KafkaError, Login, Reader, Record, why
from doorpakken_plumbing.metrics import CONSUMED
from doorpakken_plumbing.mongo import Mongo, PyMongoError, is_infrastructure
from doorpakken_plumbing.projection import Projections, fold
from doorpakken_plumbing.settings import ServiceSettings
from doorpakken_plumbing.transaction import Transact, Transaction
from doorpakken_plumbing.waiting import Waiting

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
        self._transact = transact
        self._settings = settings
        self._handlers = handlers
        self._tombstones = tombstones
        self._projections = projections
        self._reader: Reader | None = None
        self._moved_at = time.monotonic()
        self.is_stuck = False
        self._is_stopping = False
        self.waiting = Waiting()
        self._without_database = Waiting()
        self.counts = dict.fromkeys((*inbox.Outcome, "parked"), 0)

    @property
    def topics(self) -> list[str]:
        """The topics this service reads, as they are called on this Kafka."""
        events = [*self._handlers, *self._projections]
        return sorted({self._settings.topic(event.TOPIC) for event in events})

    def why_not_ready(self) -> str | None:
        """What hearing still waits for; None when the group knows us and nothing is stuck."""
        if not self.topics:
            return None
        if self.waiting.reason:
            return self.waiting.reason
        if self._reader is None or not self._reader.has_joined:
            return "the consumer has not joined its group yet"
        return "the consumer is stuck" if self.is_stuck else None

    async def run(self) -> None:
        """Hears until it is stopped; after trouble with Kafka it connects anew and goes on."""
        while not self._is_stopping:
            try:
                await self._run_reader()
            except (KafkaError, OSError) as error:
                self.waiting.note(await why(error, Login.of(self._settings)))
                await asyncio.sleep(self._settings.retry_delay_seconds_max)

    def stop(self) -> None:
        """Has `run` end after the batch at hand, so that its offsets are committed."""
        self._is_stopping = True

    async def lag(self) -> int | None:
        """Records not yet committed; None while the broker does not say."""
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
        """Does all of it, however long the database is away."""
        delay = self._settings.retry_delay_seconds_min
        while True:
            try:
                await self._apply_all(messages)
                return self._without_database.over()
            except PyMongoError as error:
                if not is_infrastructure(error):
                    raise
                self._without_database.note(f"the consumer waits: {self._mongo.why(error)}")
            await asyncio.sleep(delay)
            delay = min(2 * delay, self._settings.retry_delay_seconds_max)

    async def _apply_all(self, messages: list[Message]) -> None:
        folded = [m for m in messages if m.event in self._projections and not m.problem]
        if folded:
            await self._apply_run(folded)
        rest = [m for m in messages if m.event not in self._projections or m.problem]
        for run in _runs(rest, self._settings.lane_batch_size):
            if run[0].problem:
                await self._park(run[0], run[0].problem, tries=1)
            else:
                await self._apply_run(run)

    async def _apply_run(self, run: Sequence[Message]) -> None:
        try:
            await self._apply(run)
        except Exception as error:
            if is_infrastructure(error):
                raise
            for message in run:
                await self._apply_alone(message)

    async def _apply_alone(self, message: Message) -> None:
        """One event in its own transaction; parked when it fails as often as settings allow."""
        delay = self._settings.retry_delay_seconds_min
        for tries in range(1, self._settings.handler_tries + 1):
            try:
                return await self._apply([message])
            except Exception as error:
                if is_infrastructure(error):
                    raise
                reason = f"handler: {type(error).__name__}"
                log.warning("handler failed", topic=message.topic, reason=reason, tries=tries)
            if tries < self._settings.handler_tries:
                await asyncio.sleep(delay)
                delay *= 2
        return await self._park(message, reason, tries=tries)

    async def _apply(self, run: Sequence[Message]) -> None:
        """A run is of handled events or of folded ones, never of both."""
        if run[0].event in self._projections:
            await self._fold(run)
            self._count(inbox.Outcome.APPLIED, run)
            return
        outcomes = await self._transact(
            lambda tx: inbox.apply(tx, run, self._handlers, self._tombstones)
        )
        for message, outcome in zip(run, outcomes, strict=True):
            self._count(outcome, [message])

    async def _fold(self, run: Sequence[Message]) -> None:
        await fold(self._mongo, run, self._projections)
        gone = {message.subject: message.version for message in run if message.value is None}
        if gone:
            await self._transact(partial(parking.drop_gone, gone=gone))

    async def _park(self, message: Message, reason: str, *, tries: int) -> None:
        service = self._settings.service

        async def work(tx: Transaction) -> bool:
            if await self._is_over(tx, message):
                return False
            await parking.park(tx, message, service=service, reason=reason, tries=tries)
            return True

        if not await self._transact(work):
            return self._count(inbox.Outcome.SUPERSEDED, [message])
        log.error("parked", topic=message.topic, message_id=message.id, reason=reason)
        return self._count("parked", [message])

    async def _is_over(self, tx: Transaction, message: Message) -> bool:
        """Whether nobody misses this poison: something newer was folded, or its person is gone."""
        folded, key = parking.GUARDS, message.subject
        if message.event is not None and message.event in self._projections:
            folded, key = message.event.AGGREGATE, message.key
        newer = {"_id": key, "version": {"$gte": message.version}}
        is_stale = message.version > 0 and await tx[folded].count(newer) > 0
        return is_stale or await erasure.is_erased(tx, message.key)

    async def _replay_parked(self) -> None:
        """Replays what staff asked for, in order, until it is done or fails again."""
        try:
            while subject := await parking.next_retrying(self._mongo):
                while message := await parking.first_in_line(self._mongo, subject):
                    if not await self._replay(message):
                        break
        except PyMongoError as error:
            if not is_infrastructure(error):
                raise
            self._without_database.note(f"the replay waits: {self._mongo.why(error)}")
        else:
            self._without_database.over()

    async def _replay(self, message: Message) -> bool:
        async def work(tx: Transaction) -> None:
            if message.event in self._projections:
                await fold(self._mongo, [message], self._projections)
            else:
                await inbox.apply(
                    tx, [message], self._handlers, self._tombstones, released=message.subject
                )
            await parking.take_out(tx, message)

        reason = message.problem
        if not reason:
            try:
                await self._transact(work)
                return True
            except Exception as error:
                if is_infrastructure(error):
                    raise
                reason = f"handler: {type(error).__name__}"
        failed = reason
        await self._transact(lambda tx: parking.put_back(tx, message, failed))
        return False

    async def _is_silent(self, reader: Reader) -> bool:
        """The watchdog: there is lag and nothing moved (aiokafka issue 1154); connect anew."""
        if time.monotonic() - self._moved_at < self._settings.watchdog_seconds:
            return False
        self._moved_at = time.monotonic()
        if await reader.lag() == 0:
            # Also when another replica heard what this one was stuck on.
            self.is_stuck = False
            return False
        log.error("consumer was silent while records wait; it connects anew")
        self.is_stuck = True
        return True

    def _count(self, outcome: str, messages: Sequence[Message]) -> None:
        self.counts[outcome] += len(messages)
        for message in messages:
            CONSUMED.labels(message.topic, str(outcome)).inc()


def _runs(messages: Sequence[Message], most: int) -> list[list[Message]]:
    """Messages in order as runs of at most `most` sound ones; poison stands alone."""
    runs: list[list[Message]] = []
    for message in messages:
        joins = runs and not message.problem and not runs[-1][0].problem and len(runs[-1]) < most
        if joins:
            runs[-1].append(message)
        else:
            runs.append([message])
    return runs

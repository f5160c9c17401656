"""Sends outbox rows to Kafka in (key, version) order and marks them once the broker has them.
Sends no row that does not validate, and nothing behind a failed row of the same key."""

import asyncio
from collections.abc import Iterable, Sequence
from itertools import groupby

import structlog

from doorpakken_plumbing import failpoints
from doorpakken_plumbing.kafka.records import KafkaError, Login, Writer, why
from doorpakken_plumbing.messaging.handover import Handed, Handover
from doorpakken_plumbing.messaging.held import WaitingTopics
from doorpakken_plumbing.messaging.leases import Leases, LeaseTooShort
from doorpakken_plumbing.messaging.outbox import BLOCKING, OUTBOX, bury, mark_sent
from doorpakken_plumbing.mongo.database import Document, Mongo, PyMongoError
from doorpakken_plumbing.observing.metrics import RELAY_FAILED
from doorpakken_plumbing.observing.waiting import Waiting
from doorpakken_plumbing.settings import ServiceSettings

log = structlog.get_logger(__name__)

Position = tuple[str, str, int]
START: Position = ("", "", 0)


def rounds_of(rows: Sequence[Document]) -> list[list[Document]]:
    """The n-th row of each aggregate, by version, is in round n."""
    rounds: list[list[Document]] = []
    for _, chain in groupby(sorted(rows, key=_place), key=_aggregate):
        for number, row in enumerate(chain):
            if number == len(rounds):
                rounds.append([])
            rounds[number].append(row)
    return rounds


def without_behind(rows: Iterable[Document], failed: set[tuple[str, str]]) -> list[Document]:
    return [row for row in rows if _aggregate(row) not in failed]


class Relay:
    """One replica's relay; call `nudge` after a commit, and `run` as a task."""

    def __init__(self, mongo: Mongo, writer: Writer, settings: ServiceSettings) -> None:
        self._mongo = mongo
        self._writer = writer
        self._settings = settings
        self._nudged = asyncio.Event()
        self._leases = Leases(mongo, settings.instance, lease_seconds=settings.lease_seconds)
        self._handover = Handover(writer, settings, self._leases.stamp_ms)
        # A separate producer, so that retrying a topic does not disturb other sends.
        self._aside = Writer(settings)
        trying = Handover(self._aside, settings, self._leases.stamp_ms)
        self._topics = WaitingTopics(mongo, trying, settings, lambda: self._shards)
        self._waiting = Waiting()
        self._shards: list[int] = []
        self._lease_due = 0.0

    @property
    def topics_waiting(self) -> dict[str, str]:
        return self._topics.reasons

    def nudge(self) -> None:
        self._nudged.set()

    async def run(self) -> None:
        """Never returns; Kafka and MongoDB errors are waited out."""
        await self._leases.prepare()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._send_for_ever(), name="relay sends")
            tasks.create_task(self._topics.run(), name="relay tries topics")

    async def _send_for_ever(self) -> None:
        while True:
            try:
                await self._renew_leases()
                await self.drain()
            except LeaseTooShort:
                self._lease_due = 0.0
                continue
            except (PyMongoError, KafkaError, OSError) as error:
                self._waiting.note(f"the relay waits: {await self._why(error)}")
                await asyncio.sleep(self._settings.retry_delay_seconds_max)
                continue
            self._waiting.over()
            await self._wait()

    async def _why(self, error: BaseException) -> str:
        if isinstance(error, PyMongoError):
            return self._mongo.why(error)
        return await why(error, Login.of(self._settings))

    async def close(self) -> None:
        """Sends the pending rows, then releases the leases."""
        await self._aside.stop()
        self._lease_due = 0.0
        await self._renew_leases()
        await self.drain()
        await self._leases.release_all()

    async def drain(self) -> None:
        """One pass over all pending rows of our shards."""
        self._nudged.clear()
        failed: set[tuple[str, str]] = set()
        position = START
        while rows := await self._pending_after(position):
            await failpoints.reach("relay.read")
            position = (rows[-1]["key"], rows[-1]["aggregate"], rows[-1]["version"])
            failed |= await self._blocked_among(rows)
            await self._send_rows(rows, failed)
            if len(rows) < self._settings.relay_batch_size:
                break
            # A long pass may outlive a lease.
            await self._renew_leases()

    async def _pending_after(self, position: Position) -> list[Document]:
        key, aggregate, version = position
        # Only the key bounds the index scan; rows of that key that were read are filtered out.
        after = {
            "key": {"$gte": key},
            "$nor": [
                {"key": key, "aggregate": {"$lt": aggregate}},
                {"key": key, "aggregate": aggregate, "version": {"$lte": version}},
            ],
        }
        # By state, not by time, so that rows that committed late are found too.
        ours = {"state": "pending", "shard": {"$in": self._shards}}
        return await self._mongo[OUTBOX].find(
            ours | after,
            sort=[("key", 1), ("aggregate", 1), ("version", 1)],
            limit=self._settings.relay_batch_size,
        )

    async def _blocked_among(self, rows: list[Document]) -> set[tuple[str, str]]:
        """The aggregates that a dead or held row blocks; rows behind a held row are held too."""
        keys = sorted({row["key"] for row in rows})
        blocking = await self._mongo[OUTBOX].find(
            {"state": BLOCKING, "key": {"$in": keys}},
            projection={"aggregate": 1, "key": 1, "state": 1, "held_for": 1},
        )
        held = {_aggregate(one): one["held_for"] for one in blocking if one["state"] == "held"}
        for topic in {*held.values()}:
            await self._topics.hold((r for r in rows if held.get(_aggregate(r)) == topic), topic)
        return {*map(_aggregate, blocking)}

    async def _send_rows(self, rows: list[Document], failed: set[tuple[str, str]]) -> None:
        """Skips rows behind a failed one; adds the aggregates that fail now to `failed`."""
        for batch in rounds_of(rows):
            await self._renew_leases()
            going = await self._without_waiting(without_behind(batch, failed), failed)
            handed = await self._handover.round(going)
            failed |= {*map(_aggregate, going)} - {*map(_aggregate, handed.taken)}
            await failpoints.reach("relay.acknowledged", *(row["topic"] for row in going))
            await self._mark_sent([row["_id"] for row in handed.taken])
            await self._settle(handed, going)

    async def _without_waiting(
        self, rows: list[Document], failed: set[tuple[str, str]]
    ) -> list[Document]:
        """Rows of our shards whose topic takes records; the others of our shards are held."""
        ours = [row for row in rows if row["shard"] in self._shards]
        waiting = [row for row in ours if row["topic"] in self.topics_waiting]
        for topic in {row["topic"] for row in waiting}:
            await self._topics.hold((row for row in waiting if row["topic"] == topic), topic)
        failed |= {*map(_aggregate, waiting)}
        return [row for row in ours if row["topic"] not in self.topics_waiting]

    async def _settle(self, handed: Handed, tried: Sequence[Document]) -> None:
        """Marks or holds rows that were not taken; raises errors that the relay must wait out."""
        for row, reason in handed.unsendable:
            await bury(self._mongo, row, reason)
        if handed.went_well:
            return
        log.warning("producer made anew", reason=handed.reason())
        RELAY_FAILED.inc()
        # It may have a sequence gap or a dead sender task; all its records were awaited.
        await self._writer.discard()
        if handed.is_broker():
            raise next(iter(handed.trouble.values()))
        taken = {row["_id"] for row in (*handed.taken, *(row for row, _ in handed.unsendable))}
        for topic, error in handed.trouble.items():
            self._topics.note(topic, error)
            left = (r for r in tried if r["topic"] == topic and r["_id"] not in taken)
            await self._topics.hold(left, topic)
        if handed.ended_by is not None:
            raise handed.ended_by

    async def _mark_sent(self, ids: list[str]) -> None:
        await mark_sent(self._mongo, ids)

    async def _renew_leases(self) -> None:
        now = asyncio.get_running_loop().time()
        if now >= self._lease_due:
            self._shards = await self._leases.step()
            self._lease_due = now + self._settings.lease_renew_seconds

    async def _wait(self) -> None:
        try:
            await asyncio.wait_for(self._nudged.wait(), self._settings.relay_poll_seconds)
        except TimeoutError:
            return
        # The relay batches commits that arrive together, so it waits briefly before the next pass.
        await asyncio.sleep(self._settings.relay_gather_seconds)


def _aggregate(row: Document) -> tuple[str, str]:
    return row["aggregate"], row["key"]


def _place(row: Document) -> tuple[str, str, int]:
    return row["aggregate"], row["key"], row["version"]

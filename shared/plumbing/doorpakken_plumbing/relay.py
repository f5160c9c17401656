"""Sends what the outbox holds to Kafka in (key, version) order and marks it once the broker has it.
Refuses to send a row that does not validate, and anything behind a failed row of the same key."""

import asyncio
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

import structlog
from doorpakken_events.catalogue import CATALOGUE
from pydantic import ValidationError

from doorpakken_plumbing import failpoints
from doorpakken_plumbing.kafka import KafkaError, Login, Writer, is_unsendable, why
from doorpakken_plumbing.leases import Leases
from doorpakken_plumbing.metrics import RELAY_FAILED, RELAY_SENT
from doorpakken_plumbing.mongo import Document, Mongo, PyMongoError
from doorpakken_plumbing.outbox import OUTBOX
from doorpakken_plumbing.settings import ServiceSettings
from doorpakken_plumbing.tracing import trace_sending
from doorpakken_plumbing.waiting import Waiting

log = structlog.get_logger(__name__)

Position = tuple[str, str, int]
START: Position = ("", "", 0)


def rounds_of(rows: Sequence[Document]) -> list[list[Document]]:
    """Rows, sorted by key and version, as rounds: the n-th row of each aggregate is in round n."""
    rounds: list[list[Document]] = []
    for _, chain in groupby(sorted(rows, key=_place), key=_aggregate):
        for number, row in enumerate(chain):
            if number == len(rounds):
                rounds.append([])
            rounds[number].append(row)
    return rounds


def without_behind(rows: Iterable[Document], failed: set[tuple[str, str]]) -> list[Document]:
    """The rows that are not behind a failed one of their aggregate."""
    return [row for row in rows if _aggregate(row) not in failed]


class Relay:
    """One replica's relay; `nudge` it after a commit, `run` it as a task."""

    def __init__(self, mongo: Mongo, writer: Writer, settings: ServiceSettings) -> None:
        self._mongo = mongo
        self._writer = writer
        self._settings = settings
        self._nudged = asyncio.Event()
        self._leases = Leases(mongo, settings.instance, lease_seconds=settings.lease_seconds)
        self._waiting = Waiting()
        self._shards: list[int] = []
        self._lease_due = 0.0

    def nudge(self) -> None:
        """Says that rows were committed."""
        self._nudged.set()

    async def run(self) -> None:
        """Sends for ever; trouble with Kafka or MongoDB is waited out."""
        await self._leases.prepare()
        while True:
            try:
                await self._renew_leases()
                sent = await self.drain()
            except (PyMongoError, KafkaError, OSError) as error:
                self._waiting.note(f"the relay waits: {await self._why(error)}")
                await asyncio.sleep(self._settings.retry_delay_seconds_max)
                continue
            self._waiting.over()
            if not sent:
                await self._wait()

    async def _why(self, error: BaseException) -> str:
        if isinstance(error, PyMongoError):
            return self._mongo.why(error)
        return await why(error, Login.of(self._settings))

    async def close(self) -> None:
        """Sends what is left and gives the shards to whoever is next."""
        await self.drain()
        await self._leases.release_all()

    async def drain(self) -> int:
        """One walk over all pending rows of our shards; how many were sent."""
        self._nudged.clear()
        failed: set[tuple[str, str]] = set()
        position, sent = START, 0
        while rows := await self._pending_after(position):
            await failpoints.reach("relay.read")
            position = (rows[-1]["key"], rows[-1]["aggregate"], rows[-1]["version"])
            failed |= await self._dead_among(rows)
            sent += await self._send_rows(rows, failed)
            if len(rows) < self._settings.relay_batch_size:
                break
            # A long walk outlives a lease.
            await self._renew_leases()
        return sent

    async def _pending_after(self, position: Position) -> list[Document]:
        """By state, never by time: a row that committed late is found as well."""
        key, aggregate, version = position
        # The key alone bounds the index; of that one key, what was walked is left out afterwards.
        after = {
            "key": {"$gte": key},
            "$nor": [
                {"key": key, "aggregate": {"$lt": aggregate}},
                {"key": key, "aggregate": aggregate, "version": {"$lte": version}},
            ],
        }
        ours = {"state": "pending", "shard": {"$in": self._shards}}
        return await self._mongo[OUTBOX].find(
            ours | after,
            sort=[("key", 1), ("aggregate", 1), ("version", 1)],
            limit=self._settings.relay_batch_size,
        )

    async def _dead_among(self, rows: list[Document]) -> set[tuple[str, str]]:
        """Those aggregates of these rows that have a row which can never be sent."""
        keys = sorted({row["key"] for row in rows})
        dead = await self._mongo[OUTBOX].find(
            {"state": "dead", "key": {"$in": keys}}, projection={"aggregate": 1, "key": 1}
        )
        return {_aggregate(row) for row in dead}

    async def _send_rows(self, rows: list[Document], failed: set[tuple[str, str]]) -> int:
        """Sends what is not behind a failed row, and adds to `failed` what fails now."""
        sent = 0
        for batch in rounds_of(rows):
            acknowledged = await self._send_round(without_behind(batch, failed), failed)
            await failpoints.reach("relay.acknowledged")
            await self._mark_sent([row["_id"] for row in acknowledged])
            sent += len(acknowledged)
        return sent

    async def _send_round(
        self, rows: list[Document], failed: set[tuple[str, str]]
    ) -> list[Document]:
        """Hands all over at once and waits for the broker; the rows it has."""
        pending: list[tuple[Document, asyncio.Future[Any]]] = []
        for row in rows:
            try:
                _require_valid(row)
                topic = self._settings.topic(row["topic"])
                headers = [(name, value) for name, value in row["headers"]]
                future = await self._writer.send(topic, row["key"], row["payload"], headers)
                trace_sending(future, row["topic"], row["_id"], headers)
                pending.append((row, future))
            except (ValidationError, KeyError) as error:
                failed.add(_aggregate(row))
                await self._bury(row, type(error).__name__)
            except KafkaError as error:
                failed.add(_aggregate(row))
                await self._unless_unsendable(row, error)
        return await self._acknowledged(pending, failed)

    async def _acknowledged(
        self,
        pending: list[tuple[Document, asyncio.Future[Any]]],
        failed: set[tuple[str, str]],
    ) -> list[Document]:
        if not pending:
            return []
        futures = [future for _, future in pending]
        await asyncio.wait(futures, timeout=self._settings.relay_send_seconds)
        acknowledged: list[Document] = []
        trouble: BaseException | None = None
        for row, future in pending:
            error = _error_of(future)
            if error is None:
                acknowledged.append(row)
                RELAY_SENT.labels(row["topic"]).inc()
                continue
            failed.add(_aggregate(row))
            if is_unsendable(error):
                await self._bury(row, type(error).__name__)
            else:
                trouble = error
        if trouble is not None:
            log.warning("producer made anew", reason=type(trouble).__name__)
            RELAY_FAILED.inc()
            await self._writer.discard()
        return acknowledged

    async def _unless_unsendable(self, row: Document, error: KafkaError) -> None:
        if not is_unsendable(error):
            # A producer whose sender died refuses every further record: it is never of use again.
            await self._writer.discard()
            raise error
        await self._bury(row, type(error).__name__)

    async def _mark_sent(self, ids: list[str]) -> None:
        if ids:
            # With less than a majority the next look would not see the marks and send all again.
            await self._mongo[OUTBOX].update_many(
                {"_id": {"$in": ids}, "state": "pending"},
                {"$set": {"state": "sent"}, "$currentDate": {"sent_at": True}},
            )

    async def _bury(self, row: Document, reason: str) -> None:
        """Keeps a row that can never be sent; later rows of its aggregate wait for staff."""
        log.error("outbox row is dead", topic=row["topic"], event_id=row["_id"], reason=reason)
        await self._mongo[OUTBOX].update_one(
            {"_id": row["_id"], "state": "pending"}, {"$set": {"state": "dead", "reason": reason}}
        )

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
        # Commits come in crowds: a moment's patience sends them together.
        await asyncio.sleep(self._settings.relay_gather_seconds)


def _require_valid(row: Document) -> None:
    event = CATALOGUE[row["topic"]].event
    if event is not None and row["payload"] is not None:
        event.check(row["payload"])


def _error_of(future: asyncio.Future[Any]) -> BaseException | None:
    if not future.done():
        future.cancel()
        return TimeoutError()
    if future.cancelled():
        return TimeoutError()
    return future.exception()


def _aggregate(row: Document) -> tuple[str, str]:
    return row["aggregate"], row["key"]


def _place(row: Document) -> tuple[str, str, int]:
    return row["aggregate"], row["key"], row["version"]

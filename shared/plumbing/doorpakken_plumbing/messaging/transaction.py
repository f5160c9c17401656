"""State changes and their events in one MongoDB transaction, as a callback that may run again.
`work` must let PyMongoError propagate, or the retry would be lost."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from doorpakken_events.catalogue import events_of
from doorpakken_events.envelope import envelope_of
from doorpakken_events.event import Event
from uuid_utils import uuid7

from doorpakken_plumbing import failpoints
from doorpakken_plumbing.messaging import outbox
from doorpakken_plumbing.mongo.database import (
    Collection,
    Document,
    Mongo,
    PyMongoError,
    Session,
    is_duplicate,
)
from doorpakken_plumbing.observing.tracing import Origin
from doorpakken_plumbing.settings import Limits
from doorpakken_plumbing.time import clock

T = TypeVar("T")
Work = Callable[["Transaction"], Awaitable[T]]

# A unique key that another replica took is visible to the next run; with a bug every run fails.
DUPLICATE_RUNS = 3


class Transact(Protocol):
    """Runs work in a transaction, as `Transactions.run` does."""

    async def __call__(self, work: Work[T]) -> T: ...


@dataclass
class Ids:
    """The ids a transaction hands out: the same ones in the same order at every run."""

    made: list[str] = field(default_factory=list)

    def numbered(self, position: int) -> str:
        while len(self.made) <= position:
            self.made.append(str(uuid7()))
        return self.made[position]


class Transaction:
    """One run of the work: its collections, its ids and the events it publishes."""

    def __init__(self, mongo: Mongo, session: Session, emitter: str, ids: Ids) -> None:
        self._mongo = mongo
        self._session = session
        self._emitter = emitter
        self._ids = ids
        self._next_id = 0
        self._pending: list[Document] = []

    @property
    def emitter(self) -> str:
        return self._emitter

    def __getitem__(self, name: str) -> Collection:
        return self._mongo.bound(name, self._session)

    def new_id(self) -> str:
        """A UUIDv7; the same one when the work runs again."""
        made = self._ids.numbered(self._next_id)
        self._next_id += 1
        return made

    def publish(self, event: Event, version: int, *, origin: Origin | None = None) -> str:
        """Publishes at commit, as the aggregate's `version`. Returns the event id."""
        return self._say(type(event), event.key, version, event.payload(), event.gathering, origin)

    def forget(
        self, event: type[Event], key: str, version: int, *, origin: Origin | None = None
    ) -> str:
        """Publishes a tombstone at commit. Returns the event id."""
        return self._say(event, key, version, None, None, origin)

    def publish_tombstones(self, state: type[Event], key: str, version: int) -> int:
        """Publishes a tombstone on every topic of the aggregate, each with its own version.
        `version` is the last one published before; returns the new last one."""
        for event in events_of(state.AGGREGATE):
            version += 1
            self.forget(event, key, version)
        return version

    def said_keys(self) -> set[str]:
        return {row["key"] for row in self._pending}

    def said_topics(self) -> set[str]:
        return {row["topic"] for row in self._pending}

    def drop_superseded(self) -> None:
        """Drops unpublished states that a later event of the same aggregate in this transaction
        replaces: they may hold data to be erased, and the later one is complete."""
        newest: dict[tuple[str, str], int] = {}
        for row in self._pending:
            place = row["aggregate"], row["key"]
            newest[place] = max(row["version"], newest.get(place, 0))
        self._pending = [
            row
            for row in self._pending
            if row["payload"] is None or row["version"] == newest[row["aggregate"], row["key"]]
        ]

    def enqueue(self, row: Document) -> None:
        """For topics that carry no event (parked records)."""
        self._pending.append(row)

    def _say(
        self,
        event: type[Event],
        key: str,
        version: int,
        payload: bytes | None,
        gathering_id: str | None,
        origin: Origin | None,
    ) -> str:
        origin = origin or Origin.current()
        envelope = envelope_of(
            event,
            key,
            service=self._emitter,
            event_id=self.new_id(),
            version=version,
            time=clock.now(),
            gathering_id=gathering_id,
            correlation_id=origin.correlation_id,
            causation_id=origin.causation_id,
            traceparent=origin.traceparent,
        )
        self._pending.append(
            outbox.row(
                event_id=envelope.event_id,
                topic=event.TOPIC,
                aggregate=event.AGGREGATE,
                key=key,
                version=version,
                headers=envelope.headers(),
                payload=payload,
                created_at=clock.real_now(),
            )
        )
        return envelope.event_id

    async def write_outbox(self) -> bool:
        """Returns whether there was anything to write."""
        await self[outbox.OUTBOX].insert_many(self._pending)
        return bool(self._pending)


class Transactions:
    """Runs work against one service's database until it commits or the time is up. `committed`
    counts what this process committed."""

    def __init__(
        self, mongo: Mongo, emitter: str, limits: Limits, nudge: Callable[[], None]
    ) -> None:
        self._mongo = mongo
        self._emitter = emitter
        self._limits = limits
        self._nudge = nudge
        self.committed = 0

    async def run(self, work: Work[T]) -> T:
        """Returns the result of `work` once committed. Raises what it raised, or PyMongoError when
        giving up."""
        ids, deadline, runs = Ids(), self._deadline(), 0
        while True:
            try:
                return await self._attempt(work, ids)
            except PyMongoError as error:
                runs += 1
                if not _worth_another_run(error, runs) or time.monotonic() > deadline:
                    raise
            await self._back_off(runs)

    async def _attempt(self, work: Work[T], ids: Ids) -> T:
        async with self._mongo.transaction() as session:
            transaction = Transaction(self._mongo, session, self._emitter, ids)
            result = await work(transaction)
            said = await transaction.write_outbox()
            await failpoints.reach("transaction.open", *transaction.said_topics())
            await self._see_through(session)
        self.committed += 1
        await failpoints.reach("transaction.committed")
        if said:
            self._nudge()
        return result

    async def _see_through(self, session: Session) -> None:
        # If the caller is cancelled meanwhile, the commit is still awaited: its outcome must be
        # known, and the session must not return to the pool before. The cancellation is raised
        # afterwards.
        commit = asyncio.create_task(self._commit(session), name="commit")
        gone: asyncio.CancelledError | None = None
        while not commit.done():
            try:
                await asyncio.wait({commit})
            except asyncio.CancelledError as error:
                gone = error
        if gone is not None:
            # The cancelled caller does not read the result, so read it here.
            if not commit.cancelled() and commit.exception() is None:
                self.committed += 1
                self._nudge()
            raise gone
        commit.result()

    async def _commit(self, session: Session) -> None:
        deadline, runs = self._deadline(), 0
        while True:
            try:
                return await session.commit_transaction()
            except PyMongoError as error:
                unknown = error.has_error_label("UnknownTransactionCommitResult")
                if not unknown or time.monotonic() > deadline:
                    raise
            runs += 1
            await self._back_off(runs)

    def _deadline(self) -> float:
        return time.monotonic() + self._limits.transaction_seconds

    async def _back_off(self, runs: int) -> None:
        least, most = self._limits.transaction_delay_ms_min, self._limits.transaction_delay_ms_max
        ceiling = min(most, least * 2**runs)
        await asyncio.sleep(random.uniform(least, ceiling) / 1000)


def _worth_another_run(error: PyMongoError, runs: int) -> bool:
    if is_duplicate(error):
        return runs < DUPLICATE_RUNS
    return error.has_error_label("TransientTransactionError")

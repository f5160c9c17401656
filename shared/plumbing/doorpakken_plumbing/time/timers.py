"""Timers: rows that are due at a moment of domain time, written in the transaction of their reason.
They may fire late but never twice: claiming the row and acting on it is one transaction."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import structlog

from doorpakken_plumbing import failpoints
from doorpakken_plumbing.messaging.mentions import MENTIONS
from doorpakken_plumbing.messaging.transaction import Transact, Transaction
from doorpakken_plumbing.mongo.database import (
    ASCENDING,
    Document,
    Documents,
    Index,
    Mongo,
    PyMongoError,
    is_infrastructure,
    is_too_heavy,
)
from doorpakken_plumbing.observing.metrics import TIMERS_DUE, TIMERS_FIRED
from doorpakken_plumbing.observing.waiting import Waiting
from doorpakken_plumbing.settings import ServiceSettings
from doorpakken_plumbing.time import clock

log = structlog.get_logger(__name__)

TIMERS = "timers"
INDEXES = (
    Index(TIMERS, [("failed", ASCENDING), ("due", ASCENDING)]),
    Index(TIMERS, [(MENTIONS, ASCENDING)]),
)


@dataclass(frozen=True)
class Timer:
    """What is due: `key` is permanent and names the reason, `kind` selects the handler."""

    key: str
    kind: str
    due: datetime
    data: Document


TimerHandlers = Mapping[str, Callable[[Transaction, Timer], Awaitable[None]]]


async def set_timer(
    tx: Transaction, key: str, kind: str, due: datetime, data: Document | None = None
) -> None:
    """Replaces the timer with the same key."""
    # `set` makes each row unique: replacing a row by an equal one writes nothing, so it would not
    # conflict with a concurrent transaction that fires it without knowing why it is set again.
    row = {"_id": key, "kind": kind, "due": due, "data": data or {}, "set": tx.new_id()}
    named = [one for one in (data or {}).values() if isinstance(one, str)]
    row |= {MENTIONS: named}
    await tx[TIMERS].replace_one({"_id": key}, row, upsert=True)


async def cancel_timer(tx: Transaction, key: str) -> None:
    await tx[TIMERS].delete_one({"_id": key})


async def count_timers(documents: Documents) -> int:
    return await documents[TIMERS].estimate()


class Timers:
    """One replica's loop over the timers; any replica may claim any timer."""

    def __init__(
        self, mongo: Mongo, transact: Transact, settings: ServiceSettings, handlers: TimerHandlers
    ) -> None:
        self._mongo = mongo
        self._transact = transact
        self._settings = settings
        self._handlers = handlers
        self._nudged = asyncio.Event()
        self.waiting = Waiting()

    def nudge(self) -> None:
        self._nudged.set()

    async def run(self) -> None:
        while True:
            self._nudged.clear()
            try:
                await self.fire_due()
            except PyMongoError as error:
                if not is_infrastructure(error):
                    raise
                self.waiting.note(self._mongo.why(error))
            else:
                self.waiting.over()
            try:
                await asyncio.wait_for(self._nudged.wait(), self._settings.timer_poll_seconds)
            except TimeoutError:
                continue

    async def fire_due(self) -> None:
        """Earliest first; timers that failed before come last."""
        most = self._settings.timer_batch_size
        due = await self._due(None, most)
        if len(due) < most:
            due += await self._due({"$gte": 1}, most - len(due))
        TIMERS_DUE.set(len(due))
        for row in due:
            await self._fire(row)

    async def _due(self, failed: Document | None, most: int) -> list[Document]:
        ours = {"kind": {"$in": list(self._handlers)}}
        return await self._mongo[TIMERS].find(
            {"failed": failed, "due": {"$lte": clock.now()}} | ours,
            sort=[("failed", ASCENDING), ("due", ASCENDING)],
            limit=most,
        )

    async def _fire(self, row: Document) -> None:
        async def work(tx: Transaction) -> bool:
            claimed = await tx[TIMERS].find_one_and_delete(
                {"_id": row["_id"], "due": {"$lte": clock.now()}}
            )
            if claimed is None:
                return False
            await failpoints.reach("timer.claimed")
            timer = Timer(claimed["_id"], claimed["kind"], claimed["due"], claimed["data"])
            await self._handlers[timer.kind](tx, timer)
            return True

        try:
            fired = await self._transact(work)
        except Exception as error:
            # A timer that does not fit a transaction must not block the others.
            if is_infrastructure(error) and not is_too_heavy(error):
                raise
            await self._note_failure(row, error)
            return
        if fired:
            TIMERS_FIRED.labels(row["kind"]).inc()

    async def _note_failure(self, row: Document, error: Exception) -> None:
        # It stays due, after those that did not fail; the system page shows the count.
        log.error("timer failed", kind=row["kind"], key=row["_id"], reason=type(error).__name__)
        await self._mongo[TIMERS].update_one({"_id": row["_id"]}, {"$inc": {"failed": 1}})

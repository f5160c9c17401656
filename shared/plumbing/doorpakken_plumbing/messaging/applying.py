"""Applies consumed messages: many in one transaction, in smaller parts where they do not fit.
Poison messages are parked with their aggregate; infrastructure errors never park anything."""

import asyncio
import time
from collections.abc import Sequence
from functools import partial

import structlog

from doorpakken_plumbing.messaging import erasure, inbox, parking
from doorpakken_plumbing.messaging.heard import Handlers, Message, Tombstones
from doorpakken_plumbing.messaging.projection import Projections, fold
from doorpakken_plumbing.messaging.run_size import RunSize
from doorpakken_plumbing.messaging.transaction import Transact, Transaction
from doorpakken_plumbing.mongo.database import Mongo, PyMongoError, is_infrastructure, is_too_heavy
from doorpakken_plumbing.observing.metrics import CONSUMED
from doorpakken_plumbing.settings import ServiceSettings
from doorpakken_plumbing.time import clock

log = structlog.get_logger(__name__)

PROBES = "probes"


class Applier:
    """Applies the messages of one replica's consumer batches, in the order of their delivery."""

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
        self._size = RunSize(settings.lane_batch_size, settings.transaction_seconds)
        self._heavy: dict[str, int] = {}
        self.counts = dict.fromkeys((*inbox.Outcome, "parked"), 0)

    async def apply_all(self, messages: list[Message]) -> None:
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
        left = list(run)
        while left:
            part, began_at = left[: self._size.now], time.monotonic()
            try:
                await self._apply_part(part)
            except PyMongoError as error:
                if not is_too_heavy(error):
                    raise
                if not await self._is_set_aside(part, error):
                    continue
            else:
                self._size.committed(time.monotonic() - began_at)
            left = left[len(part) :]

    async def _apply_part(self, run: Sequence[Message]) -> None:
        try:
            await self._apply(run)
        except Exception as error:
            if is_infrastructure(error):
                raise
            for message in run:
                await self._apply_alone(message)

    async def _is_set_aside(self, run: Sequence[Message], error: PyMongoError) -> bool:
        """False: apply again, in smaller parts or once more. True: the single event was parked.
        Raises the error when the database is slow for every transaction."""
        code = getattr(error, "code", None)
        log.warning("too heavy for one transaction", events=len(run), code=code)
        if len(run) > 1:
            self._size.halve(len(run))
            return False
        if not await self._commits_quickly():
            raise error
        [message] = run
        tries = self._heavy.get(message.id, 0) + 1
        self._heavy = {message.id: tries}
        if tries < self._settings.handler_tries:
            return False
        await self._park(message, f"too heavy for one transaction: code {code}", tries=tries)
        return True

    async def _commits_quickly(self) -> bool:
        # A probe, to tell a slow database from an event that is too heavy.
        probe = {"_id": self._settings.instance, "at": clock.real_now()}
        try:
            async with asyncio.timeout(self._settings.probe_seconds):
                await self._transact(
                    lambda tx: tx[PROBES].replace_one({"_id": probe["_id"]}, probe, upsert=True)
                )
        except (TimeoutError, PyMongoError):
            return False
        return True

    async def _apply_alone(self, message: Message) -> None:
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
        # A run has either handled or projected events, never both.
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
        """Whether parking is needless: a newer version was applied, or the person was erased."""
        folded, key = parking.GUARDS, message.subject
        if message.event is not None and message.event in self._projections:
            folded, key = message.event.AGGREGATE, message.key
        newer = {"_id": key, "version": {"$gte": message.version}}
        is_stale = message.version > 0 and await tx[folded].count(newer) > 0
        return is_stale or await erasure.is_erased(tx, message.key)

    async def replay(self, message: Message) -> bool:
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
                if is_infrastructure(error) and not is_too_heavy(error):
                    raise
                reason = f"handler: {type(error).__name__}"
        failed = reason
        await self._transact(lambda tx: parking.put_back(tx, message, failed))
        return False

    def _count(self, outcome: str, messages: Sequence[Message]) -> None:
        self.counts[outcome] += len(messages)
        for message in messages:
            CONSUMED.labels(message.topic, str(outcome)).inc()


def _runs(messages: Sequence[Message], most: int) -> list[list[Message]]:
    """Runs of at most `most` readable messages, in order; an unreadable one is a run of its own."""
    runs: list[list[Message]] = []
    for message in messages:
        joins = runs and not message.problem and not runs[-1][0].problem and len(runs[-1]) < most
        if joins:
            runs[-1].append(message)
        else:
            runs.append([message])
    return runs

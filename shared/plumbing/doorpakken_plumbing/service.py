"""One running instance of a service: its parts, tasks in a fixed order, a stop that loses nothing.
Refuses requests while its database is missing, with the reason; serves without the broker."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, TypeVar, cast

import structlog
from doorpakken_events.catalogue import topic_of
from doorpakken_events.event import Event
from fastapi import APIRouter, Depends
from starlette.requests import HTTPConnection

from doorpakken_plumbing.http import idempotency
from doorpakken_plumbing.http.live import Live
from doorpakken_plumbing.identity import revocations
from doorpakken_plumbing.identity.revocations import Revocations
from doorpakken_plumbing.identity.staff import STAFF_HANDLERS, STAFF_TOMBSTONES, StaffDoor
from doorpakken_plumbing.kafka.records import KafkaError, Writer
from doorpakken_plumbing.messaging import inbox, outbox, parking, staff_work
from doorpakken_plumbing.messaging.consumer import Consumer
from doorpakken_plumbing.messaging.heard import Handler, Handlers, Tombstones
from doorpakken_plumbing.messaging.lanes import Lanes
from doorpakken_plumbing.messaging.projection import Projections
from doorpakken_plumbing.messaging.relay import Relay
from doorpakken_plumbing.messaging.transaction import Transact, Transactions
from doorpakken_plumbing.mongo import layout
from doorpakken_plumbing.mongo.database import Index, Mongo, PyMongoError, is_infrastructure
from doorpakken_plumbing.observing.waiting import Waiting
from doorpakken_plumbing.settings import ServiceSettings
from doorpakken_plumbing.time import clock
from doorpakken_plumbing.time import timers as timer_rows
from doorpakken_plumbing.time.timers import TimerHandlers, Timers

log = structlog.get_logger(__name__)

CONSUMER = "consumer"

S = TypeVar("S", bound=ServiceSettings)
Step = Callable[["Service"], Awaitable[None]]

INDEXES = (
    *outbox.INDEXES,
    *inbox.INDEXES,
    *parking.INDEXES,
    *timer_rows.INDEXES,
    *idempotency.INDEXES,
    *revocations.INDEXES,
    *staff_work.INDEXES,
)


@dataclass(frozen=True)
class Parts:
    """What a service adds to the plumbing; `tasks` run until the end, `on_start` before them, and
    `examples` appear in the API's description, by the name of their schema."""

    routers: Sequence[APIRouter] = ()
    handlers: Handlers = field(default_factory=dict)
    tombstones: Tombstones = field(default_factory=dict)
    projections: Projections = field(default_factory=dict)
    timers: TimerHandlers = field(default_factory=dict)
    indexes: Sequence[Index] = ()
    examples: Mapping[str, Any] = field(default_factory=dict)
    on_start: Sequence[Step] = ()
    tasks: Sequence[Step] = ()


class Service:
    """One running instance: its database, its transactions, its lanes and its tasks."""

    def __init__(self, settings: ServiceSettings, parts: Parts) -> None:
        uri, database = settings.mongodb_uri.get_secret_value(), settings.mongodb_database
        self.settings = settings
        self.mongo = Mongo(uri, database, settings)
        self.writer = Writer(settings)
        self.relay = Relay(self.mongo, self.writer, settings)
        self.transactions = Transactions(self.mongo, settings.service, settings, self.relay.nudge)
        self.transact: Transact = self.transactions.run
        self.lanes = Lanes(self.transact, settings)
        self.consumer = Consumer(
            self.mongo,
            self.transact,
            settings,
            handlers=_heard_here(settings.service) | dict(parts.handlers),
            tombstones={**STAFF_TOMBSTONES, **parts.tombstones},
            projections=parts.projections,
        )
        self.timers = Timers(self.mongo, self.transact, settings, parts.timers)
        self.staff = StaffDoor(settings.staff_public_key, Revocations(self.mongo))
        self.live = Live(self.mongo, settings)
        self.is_stopping = asyncio.Event()
        self.has_started = False
        self.waiting = Waiting()
        self.is_waiting = asyncio.Event()
        self.failed_task: str | None = None
        self._parts = parts
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        while not await self._is_prepared():  # noqa: ASYNC110  # nobody tells us when it is there
            await asyncio.sleep(self.settings.retry_delay_seconds_min)
        self._start_task("clock", self._watch_clock())
        self._start_task("relay", self.relay.run())
        if self.consumer.topics:
            self._start_task(CONSUMER, self.consumer.run())
        self._start_task("timers", self.timers.run())
        for step in self._parts.tasks:
            self._start_task(getattr(step, "__name__", "task"), step(self))
        self.has_started = True

    async def stop(self) -> None:
        """Ends the tasks, answers the commands in lanes, sends what is left, then disconnects."""
        self.is_stopping.set()
        try:
            async with asyncio.timeout(self.settings.tasks_finish_seconds):
                await self._finish()
        except (TimeoutError, PyMongoError, KafkaError, OSError) as error:
            # Unsent events stay pending in the outbox and are sent after the next start.
            log.warning("stopped with events pending", reason=type(error).__name__)
        await self.writer.stop()
        # In a thread and with a time limit: it ends its sessions at a server that may not answer.
        parting = asyncio.create_task(asyncio.to_thread(self.mongo.close), name="parting")
        await asyncio.wait({parting}, timeout=self.settings.mongodb_close_seconds)

    async def _finish(self) -> None:
        await self._finish_hearing()
        for task in self._tasks:
            task.cancel()
        # Not gathered: after the time-out, gather waits on for tasks that ignore their
        # cancellation.
        if self._tasks:
            await asyncio.wait(self._tasks)
        await self.live.stop()
        await self.lanes.drain()
        if self.has_started:
            await self.relay.close()

    async def _finish_hearing(self) -> None:
        # Offsets of applied events are committed first, or the next start would read them again.
        self.consumer.stop()
        hearing = [task for task in self._tasks if task.get_name() == CONSUMER]
        if hearing:
            await asyncio.wait(hearing, timeout=self.settings.consumer_finish_seconds)

    def why_not_ready(self) -> list[str]:
        if not self.has_started:
            return [self.waiting.reason or "it is starting"]
        ended = [f"task {task.get_name()} ended" for task in self._tasks if task.done()]
        # The timers query the database all the time, so they know whether it answers.
        missing = (self.timers.waiting.reason, self.consumer.why_not_ready())
        return [*filter(None, missing), *ended]

    async def _watch_clock(self) -> None:
        await clock.watch(
            self.settings.clock_file,
            self.timers.nudge,
            allowed=self.settings.is_local,
            poll_seconds=self.settings.clock_poll_seconds,
        )

    def _start_task(self, name: str, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        task.set_name(name)
        task.add_done_callback(self.notice_end)
        self._tasks.append(task)

    def notice_end(self, task: "asyncio.Task[None]", *, may_return: bool = False) -> None:
        """A task that ends unexpectedly ends the process, also one that a library cancelled or that
        just returned: half a service is worse than a restart."""
        error = None if task.cancelled() else task.exception()
        if error is None and (self.is_stopping.is_set() or (may_return and not task.cancelled())):
            return
        how = "failed" if error else "was cancelled" if task.cancelled() else "returned"
        log.critical(
            "a task ended unasked; the process ends with code 1",
            task=task.get_name(),
            how=how,
            exc_info=error,
        )
        self.failed_task = task.get_name()
        os.kill(os.getpid(), signal.SIGTERM)

    def _waits(self, reason: str) -> bool:
        self.waiting.note(reason)
        self.is_waiting.set()
        return False

    async def _is_prepared(self) -> bool:
        """False while the database is missing or not ours; all steps may run again."""
        if reason := await self.mongo.why_not_usable():
            return self._waits(reason)
        try:
            if reason := await layout.why_not_ours(self.mongo):
                return self._waits(reason)
            self.waiting.over()
            await self.mongo.make_indexes([*INDEXES, *self._parts.indexes])
            for step in self._parts.on_start:
                await step(self)
        except PyMongoError as error:
            if not is_infrastructure(error):
                raise
            return False
        return True


def _heard_here(service: str) -> dict[type[Event], Handler]:
    return {
        event: handler
        for event, handler in STAFF_HANDLERS.items()
        if service in topic_of(event).heard_by
    }


async def current_service(connection: HTTPConnection) -> Service:
    # Async, because FastAPI would run a plain function in a thread.
    return cast(Service, connection.app.state.service)


ServiceDep = Annotated[Service, Depends(current_service)]


def settings_of(kind: type[S]) -> Callable[[HTTPConnection], Awaitable[S]]:
    """The dependency that gives a service its own settings."""

    async def own_settings(connection: HTTPConnection) -> S:
        settings = connection.app.state.settings
        assert isinstance(settings, kind)
        return settings

    return own_settings

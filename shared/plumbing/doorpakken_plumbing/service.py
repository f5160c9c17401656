"""Makes one service of its parts and runs it: settings in, an app out, tasks in a fixed order.
Refuses requests while its database is missing, and says so; without the broker it serves."""

import asyncio
import gc
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Annotated, Any, cast

import structlog
from doorpakken_events.catalogue import topic_of
from doorpakken_events.event import Event
from fastapi import APIRouter, Depends, FastAPI
from starlette.requests import HTTPConnection

from doorpakken_plumbing import clock, failpoints, idempotency, inbox, outbox, parking, revocations
from doorpakken_plumbing import timers as timer_rows
from doorpakken_plumbing.consumer import Consumer
from doorpakken_plumbing.heard import Handler, Handlers, Tombstones
from doorpakken_plumbing.http_door import furnish
from doorpakken_plumbing.instance_lock import instance_lock
from doorpakken_plumbing.kafka import KafkaError, Writer
from doorpakken_plumbing.lanes import Lanes
from doorpakken_plumbing.live import Live
from doorpakken_plumbing.logging import configure_logging
from doorpakken_plumbing.mongo import Index, Mongo, PyMongoError, is_infrastructure
from doorpakken_plumbing.openapi import describe
from doorpakken_plumbing.projection import Projections
from doorpakken_plumbing.relay import Relay
from doorpakken_plumbing.revocations import Revocations
from doorpakken_plumbing.settings import ServiceSettings
from doorpakken_plumbing.staff import STAFF_HANDLERS, StaffDoor
from doorpakken_plumbing.timers import TimerHandlers, Timers
from doorpakken_plumbing.tracing import start_spans
from doorpakken_plumbing.transaction import Transact, Transactions
from doorpakken_plumbing.waiting import Waiting

log = structlog.get_logger(__name__)

CONSUMER = "consumer"
COLLECT_AFTER_ALLOCATIONS = 20_000

Step = Callable[["Service"], Awaitable[None]]

INDEXES = (
    *outbox.INDEXES,
    *inbox.INDEXES,
    *parking.INDEXES,
    *timer_rows.INDEXES,
    *idempotency.INDEXES,
    *revocations.INDEXES,
)


@dataclass(frozen=True)
class Parts:
    """What a service adds to the plumbing; `tasks` run until the end, `on_start` before them, and
    `examples` show in the API's description, by the name of their schema."""

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
        transactions = Transactions(self.mongo, settings.service, settings, self.relay.nudge)
        self.transact: Transact = transactions.run
        self.lanes = Lanes(self.transact, settings)
        self.consumer = Consumer(
            self.mongo,
            self.transact,
            settings,
            handlers=_heard_here(settings.service) | dict(parts.handlers),
            tombstones=parts.tombstones,
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
        """Waits for the database, makes indexes, does the first steps and starts the tasks."""
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
        """Ends the tasks, answers what waits in lanes, sends what is left, then disconnects."""
        self.is_stopping.set()
        try:
            async with asyncio.timeout(self.settings.tasks_finish_seconds):
                await self._finish()
        except (TimeoutError, PyMongoError, KafkaError, OSError) as error:
            # What is not sent stays pending in the outbox and goes out after the next start.
            log.warning("stopped with events pending", reason=type(error).__name__)
        await self.writer.stop()
        # In a thread, and not for ever: it ends its sessions at a server that may be silent.
        parting = asyncio.create_task(asyncio.to_thread(self.mongo.close), name="parting")
        await asyncio.wait({parting}, timeout=self.settings.mongodb_close_seconds)

    async def _finish(self) -> None:
        await self._finish_hearing()
        for task in self._tasks:
            task.cancel()
        # Not gathered: that would wait on, when its time is up, for who does not hear of it.
        if self._tasks:
            await asyncio.wait(self._tasks)
        await self.live.stop()
        await self.lanes.drain()
        if self.has_started:
            await self.relay.close()

    async def _finish_hearing(self) -> None:
        """What is applied is committed too, or the next start would hear it again."""
        self.consumer.stop()
        hearing = [task for task in self._tasks if task.get_name() == CONSUMER]
        if hearing:
            await asyncio.wait(hearing, timeout=self.settings.consumer_finish_seconds)

    def why_not_ready(self) -> list[str]:
        """What readiness still waits for; empty when ready."""
        if not self.has_started:
            return [self.waiting.reason or "it is starting"]
        ended = [f"task {task.get_name()} ended" for task in self._tasks if task.done()]
        # The timers ask the database all the time, so they know whether it is there.
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
        """A task that ends unasked takes the process down, also one that a library cancelled or
        that just returned: half a service is worse than a restart."""
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

    async def _is_prepared(self) -> bool:
        """Makes indexes and does the first steps; False while the database is missing, or when it
        went away meanwhile: all of it may be done again."""
        if reason := await self.mongo.why_not_usable():
            self.waiting.note(reason)
            self.is_waiting.set()
            return False
        self.waiting.over()
        try:
            await self.mongo.make_indexes([*INDEXES, *self._parts.indexes])
            for step in self._parts.on_start:
                await step(self)
        except PyMongoError as error:
            if not is_infrastructure(error):
                raise
            return False
        return True


def _heard_here(service: str) -> dict[type[Event], Handler]:
    """Staff handlers for those the catalogue lets hear them."""
    return {
        event: handler
        for event, handler in STAFF_HANDLERS.items()
        if service in topic_of(event).heard_by
    }


async def current_service(connection: HTTPConnection) -> Service:
    """The running service, for endpoints. A plain function would cost each of them a thread."""
    return cast(Service, connection.app.state.service)


Here = Annotated[Service, Depends(current_service)]


def create_app(settings: ServiceSettings, parts: Parts) -> FastAPI:
    """The app of one instance; connects when it is started, not before."""
    configure_logging(settings.service, settings.instance, settings.log_level)
    failpoints.arm(settings.failpoints)
    clock.adopt(settings.clock_file, allowed=settings.is_local)
    # No /docs and /redoc: their scripts come from somebody else's server, which our pages refuse.
    app = FastAPI(
        title=f"Doorpakken {settings.service}",
        servers=[{"url": settings.public_url}],
        lifespan=_lifespan,
        docs_url=None,
        redoc_url=None,
    )
    app.state.parts, app.state.settings, app.state.service = parts, settings, None
    furnish(app, settings)
    # Imported here: the system's endpoints ask for the Service that this file makes.
    from doorpakken_plumbing.system import router as system

    # The first is met first: each route before the one that is asked for takes time.
    routers = (*parts.routers, system)
    for router in routers:
        app.include_router(router)
    describe(app, routers, parts.examples)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings: ServiceSettings = app.state.settings
    stop_spans = start_spans(
        settings.span_file,
        settings.service,
        settings.instance,
        queue_size=settings.span_queue_size,
        delay_ms=settings.span_delay_ms,
        file_bytes=settings.span_file_bytes,
    )
    with instance_lock(settings.lock_file):
        service = Service(settings, app.state.parts)
        app.state.service = service
        starting = asyncio.create_task(service.start(), name="start")
        starting.add_done_callback(_calm_collector)
        try:
            await _until_started_or_waiting(service, starting)
            yield
        finally:
            starting.cancel()
            await service.stop()
            stop_spans()


async def _until_started_or_waiting(service: Service, starting: asyncio.Task[None]) -> None:
    """The door opens when all is there, or else as soon as there is something to be waited for:
    then it says what. Raises what the start raised."""
    waiting = asyncio.create_task(service.is_waiting.wait())
    await asyncio.wait({starting, waiting}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if starting.done():
        starting.result()
    else:
        starting.add_done_callback(partial(service.notice_end, may_return=True))


def _calm_collector(_started: object) -> None:
    """What is loaded by now stays: the collector need not walk it again and again. Under load its
    walks took a fifth of the time, and made the slowest answers slow."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER_ALLOCATIONS, 20, 20)

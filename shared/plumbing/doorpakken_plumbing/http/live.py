"""Live pages: change streams shared by the pages of one process tell each page what changed.
Refuses more pages than the limit; a page that is too far behind or back too late gets `reload`."""

import asyncio
import json
import re
from collections import deque
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import anyio
from fastapi import Request
from sse_starlette import EventSourceResponse, ServerSentEvent

from doorpakken_plumbing.http.errors import Busy
from doorpakken_plumbing.mongo.database import Document, Mongo, PyMongoError, is_infrastructure
from doorpakken_plumbing.observing.metrics import LIVE_STREAMS
from doorpakken_plumbing.observing.waiting import Waiting
from doorpakken_plumbing.settings import ServiceSettings

# `ready` comes first: from then on no change is missed, so the page fetches its fragment once.
READY, CHANGE, RELOAD = "ready", "change", "reload"
# How long a page has to receive its last event when the server stops.
GRACE_SECONDS = 1
_TOKEN = re.compile(r"[0-9A-Fa-f]{16,2000}")


class _Watching(Protocol):
    """What `stream` needs of a service."""

    live: "Live"


def stream(service: _Watching, request: Request, collections: Iterable[str]) -> EventSourceResponse:
    """Events `ready`, `change` with `{"collection","id"}` and `reload`; raises Busy when full."""
    return service.live.stream(request, tuple(sorted(collections)))


@dataclass(frozen=True)
class Change:
    """One document that changed; `token` is where a change stream can resume."""

    token: str
    collection: str
    document_id: str

    def event(self) -> ServerSentEvent:
        data = {"collection": self.collection, "id": self.document_id}
        return ServerSentEvent(json.dumps(data), event=CHANGE, id=self.token)


@dataclass(eq=False)
class Viewer:
    """One open page, and the events it has not been sent yet."""

    queue: "asyncio.Queue[ServerSentEvent | None]"

    def tell(self, event: ServerSentEvent) -> None:
        try:
            self.queue.put_nowait(event)
        except asyncio.QueueFull:
            # Too far behind to follow change by change, so the page reloads instead.
            self.start_over()

    def start_over(self) -> None:
        self._replace(ServerSentEvent("{}", event=RELOAD))

    def end(self) -> None:
        self._replace(None)

    def _replace(self, event: ServerSentEvent | None) -> None:
        while not self.queue.empty():
            self.queue.get_nowait()
        self.queue.put_nowait(event)


@dataclass(eq=False)
class Tail:
    """One change stream over some collections, with the pages that follow it."""

    collections: tuple[str, ...]
    last: str | None
    history: deque[Change]
    viewers: set[Viewer] = field(default_factory=set)
    # Those that follow it, and those that wait until it is open.
    pages: int = 0
    tasks: list["asyncio.Task[None]"] = field(default_factory=list)
    opened: asyncio.Event = field(default_factory=asyncio.Event)
    waiting: Waiting = field(default_factory=Waiting)

    def take(self, change: Change) -> None:
        self.last = change.token
        self.history.append(change)
        for viewer in self.viewers:
            viewer.tell(change.event())

    def forget(self) -> None:
        """The database cannot resume from `last`: pages reload, and the stream starts from now."""
        self.last = None
        self.history.clear()
        for viewer in self.viewers:
            viewer.start_over()

    def missed_since(self, token: str) -> list[Change] | None:
        """None when the token is no longer known."""
        for position, change in enumerate(self.history):
            if change.token == token:
                return list(self.history)[position + 1 :]
        return [] if token == self.last else None


class Live:
    """All open pages of this process."""

    def __init__(self, mongo: Mongo, settings: ServiceSettings) -> None:
        self._mongo = mongo
        self._settings = settings
        self._tails: dict[tuple[str, ...], Tail] = {}
        self._open = 0
        self._ending = anyio.Event()  # set by the SSE library when the server stops

    def stream(self, request: Request, collections: tuple[str, ...]) -> EventSourceResponse:
        if self._open >= self._settings.live_stream_limit:
            raise Busy("Too many pages are open live. This page can be reloaded by hand.")
        token = request.headers.get("last-event-id", "")
        known = token if _TOKEN.fullmatch(token) else None
        return EventSourceResponse(
            self._follow(collections, known),
            ping=self._settings.live_heartbeat_seconds,
            shutdown_event=self._ending,
            shutdown_grace_period=GRACE_SECONDS,
        )

    async def stop(self) -> None:
        tasks = [task for tail in self._tails.values() for task in tail.tasks]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)
        self._tails.clear()

    async def _follow(
        self, collections: tuple[str, ...], token: str | None
    ) -> AsyncIterator[ServerSentEvent]:
        self._open += 1
        LIVE_STREAMS.inc()
        tail = self._tail(collections, token)
        tail.pages += 1
        viewer = Viewer(asyncio.Queue(self._settings.live_queue_size))
        try:
            for event in await self._join(tail, viewer, token):
                yield event
            while (told := await viewer.queue.get()) is not None:
                yield told
        finally:
            tail.viewers.discard(viewer)
            tail.pages -= 1
            self._open -= 1
            LIVE_STREAMS.dec()
            asyncio.get_running_loop().call_later(
                self._settings.live_idle_seconds, self._close_if_idle, tail
            )

    async def _join(
        self, tail: Tail, viewer: Viewer, token: str | None
    ) -> Sequence[ServerSentEvent]:
        await tail.opened.wait()
        tail.viewers.add(viewer)
        if token is None:
            return [ServerSentEvent("{}", event=READY)]
        missed = tail.missed_since(token)
        if missed is None:
            return [ServerSentEvent("{}", event=RELOAD)]
        return [change.event() for change in missed]

    def _tail(self, collections: tuple[str, ...], token: str | None) -> Tail:
        tail = self._tails.get(collections)
        if tail is None:
            # A new tail resumes where its first page stopped.
            tail = Tail(collections, token, deque(maxlen=self._settings.live_history_size))
            tail.tasks = [
                asyncio.create_task(self._run(tail), name="live"),
                asyncio.create_task(self._end_viewers(tail), name="live ending"),
            ]
            self._tails[collections] = tail
        return tail

    def _close_if_idle(self, tail: Tail) -> None:
        if not tail.pages and self._tails.get(tail.collections) is tail:
            for task in tail.tasks:
                task.cancel()
            del self._tails[tail.collections]

    async def _end_viewers(self, tail: Tail) -> None:
        await self._ending.wait()
        for viewer in tail.viewers:
            viewer.end()

    async def _run(self, tail: Tail) -> None:
        while True:
            try:
                await self._read(tail)
            except PyMongoError as error:
                tail.waiting.note(f"live pages wait: {self._mongo.why(error)}")
                if not is_infrastructure(error):
                    tail.forget()
            await asyncio.sleep(self._settings.retry_delay_seconds_max)

    async def _read(self, tail: Tail) -> None:
        resume_after = {"_data": tail.last} if tail.last else None
        async for change in self._mongo.watch(_pipeline(tail.collections), resume_after):
            # The first one is empty: the stream is open.
            if change:
                tail.take(_change(change))
            tail.waiting.over()
            tail.opened.set()


def _pipeline(collections: Sequence[str]) -> list[Document]:
    kinds = ["insert", "update", "replace", "delete"]
    return [
        {"$match": {"ns.coll": {"$in": list(collections)}, "operationType": {"$in": kinds}}},
        {"$project": {"ns.coll": 1, "documentKey._id": 1}},
    ]


def _change(raw: dict[str, Any]) -> Change:
    return Change(raw["_id"]["_data"], raw["ns"]["coll"], str(raw["documentKey"]["_id"]))

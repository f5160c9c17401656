"""Pages follow the real database through a real server: nothing is missed, and nothing hangs."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, TypeVar

import httpx
import pytest
import uvicorn
from doorpakken_plumbing.http.live import READY, Live, Tail, stream
from doorpakken_plumbing.http.middleware import install_middleware
from doorpakken_plumbing.mongo.database import Mongo
from doorpakken_plumbing.settings import ServiceSettings
from fastapi import FastAPI, Request
from sse_starlette import EventSourceResponse

from tests.probe import becomes, comes_true

T = TypeVar("T")
WAIT_SECONDS = 10


@dataclass(frozen=True)
class Told:
    """One event as a page receives it."""

    name: str
    data: dict[str, str]
    id: str | None


class Page:
    """An open page."""

    def __init__(self, answer: httpx.Response) -> None:
        self._lines = answer.aiter_lines()

    async def next(self) -> Told:
        fields: dict[str, str] = {}
        async with asyncio.timeout(WAIT_SECONDS):
            async for line in self._lines:
                if not line and fields:
                    return Told(fields["event"], json.loads(fields["data"]), fields.get("id"))
                name, colon, value = line.partition(": ")
                if colon and name:
                    fields[name] = value
        raise EOFError

    async def until_end(self) -> None:
        async with asyncio.timeout(WAIT_SECONDS):
            async for _ in self._lines:
                pass


class Board:
    """A server with one live page over the collections `attendee` and `pitch`."""

    def __init__(self, mongo: Mongo, settings: ServiceSettings) -> None:
        self.mongo = mongo
        self.live = Live(mongo, settings)
        self.settings = settings
        app = FastAPI()
        install_middleware(app, settings)
        app.state.service = SimpleNamespace(has_started=True, settings=settings, live=self.live)
        app.add_api_route("/live", self.follow, response_class=EventSourceResponse)
        self.server = uvicorn.Server(uvicorn.Config(app, port=0, lifespan="off", log_config=None))

    def follow(self, request: Request) -> EventSourceResponse:
        return stream(self, request, ["attendee", "pitch"])

    @property
    def url(self) -> str:
        port = self.server.servers[0].sockets[0].getsockname()[1]
        return f"http://127.0.0.1:{port}/live"

    @asynccontextmanager
    async def page(self, last_event_id: str | None = None) -> AsyncIterator[Page]:
        headers = {"last-event-id": last_event_id} if last_event_id else {}
        async with (
            httpx.AsyncClient(timeout=WAIT_SECONDS) as client,
            client.stream("GET", self.url, headers=headers) as answer,
        ):
            assert answer.status_code == 200, await answer.aread()
            yield Page(answer)

    async def change(self, name: str, collection: str = "attendee") -> None:
        document: dict[str, Any] = {"_id": name, "at": time.time_ns()}
        await self.mongo[collection].replace_one({"_id": name}, document, upsert=True)


async def _now(look: Callable[[], T]) -> T:
    return look()


OpenBoard = Callable[..., Awaitable[Board]]


@pytest.fixture
async def open_board(
    mongo: Mongo, settings_of: Callable[..., ServiceSettings]
) -> AsyncIterator[OpenBoard]:
    running: list[tuple[Board, asyncio.Task[None]]] = []

    async def start(**more: Any) -> Board:
        board = Board(mongo, settings_of("reporting", **more))
        serving = asyncio.create_task(board.server.serve())
        running.append((board, serving))
        await becomes(lambda: _now(lambda: board.server.started), True)
        return board

    yield start
    for board, serving in running:
        board.server.should_exit = True
        await serving
        await board.live.stop()


async def test_a_page_is_told_what_changes_after_ready(open_board: OpenBoard) -> None:
    board = await open_board()
    await board.change("before")
    async with board.page() as page:
        assert (await page.next()).name == "ready"
        await board.change("a-1")
        await board.change("elsewhere", collection="outbox")
        await board.change("p-1", collection="pitch")

        told = [await page.next() for _ in range(2)]
        # The stream may begin with the very last change before it.
        if told[0].data["id"] == "before":
            told = [told[1], await page.next()]

    assert [(one.name, one.data) for one in told] == [
        ("change", {"collection": "attendee", "id": "a-1"}),
        ("change", {"collection": "pitch", "id": "p-1"}),
    ]
    assert all(one.id for one in told)


async def test_many_pages_share_one_stream(open_board: OpenBoard) -> None:
    board = await open_board()
    async with board.page() as one, board.page() as two:
        assert [(await one.next()).name, (await two.next()).name] == ["ready", "ready"]
        await board.change("a-1")
        first, second = await one.next(), await two.next()

    assert first == second
    assert len(board.live._tails) == 1


async def test_a_page_that_comes_back_gets_what_it_missed(open_board: OpenBoard) -> None:
    board = await open_board()
    async with board.page() as page:
        await page.next()
        await board.change("a-1")
        seen = await page.next()
    for name in ("a-2", "a-3"):
        await board.change(name)
    async with board.page(seen.id) as page:
        missed = [await page.next() for _ in range(2)]

    assert [one.data["id"] for one in missed] == ["a-2", "a-3"]


async def test_it_may_come_back_to_another_replica(open_board: OpenBoard) -> None:
    first, second = await open_board(), await open_board(instance="2")
    async with first.page() as page:
        await page.next()
        await first.change("a-1")
        seen = await page.next()
    await first.change("a-2")
    async with second.page(seen.id) as page:
        missed = await page.next()

    assert (missed.name, missed.data["id"]) == ("change", "a-2")


@pytest.mark.parametrize("token", ["8263AB" * 8, "nonsense", "82" + "0" * 100])
async def test_who_comes_back_with_an_unknown_id_starts_over(
    open_board: OpenBoard, token: str
) -> None:
    board = await open_board()
    async with board.page() as page, board.page(token) as returned:
        assert (await page.next()).name == "ready"
        assert (await returned.next()).name in ("ready", "reload")
        await board.change("a-1")
        assert (await returned.next()).data["id"] == "a-1"


async def test_an_id_the_database_refuses_ends_in_a_reload(open_board: OpenBoard) -> None:
    board = await open_board(retry_delay_seconds_max=0.1)
    async with board.page("8263AB" * 8) as page:
        assert (await page.next()).name == "reload"
        await comes_true(lambda: all(one.opened.is_set() for one in board.live._tails.values()))
        await board.change("a-1")
        assert (await page.next()).data["id"] == "a-1"


async def test_more_pages_than_the_limit_are_refused(open_board: OpenBoard) -> None:
    board = await open_board(live_stream_limit=1)
    async with board.page() as page, httpx.AsyncClient() as client:
        await page.next()
        refused = await client.get(board.url)
        assert (refused.status_code, refused.json()["slug"]) == (503, "busy")

    await becomes(lambda: _now(lambda: board.live._open), 0)
    async with board.page() as page:
        assert (await page.next()).name == "ready"


async def test_a_quiet_page_hears_a_heartbeat(open_board: OpenBoard) -> None:
    board = await open_board(live_heartbeat_seconds=0.1)
    async with board.page() as page:
        await page.next()
        async with asyncio.timeout(WAIT_SECONDS):
            assert [line async for line in _until(page, ": ping")]


async def _until(page: Page, start: str) -> AsyncIterator[str]:
    async for line in page._lines:
        if line.startswith(start):
            yield line
            return


async def test_open_pages_do_not_hold_up_the_end(open_board: OpenBoard) -> None:
    board = await open_board()
    async with board.page() as page:
        await page.next()
        began = time.monotonic()
        board.server.should_exit = True
        await page.until_end()
    assert time.monotonic() - began < 3


async def test_a_stream_nobody_follows_is_closed(open_board: OpenBoard) -> None:
    board = await open_board(live_idle_seconds=0.1)
    async with board.page() as page:
        await page.next()
    await becomes(lambda: _now(lambda: len(board.live._tails)), 0)


async def test_a_page_that_waits_for_the_stream_keeps_it_open(
    mongo: Mongo, settings_of: Callable[..., ServiceSettings], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that came before it leaves, and nobody follows yet."""
    may_open, read = asyncio.Event(), Live._read

    async def late(self: Live, tail: Tail) -> None:
        await may_open.wait()
        await read(self, tail)

    monkeypatch.setattr(Live, "_read", late)
    live = Live(mongo, settings_of("reporting", live_idle_seconds=0.01))
    pages = [live._follow(("attendee",), None) for _ in range(2)]
    first, second = (asyncio.ensure_future(anext(page)) for page in pages)
    await asyncio.wait({first, second}, timeout=0.05)
    first.cancel()
    await asyncio.wait({second}, timeout=0.2)
    may_open.set()
    async with asyncio.timeout(WAIT_SECONDS):
        assert (await second).event == READY
    await live.stop()

"""A page that comes in slowly is shown once it is whole, so that nothing on it moves."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import uvicorn
from doorpakken_pages import Pages, static_files
from fastapi import FastAPI
from playwright.async_api import expect
from starlette.requests import Request
from starlette.responses import StreamingResponse

from shared.pages.tests.settings import SETTINGS, Settings
from tests.chromium import chromium, moved
from tests.probe import becomes

GROUPS, ROWS = 5, 4
# More than the browser takes for the beginning of a page, so that it does not wait for the next.
FILLED = f"<!--{' ' * 2000}-->"
# A page that is not shown yet has no frames.
SHOWN = """() => Promise.race([
  new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown))),
  new Promise((waited) => setTimeout(waited, 200)),
])"""

pytestmark = pytest.mark.browser


async def test_rows_that_widen_their_table_move_nothing() -> None:
    line = asyncio.Semaphore(0)
    async with serving(slow(line)) as address, chromium() as browser:
        page = await browser.new_page()
        await page.goto(f"{address}/page", wait_until="commit")
        for number in range(1, GROUPS + 1):
            line.release()
            await expect(page.locator("tr")).to_have_count(number * ROWS)
            await page.evaluate(SHOWN)
        line.release()
        await page.wait_for_load_state()
        assert await moved(page) == 0


def slow(line: asyncio.Semaphore) -> FastAPI:
    """A page whose table comes in as the line lets it; later rows need a wider column."""
    app, pages = FastAPI(), Pages("doorpakken_pages")
    app.state.settings = Settings.model_validate(SETTINGS | {"public_url": ""})
    app.include_router(static_files())

    @app.get("/page")
    async def page(request: Request) -> StreamingResponse:
        begin, end = bytes(pages.render(request, "layout.html").body).decode().split("</main>")

        async def parts() -> AsyncIterator[str]:
            yield f"{begin}<table>{FILLED}"
            for number in range(GROUPS):
                await line.acquire()
                row = f"<tr><td>{'wijd ' * 3 * number}</td><td>{'x' * (20 - number)}</td></tr>"
                yield row * ROWS + FILLED
            await line.acquire()
            yield f"</table></main>{end}"

        return StreamingResponse(parts(), media_type="text/html")

    return app


@asynccontextmanager
async def serving(app: FastAPI) -> AsyncIterator[str]:
    """The app behind a port of its own."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None))

    async def has_started() -> bool:
        return server.started

    running = asyncio.create_task(server.serve())
    await becomes(has_started, True)
    [listening] = server.servers[0].sockets
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    await running

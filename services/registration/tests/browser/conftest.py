"""Registration behind a real port, and a Chromium from the PATH in which an organiser is signed in.
Without a Chromium these tests are skipped, and say so."""

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
import uvicorn
from doorpakken_plumbing.staff import COOKIE, Staff, sign_token
from doorpakken_registration.settings import Settings
from fastapi import FastAPI
from playwright.async_api import Page

from tests.chromium import chromium
from tests.probe import becomes


@pytest_asyncio.fixture
async def address(app: FastAPI, settings: Settings) -> AsyncIterator[str]:
    """Where the service of the test's process answers browsers."""
    parts = urlsplit(settings.registration_url)
    port = parts.port or 80
    # The app runs already; a second lifespan would start its tasks twice.
    server = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=port, lifespan="off", log_config=None)
    )

    async def has_started() -> bool:
        return server.started

    serving = asyncio.create_task(server.serve())
    await becomes(has_started, True)
    yield settings.registration_url
    server.should_exit = True
    await serving


@pytest_asyncio.fixture
async def page(address: str, settings: Settings) -> AsyncIterator[Page]:
    """A page in the browser of an organiser."""
    staff = Staff("staff-1", {"*": "organiser"}, "session-1")
    token = sign_token(settings.staff_private_key.get_secret_value(), staff)
    async with chromium() as browser:
        context = await browser.new_context(locale="nl-NL")
        await context.add_cookies([{"name": COOKIE, "value": token, "url": address}])
        yield await context.new_page()


@pytest_asyncio.fixture(params=[True, False], ids=["with scripts", "without scripts"])
async def visitor(address: str, request: pytest.FixtureRequest) -> AsyncIterator[Page]:
    """A page on the phone of somebody who is not known, and whose phone may run no scripts."""
    async with chromium() as browser:
        context = await browser.new_context(
            base_url=address,
            locale="nl-NL",
            viewport={"width": 390, "height": 844},
            java_script_enabled=request.param,
        )
        yield await context.new_page()

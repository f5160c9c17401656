"""A Chromium from the PATH in which an organiser is signed in, and one of a visitor.
Refuses what `tests.chromium` refuses: there may be no browser."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from doorpakken_plumbing.identity.staff import COOKIE, Staff, sign_token
from doorpakken_registration.settings import Settings
from playwright.async_api import Browser, Page

from tests.chromium import chromium


@pytest_asyncio.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One for all tests, since to start one takes seconds."""
    async with chromium() as browser:
        yield browser


@pytest_asyncio.fixture
async def page(address: str, settings: Settings, browser: Browser) -> AsyncIterator[Page]:
    """A page in the browser of an organiser."""
    staff = Staff("staff-1", {"*": "organiser"}, "session-1")
    token = sign_token(settings.staff_private_key.get_secret_value(), staff)
    async with await browser.new_context(locale="nl-NL") as context:
        await context.add_cookies([{"name": COOKIE, "value": token, "url": address}])
        yield await context.new_page()


@pytest_asyncio.fixture(params=[True, False], ids=["with scripts", "without scripts"])
async def visitor(
    address: str, browser: Browser, request: pytest.FixtureRequest
) -> AsyncIterator[Page]:
    """A page on the phone of somebody who is not known, and whose phone may run no scripts."""
    async with await browser.new_context(
        base_url=address,
        locale="nl-NL",
        viewport={"width": 390, "height": 844},
        java_script_enabled=request.param,
    ) as context:
        yield await context.new_page()

"""A Chromium from the PATH, for tests that look at pages as people do.
Without one they are skipped, and say so; where REQUIRE_CHROMIUM is set they fail."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, async_playwright

NAMES = ("chromium", "chromium-browser", "chrome")
NONE = "no Chromium on the PATH"


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """The browser, closed afterwards."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.fail(NONE) if os.environ.get("REQUIRE_CHROMIUM") else pytest.skip(NONE)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        await browser.close()

"""A Chromium from the PATH, for tests that look at pages as people do.
Without one they are skipped, and say so; where REQUIRE_CHROMIUM is set they fail."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Page, async_playwright

NAMES = ("chromium", "chromium-browser", "chrome")
NONE = "no Chromium on the PATH"
# How much moved without being asked to, in the unit of the Layout Instability API.
MOVED = """() => new Promise((told) => {
  let total = 0;
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) total += one.hadRecentInput ? 0 : one.value;
  }).observe({type: "layout-shift", buffered: true});
  setTimeout(() => told(total), 50);
})"""


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


async def moved(page: Page) -> float:
    """How much on this page moved while it came."""
    total: float = await page.evaluate(MOVED)
    return total

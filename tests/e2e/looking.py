"""Looks at a page as a browser does: with axe for who cannot see it as most do, in light and in
dark; how much it weighs, and whether anything moves while it comes. Refuses what is too much."""

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx
from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Browser, Page

from tests.chromium import moved
from tests.e2e.crawl import NAMES

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
MOST_BYTES, MOST_REQUESTS = 100_000, 5
RULES: dict[str, Any] = {"resultTypes": ["violations"]}
COLOURS = RULES | {"runOnly": ["color-contrast"]}
# A folder for pictures of all pages; none are made without.
PICTURES = os.environ.get("PICTURES")
LOADED = """() => [...performance.getEntriesByType("navigation"),
  ...performance.getEntriesByType("resource")].map((one) => one.encodedBodySize)"""


@dataclass(frozen=True)
class Visitor:
    """Somebody with cookies, and the pages they get to see."""

    name: str
    cookies: httpx.Cookies
    pages: tuple[str, ...]


async def look(browser: Browser, visitor: Visitor, address: str) -> list[str]:
    """What is wrong with a page that is seen for the first time."""
    context = await browser.new_context(locale="nl-NL", viewport=PHONE)  # type: ignore[arg-type]
    try:
        await context.add_cookies(
            [
                {"name": one.name, "value": one.value or "", "url": urljoin(address, "/")}
                for one in visitor.cookies.jar
            ]
        )
        page = await context.new_page()
        await page.goto(address, wait_until="load")
        wrong = [*await _weight(page), *await barriers(page)]
        if PICTURES:
            await _pictures(page, Path(PICTURES), visitor.name)
        return wrong
    finally:
        await context.close()


async def _weight(page: Page) -> list[str]:
    sizes, shift = await page.evaluate(LOADED), await moved(page)
    found = {
        f"{sum(sizes):,.0f} bytes": sum(sizes) > MOST_BYTES,
        f"{len(sizes)} requests": len(sizes) > MOST_REQUESTS,
        f"moves by {shift}": shift > 0,
        "wider than a phone": await page.evaluate(
            "() => document.documentElement.scrollWidth > innerWidth"
        ),
    }
    return [what for what, is_too_much in found.items() if is_too_much]


async def barriers(page: Page) -> list[str]:
    """What axe finds, in light and in dark."""
    await page.evaluate(AXE_SCRIPT)
    wrong = await _violations(page, RULES)
    await page.emulate_media(color_scheme="dark")
    wrong += [f"in the dark: {one}" for one in await _violations(page, COLOURS)]
    await page.emulate_media(color_scheme="light")
    return wrong


async def _violations(page: Page, options: dict[str, Any]) -> list[str]:
    results = await page.evaluate("(options) => axe.run(options)", options)
    return [
        f"{one['id']} at {_targets(one['nodes'])}: {one['help']}" for one in results["violations"]
    ]


def _targets(nodes: Iterable[dict[str, Any]]) -> str:
    return ", ".join(str(node["target"][0]) for node in nodes)


async def _pictures(page: Page, folder: Path, name: str) -> None:
    parts = urlsplit(page.url)
    shape = re.sub(r"[^\w]+", "-", NAMES.sub("x", f"{name}{parts.path}")).strip("-")
    for size in (PHONE, DESK):
        await page.set_viewport_size(size)  # type: ignore[arg-type]
        path = folder / f"{shape}-{parts.port}-{size['width']}.png"
        await page.screenshot(path=path, full_page=True)

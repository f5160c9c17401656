"""Every page that staff or a visitor reaches, in a real Chromium: no barrier that axe knows, in
light and in dark; light on a phone's line, and nothing moves while it comes."""

import re
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
from doorpakken_local.demo.counting.report import Report
from doorpakken_local.demo.place import Place
from doorpakken_local.demo.visiting.crowd import each
from doorpakken_local.demo.visiting.mailbox import Mail, Mailbox
from doorpakken_local.demo.visiting.web import Web
from doorpakken_local.system import System
from playwright.async_api import Browser

from tests.chromium import chromium
from tests.e2e.crawl import Crawl
from tests.e2e.looking import Visitor, look

STARTS = {"registration": "/", "matching": "/", "notification": "/outbox", "reporting": "/"}
AT_ONCE = 2
# A mail as its reader gets it, shown in a frame; and the part of a page that is fetched anew.
NO_PAGE = re.compile(r"/preview/(nl|en)/mail$|/fragment\b|/door/inside\b")

pytestmark = pytest.mark.browser


@pytest_asyncio.fixture
async def browser() -> AsyncIterator[Browser]:
    """A real one."""
    async with chromium() as browser:
        yield browser


@pytest.mark.timeout(900)  # each page at two widths, in light and in dark
async def test_every_page_of_staff(system: System, report: Report, browser: Browser) -> None:
    place = Place.of(system)
    async with Web() as web:
        staff = web.browser()
        form = (await staff.open(f"{place.urls['registration']}/staff/login")).form()
        await staff.send(form, {"email": [place.staff_email], "password": [place.staff_password]})
        pages: list[str] = []
        for service, start in STARTS.items():
            crawl = Crawl(staff.session, place.urls[service], most=1)
            await crawl.run(f"{place.urls[service]}{start}")
            pages += [page for page in crawl.pages if is_for_staff(service, page)]
        visitor = Visitor("staff", staff.session.cookies, tuple(dict.fromkeys(pages)))
    assert len(visitor.pages) >= 20
    assert await wrong_with(browser, visitor) == {}


async def test_every_page_of_visitors(system: System, report: Report, browser: Browser) -> None:
    place = Place.of(system)
    origin = place.urls["registration"]
    async with Web() as web:
        mails = await Mailbox(web.client(place.urls["mailbox"]), frozenset()).all()
        of_each_kind = await one_of_each_kind(web, mails, origin)
        starts = {"anybody": f"{origin}/"} | of_each_kind
        assert len(starts) >= 5
        wrong: dict[str, list[str]] = {}
        shapes: Counter[str] = Counter()
        for name, start in starts.items():
            somebody = web.browser()
            crawl = Crawl(somebody.session, origin, most=1, shapes=shapes)
            await crawl.run(start)
            visitor = Visitor(name, somebody.session.cookies, tuple(dict.fromkeys(crawl.pages)))
            wrong |= await wrong_with(browser, visitor)
    assert wrong == {}


def is_for_staff(service: str, page: str) -> bool:
    """Other pages of registration are looked at as visitors see them."""
    return service != "registration" or urlsplit(page).path.startswith("/staff")


async def one_of_each_kind(web: Web, mails: Sequence[Mail], origin: str) -> dict[str, str]:
    """Where a mail of each kind leads; those of other tests may lead elsewhere, or to somebody who
    is gone."""
    found: dict[str, str] = {}
    for mail in mails:
        if mail.kind not in found and f"{origin}/l/" in mail.html:
            answer = await web.browser().session.get(mail.button(origin))
            if answer.status_code == 200:
                found[mail.kind] = mail.button(origin)
    return found


async def wrong_with(browser: Browser, visitor: Visitor) -> dict[str, list[str]]:
    """What is wrong, by address."""
    pages = [address for address in visitor.pages if not NO_PAGE.search(address)]
    looks = await each(pages, lambda address: look(browser, visitor, address), at_once=AT_ONCE)
    found = dict(zip(pages, looks, strict=True))
    return {address: wrong for address, wrong in found.items() if wrong}

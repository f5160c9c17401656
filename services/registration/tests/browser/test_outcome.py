"""The page of who led a session on a phone without a line: what was written waits on the phone,
survives closing the page, and is one promise each once it was sent."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from playwright.async_api import Browser, BrowserContext, Page, Route, expect

from services.registration.tests.component.desk import Desk
from services.registration.tests.component.outcomes.held import Held, day
from tests.e2e.looking import barriers
from tests.names import new_email
from tests.probe import becomes, eventually

pytestmark = pytest.mark.browser

READY = "navigator.serviceWorker.controller && document.querySelector('[data-ready]')"
TOMORROW = """() => {
  const later = Date.now() + 24 * 60 * 60 * 1000;
  Date.now = () => later;
}"""


async def test_three_lines_without_a_line_are_three_promises(
    desk: Desk, public: httpx.AsyncClient, address: str, browser: Browser
) -> None:
    held = await Held.of(desk, public)
    async with phone(held, browser, address) as context:
        page = await at_the_table(context, held)
        await context.set_offline(True)
        await page.get_by_label("Ada Riet").check()
        await page.get_by_label("Wie was er nog meer?").fill("Cor Onbekend")
        await page.get_by_role("button", name="Bewaar wie er was").click()
        for amount in ("1", "2"):
            await write_line(page, amount, owner="Ada Riet")
        await expect(page.locator("[data-rows] li")).to_have_count(3)
        await page.close()
        page = await context.new_page()
        await page.goto(held.page)
        await expect(page.locator("[data-rows] li")).to_have_count(3)
        await expect(page.get_by_label("Ada Riet")).to_be_checked()
        await write_line(page, "3", owner="Iemand anders")
        await expect(page.locator("[data-rows]")).to_contain_text("wacht op verbinding")
        assert await barriers(page) == []
        assert await page.evaluate("document.body.scrollWidth") <= 390
        assert await held.lines() == []
        await context.set_offline(False)
        await expect(page.locator("[data-rows] li")).to_have_count(0, timeout=30_000)
        await expect(page.locator("[data-fresh=lines] li")).to_have_count(3)
        # What was sent is not sent again by a page that is opened anew.
        await page.reload()
        await expect(page.locator("[data-fresh=lines] li")).to_have_count(3)
    assert [one["asked_amount"] for one in await held.lines()] == [1, 2, 3]
    said = await desk.said("commitment-made", session_id=held.session_id)
    assert [one["version"] for one in said] == [1, 1, 1]
    last = await held.last()
    assert (last["came"], last["others"]) == ([held.guests[0]["id"]], 1)


async def test_a_line_whose_answer_got_lost_is_one_promise(
    desk: Desk, public: httpx.AsyncClient, address: str, browser: Browser
) -> None:
    held = await Held.of(desk, public)
    async with phone(held, browser, address) as context:
        page = await at_the_table(context, held)
        lost: list[str] = []

        async def lose(route: Route) -> None:
            """The server gets it, and the phone never hears."""
            if route.request.method == "POST" and not lost:
                await route.fetch(max_redirects=0)
                lost.append("one")
                await route.abort()
                return
            await route.continue_()

        await page.route(f"**{held.page}", lose)
        await write_line(page, "4", owner="Bo Kade")
        await expect(page.locator("[data-fresh=lines] li")).to_have_count(1, timeout=30_000)
    assert (lost, len(await held.lines())) == (["one"], 1)


async def test_what_the_server_refuses_is_corrected_on_the_phone(
    desk: Desk, public: httpx.AsyncClient, address: str, browser: Browser
) -> None:
    held = await Held.of(desk, public)
    async with phone(held, browser, address) as context:
        page = await at_the_table(context, held)
        await context.set_offline(True)
        await write_line(page, "vijf", owner="Ada Riet")
        await context.set_offline(False)
        await expect(page.locator("[data-rows]")).to_contain_text(
            "Schrijf een getal", timeout=30_000
        )
        await page.get_by_role("button", name="Verbeteren").click()
        await page.get_by_label("Hoeveel?").fill("5")
        await page.get_by_role("button", name="Bewaar deze regel").click()
        await expect(page.locator("[data-fresh=lines] li")).to_have_count(1, timeout=30_000)
    assert [one["asked_amount"] for one in await held.lines()] == [5]


async def test_names_are_gone_from_the_phone_after_midnight(
    desk: Desk, public: httpx.AsyncClient, address: str, browser: Browser
) -> None:
    held = await Held.of(desk, public)
    async with phone(held, browser, address) as context:
        page = await at_the_table(context, held)
        await page.close()
        await context.set_offline(True)
        page = await context.new_page()
        await page.goto(held.page)
        await expect(page.get_by_label("Ada Riet")).to_be_visible()
        await page.close()
        page = await context.new_page()
        await page.add_init_script(f"({TOMORROW})()")
        await page.goto(held.page)
        await becomes(lambda: page.locator("[data-guests] label").count(), 0)
        assert "Ada Riet" not in await page.content()


async def test_the_pages_have_no_barriers(
    desk: Desk, public: httpx.AsyncClient, address: str, browser: Browser
) -> None:
    held = await Held.of(desk, public)
    await held.line()
    line = (await held.lines())[0]["id"]
    async with phone(held, browser, address) as context:
        page = await at_the_table(context, held)
        for path in ("", f"/lines/{line}"):
            await page.goto(f"{held.page}{path}")
            assert await barriers(page) == [], path
            assert await page.evaluate("document.body.scrollWidth") <= 390, path


@asynccontextmanager
async def phone(held: Held, browser: Browser, address: str) -> AsyncIterator[BrowserContext]:
    """Of who led the session."""
    async with await browser.new_context(
        base_url=address, locale="nl-NL", viewport={"width": 390, "height": 844}
    ) as context:
        link = await held.desk.link(held.host["person_id"], "outcome", held.session_id)
        page = await context.new_page()
        await page.goto(link)
        await page.close()
        yield context


async def at_the_table(context: BrowserContext, held: Held) -> Page:
    """The page, with all on the phone that it needs without a line."""
    page = await context.new_page()
    await page.goto(held.page)
    await eventually(lambda: page.evaluate(f"Boolean({READY})"), bool)
    return page


async def write_line(page: Page, amount: str, *, owner: str) -> None:
    """Fills in the form of a line and presses its button."""
    await page.get_by_label("Wie doet het?").select_option(label=owner)
    if owner == "Iemand anders":
        await page.get_by_text("Iemand anders: naam").click()
        await page.get_by_label("Naam", exact=False).first.fill("Cor Onbekend")
        await page.get_by_label("E-mail of telefoon").fill(new_email())
    await page.get_by_label("Hoeveel?").fill(amount)
    await page.get_by_label("Klaar op").fill(day(60))
    await page.get_by_role("button", name="Bewaar deze regel").click()
    await expect(page.locator("[data-told]")).to_contain_text("Bewaard")

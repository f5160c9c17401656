"""The door on a phone without a line: what was scanned waits on the phone, survives closing the
page, and is sent once; names are there until midnight."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest
from doorpakken_plumbing.identity.door_codes import door_code
from doorpakken_plumbing.identity.staff import COOKIE
from doorpakken_plumbing.time import clock
from playwright.async_api import Browser, BrowserContext, Page, expect

from services.registration.tests.component.desk import Desk, Json
from services.registration.tests.component.staff_of import token_of
from tests.e2e.looking import barriers
from tests.probe import becomes, eventually

pytestmark = pytest.mark.browser

SCANS = 20
READY = "navigator.serviceWorker.controller && document.querySelector('[data-kept]').textContent"
TOMORROW = """() => {
  const later = Date.now() + 24 * 60 * 60 * 1000;
  Date.now = () => later;
}"""


async def test_twenty_scans_without_a_line_are_sent_once_with_their_times(
    desk: Desk, address: str, browser: Browser
) -> None:
    gathering_id, people = await full_house(desk)
    async with phone(desk, browser, address) as context:
        page = await at_the_door(context, gathering_id)
        await context.set_offline(True)
        times = {}
        for who in people:
            before = clock.now()
            await enter(page, code_of(desk, who))
            times[who["id"]] = (before - timedelta(milliseconds=1), clock.now())
        await expect(page.locator("[data-waiting]").first).to_contain_text(f"{SCANS} wachten")
        await page.close()
        page = await context.new_page()
        await page.goto(f"/staff/g/{gathering_id}/door")
        await expect(page.locator("[data-rows] li")).to_have_count(SCANS)
        await expect(page.locator("[data-rows]")).to_contain_text("wacht op verbinding")
        assert await desk.said("attendee-checked-in", gathering_id=gathering_id) == []
        await context.set_offline(False)
        rows = page.locator("[data-rows] li", has_text="verstuurd")
        await expect(rows).to_have_count(SCANS, timeout=30_000)
    said = await desk.said("attendee-checked-in", gathering_id=gathering_id)
    at = {one["attendee_id"]: datetime.fromisoformat(one["checked_in_at"]) for one in said}
    assert (len(said), {*at}) == (SCANS, {*times})
    assert [who for who, (first, last) in times.items() if not first <= at[who] <= last] == []


async def test_two_phones_read_one_code_and_it_is_said_once(
    desk: Desk, address: str, browser: Browser
) -> None:
    gathering_id, [who, *_] = await full_house(desk, people=2)
    code = code_of(desk, who)
    async with phone(desk, browser, address) as one, phone(desk, browser, address) as other:
        pages = [await at_the_door(context, gathering_id) for context in (one, other)]
        for context, page in zip((one, other), pages, strict=True):
            await context.set_offline(True)
            await enter(page, code)
        for context in (other, one):
            await context.set_offline(False)
        for page in pages:
            await expect(page.locator("[data-rows]")).to_contain_text("verstuurd", timeout=30_000)
    assert len(await desk.said("attendee-checked-in", attendee_id=who["id"])) == 1
    scans = await desk.service.mongo["scans"].find({"attendee_id": who["id"]})
    assert sorted(one["is_first"] for one in scans) == [False, True]


async def test_a_name_is_found_without_a_line(desk: Desk, address: str, browser: Browser) -> None:
    gathering_id, [who, *_] = await full_house(desk, people=2)
    async with phone(desk, browser, address) as context:
        page = await at_the_door(context, gathering_id)
        await context.set_offline(True)
        await page.get_by_label("Naam of code").fill("buur een")
        await page.get_by_role("button", name="Zoek").click()
        await page.locator("[data-found] button").click()
        await expect(page.locator("[data-rows]")).to_contain_text("Buur Een")
        await context.set_offline(False)
        await expect(page.locator("[data-rows]")).to_contain_text("verstuurd", timeout=30_000)
    assert len(await desk.said("attendee-checked-in", attendee_id=who["id"])) == 1


async def test_the_names_are_gone_after_midnight(
    desk: Desk, address: str, browser: Browser
) -> None:
    gathering_id, _ = await full_house(desk, people=2)
    async with phone(desk, browser, address) as context:
        page = await at_the_door(context, gathering_id)
        assert await people_on(page, gathering_id) == 2
        await page.close()
        page = await context.new_page()
        await page.add_init_script(f"({TOMORROW})()")
        await page.goto(f"/staff/g/{(await full_house(desk, people=1))[0]}/door")
        await becomes(lambda: people_on(page, gathering_id), 0)


async def test_the_pages_of_the_door_have_no_barriers(
    desk: Desk, address: str, browser: Browser
) -> None:
    gathering_id, [who, *_] = await full_house(desk, people=2)
    async with phone(desk, browser, address) as context:
        page = await at_the_door(context, gathering_id)
        await enter(page, code_of(desk, who))
        door = f"/staff/g/{gathering_id}/door"
        for path in ("", "?q=buur", f"?done={who['id']}", "/walk-in", "/print"):
            await page.goto(f"{door}{path}")
            assert await barriers(page) == [], path
            assert await page.evaluate("document.body.scrollWidth") <= 390, path


NAMES = ("Een", "Twee", "Drie", "Vier", "Vijf", "Zes", "Zeven", "Acht", "Negen", "Tien")


async def full_house(desk: Desk, people: int = SCANS) -> tuple[str, list[Json]]:
    """A gathering that goes on now, and who is expected."""
    now = clock.now()
    ends_at = (now + timedelta(hours=2)).isoformat()
    gathering_id = await desk.gathering(starts_at=now.isoformat(), ends_at=ends_at)
    names = [f"{first} {last}" for first in ("Buur", "Vriend") for last in NAMES]
    return gathering_id, [await desk.attendee(gathering_id, name=one) for one in names[:people]]


@asynccontextmanager
async def phone(desk: Desk, browser: Browser, address: str) -> AsyncIterator[BrowserContext]:
    """Of somebody who stands at the door."""
    async with await browser.new_context(
        base_url=address, locale="nl-NL", viewport={"width": 390, "height": 844}
    ) as context:
        token = token_of(desk, {"*": "door"})
        await context.add_cookies([{"name": COOKIE, "value": token, "url": address}])
        yield context


async def at_the_door(context: BrowserContext, gathering_id: str) -> Page:
    """The page, with all on the phone that it needs without a line."""
    page = await context.new_page()
    await page.goto(f"/staff/g/{gathering_id}/door")
    await eventually(lambda: page.evaluate(f"Boolean({READY})"), bool)
    return page


async def enter(page: Page, code: str) -> None:
    """Types a code and presses the button."""
    rows = page.locator("[data-rows] li")
    count = await rows.count()
    await page.get_by_label("Code uit de mail").fill(code)
    await page.get_by_role("button", name="Inchecken", exact=True).first.click()
    await expect(rows).to_have_count(count + 1)


def code_of(desk: Desk, who: Json) -> str:
    """As it stands in their mail."""
    return door_code(desk.settings.links, who["id"])


async def people_on(page: Page, gathering_id: str) -> int:
    """How many people this phone knows of a gathering."""
    found: int = await page.evaluate(
        """(gathering) => new Promise((resolve) => {
          const asked = indexedDB.open(`door:${gathering}`);
          asked.onsuccess = () => {
            const people = asked.result.transaction("people").objectStore("people").count();
            people.onsuccess = () => { asked.result.close(); resolve(people.result); };
          };
        })""",
        gathering_id,
    )
    return found

"""An organiser makes a gathering, puts it online, moves and cancels it, on a phone and at a desk,
without scripts where the browser has none."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio
from doorpakken_plumbing.identity.staff import COOKIE, Staff, sign_token
from doorpakken_plumbing.time import clock
from doorpakken_registration.common.model.dates import typed_day
from doorpakken_registration.settings import Settings
from playwright.async_api import Browser, Page, expect

from services.registration.tests.component.desk import Desk
from tests.e2e.looking import barriers
from tests.names import new_word

pytestmark = pytest.mark.browser


@pytest_asyncio.fixture(
    params=[(390, True), (1280, True), (390, False)],
    ids=["phone", "desk", "phone without scripts"],
)
async def organiser(
    address: str, settings: Settings, browser: Browser, request: pytest.FixtureRequest
) -> AsyncIterator[tuple[Page, bool]]:
    """A page in their browser, and whether it runs scripts."""
    width, has_scripts = request.param
    staff = Staff("staff-1", {"*": "organiser"}, "session-1")
    token = sign_token(settings.staff_private_key.get_secret_value(), staff)
    async with await browser.new_context(
        base_url=address,
        locale="nl-NL",
        viewport={"width": width, "height": 900},
        java_script_enabled=has_scripts,
    ) as context:
        await context.add_cookies([{"name": COOKIE, "value": token, "url": address}])
        yield await context.new_page(), has_scripts


async def test_from_five_fields_to_one_that_is_moved_and_cancelled(
    desk: Desk, organiser: tuple[Page, bool]
) -> None:
    page, has_scripts = organiser
    title, found = f"Avond {new_word()}", {}

    async def look(name: str) -> None:
        if has_scripts:
            found[name] = await barriers(page)
        width = page.viewport_size["width"] if page.viewport_size else 0
        assert await _width(page) <= width, name

    await page.goto("/staff/gatherings")
    await look("list")
    await (
        page.get_by_role("link", name="Nieuwe bijeenkomst")
        .or_(page.get_by_role("link", name="Maak uw eerste bijeenkomst"))
        .first.click()
    )
    await page.get_by_role("button", name="Maak de bijeenkomst").click()
    await expect(page.get_by_text("Dit klopt nog niet", exact=True)).to_be_visible()
    await look("wrong")
    day = clock.now().date() + timedelta(days=40)
    for label, text in (
        ("Naam van de bijeenkomst", title),
        ("Datum", typed_day(day)),
        ("Begin", "15.00"),
        ("Einde", "18.00"),
        ("Waar is het?", "Buurthuis"),
    ):
        await page.get_by_label(label, exact=True).fill(text)
    await page.get_by_role("button", name="Maak de bijeenkomst").click()
    await page.get_by_role("button", name="Nog een deel").click()
    await page.locator('[name="programme.0.time"]').fill("15.30")
    await page.locator('[name="programme.0.title"]').fill("Welkom")
    await page.locator('[name="programme.1.time"]').fill("16.00")
    await page.locator('[name="programme.1.title"]').fill("Pitches")
    await page.get_by_role("button", name="Haal deel 1 weg").click()
    await expect(page.locator('[name="programme.0.title"]')).to_have_value("Pitches")
    await look("edit")
    await page.get_by_role("button", name="Alles bewaren").click()
    await page.get_by_role("link", name="Bekijk als bezoeker").click()
    await expect(page.get_by_text("16.00 uur: Pitches")).to_be_visible()
    await look("preview")
    await page.get_by_role("link", name="Terug naar deze bijeenkomst").click()
    await look("draft")
    await page.get_by_role("button", name="Zet online").click()
    gathering_id = page.url.rpartition("/")[2]
    await desk.attendee(gathering_id)
    await page.get_by_role("link", name="Gegevens en programma").click()
    await page.get_by_label("Waar is het?").fill("Kerk")
    await page.get_by_label("Waarom verandert de tijd of de plek?").fill("De zaal is dicht.")
    # The first button of the form is what Enter presses.
    await page.get_by_label("Waar is het?").press("Enter")
    await expect(page.get_by_text("1 deelnemer hoort hiervan.")).to_be_visible()
    await look("move")
    await page.get_by_role("button", name="Ja, verander en vertel het").click()
    await expect(page.get_by_text("Let op: deze bijeenkomst is verplaatst.")).to_be_visible()
    await look("moved")
    await page.get_by_role("link", name="Bekijk de bladzijde voor iedereen").click()
    await expect(page.get_by_text("Waarom: De zaal is dicht.")).to_be_visible()
    await page.goto(f"/staff/g/{gathering_id}/cancel")
    await page.get_by_label("Waarom gaat het niet door?").fill("De kerk ook.")
    await page.get_by_role("button", name="Laat zien wat zij lezen").click()
    await look("cancel")
    await page.get_by_role("button", name="Ja, zeg de bijeenkomst af").click()
    await expect(page.get_by_text("Waarom: De kerk ook.")).to_be_visible()
    await page.goto("/staff/themes")
    await page.get_by_label("Nieuw thema").fill(f"Wonen {title}")
    await page.get_by_role("button", name="Zet in de lijst").click()
    await look("themes")
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


async def _width(page: Page) -> int:
    return int(await page.evaluate("document.documentElement.scrollWidth"))

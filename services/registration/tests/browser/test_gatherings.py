"""An organiser makes a gathering, puts it online, moves and cancels it, on a phone and at a desk,
without scripts where the browser has none."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

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


@dataclass
class Organiser:
    """Somebody at a page, and what axe found on the pages they looked at."""

    page: Page
    has_scripts: bool
    found: dict[str, Any] = field(default_factory=dict)

    async def look(self, name: str) -> None:
        await self.page.wait_for_load_state()
        if self.has_scripts and (wrong := await barriers(self.page)):
            self.found[name] = wrong
        size = self.page.viewport_size
        assert size, name
        width = await self.page.evaluate("document.documentElement.scrollWidth")
        assert width <= size["width"], name

    async def press(self, name: str) -> None:
        await self.page.get_by_role("button", name=name).click()

    async def follow(self, name: str) -> None:
        await self.page.get_by_role("link", name=name).first.click()

    async def fill(self, **fields: str) -> None:
        """Fields by their name; two underscores stand for a dot."""
        for name, text in fields.items():
            await self.page.locator(f'[name="{name.replace("__", ".")}"]:visible').fill(text)

    async def sees(self, text: str) -> None:
        await expect(self.page.get_by_text(text)).to_be_visible()


@pytest_asyncio.fixture(
    params=[(390, True), (1280, True), (390, False)],
    ids=["phone", "desk", "phone without scripts"],
)
async def organiser(
    address: str, settings: Settings, browser: Browser, request: pytest.FixtureRequest
) -> AsyncIterator[Organiser]:
    """In their browser."""
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
        yield Organiser(await context.new_page(), has_scripts)


async def test_from_five_fields_to_one_that_is_moved_and_cancelled(
    desk: Desk, organiser: Organiser
) -> None:
    await _make(organiser)
    await _arrange(organiser)
    await organiser.press("Zet online")
    gathering_id = organiser.page.url.rpartition("/")[2]
    await desk.attendee(gathering_id)
    await _move(organiser)
    await _cancel(organiser, gathering_id)
    assert organiser.found == {}


async def test_the_list_of_themes(organiser: Organiser) -> None:
    theme = f"Wonen {new_word()}"
    await organiser.page.goto("/staff/themes")
    await organiser.fill(theme=theme)
    await organiser.press("Zet in de lijst")
    listed = organiser.page.get_by_role("listitem").filter(has_text=theme)
    await expect(listed).to_be_visible()
    await organiser.look("themes")
    assert organiser.found == {}


async def _make(organiser: Organiser) -> None:
    await organiser.page.goto("/staff/gatherings")
    await organiser.look("list")
    await organiser.page.locator('a.button[href$="/staff/gatherings/new"]').click()
    await organiser.press("Maak de bijeenkomst")
    await expect(organiser.page.get_by_role("alert")).to_be_visible()
    await organiser.look("wrong")
    day = typed_day(clock.now().date() + timedelta(days=40))
    # The longest word wraps wherever the title stands.
    title = f"Avond {'m' * 30}{new_word()}"
    await organiser.fill(title=title, date=day, begin="15.00", end="18.00", venue_name="Buurthuis")
    await organiser.press("Maak de bijeenkomst")


async def _arrange(organiser: Organiser) -> None:
    await organiser.press("Nog een deel")
    await organiser.fill(programme__0__time="15.30", programme__0__title="Welkom")
    await organiser.fill(programme__1__time="16.00", programme__1__title="Pitches")
    await organiser.press("Haal deel 1 weg")
    first = organiser.page.locator('[name="programme.0.title"]')
    await expect(first).to_have_value("Pitches")
    await organiser.look("edit")
    await organiser.press("Alles bewaren")
    await organiser.follow("Bekijk als bezoeker")
    await organiser.sees("16.00 uur: Pitches")
    await organiser.look("preview")
    await organiser.follow("Terug naar deze bijeenkomst")
    await organiser.look("draft")


async def _move(organiser: Organiser) -> None:
    await organiser.follow("Gegevens en programma")
    await organiser.fill(venue_name="Kerk", reason="De zaal is dicht.")
    # The first button of the form is what Enter presses.
    await organiser.page.locator('[name="venue_name"]').press("Enter")
    await organiser.sees("1 deelnemer hoort hiervan.")
    await organiser.look("move")
    await organiser.press("Ja, verander en vertel het")
    await organiser.sees("Let op: deze bijeenkomst is verplaatst.")
    await organiser.look("moved")
    await organiser.follow("Bekijk de bladzijde voor iedereen")
    await organiser.sees("Waarom: De zaal is dicht.")


async def _cancel(organiser: Organiser, gathering_id: str) -> None:
    await organiser.page.goto(f"/staff/g/{gathering_id}/cancel")
    await organiser.fill(reason="De kerk ook.")
    await organiser.press("Laat zien wat zij lezen")
    await organiser.look("cancel")
    await organiser.press("Ja, zeg de bijeenkomst af")
    await organiser.sees("Waarom: De kerk ook.")

"""A paper card is entered by keyboard alone within ten seconds, at a calm pace of typing."""

import time

import pytest
from doorpakken_registration.settings import Settings
from playwright.async_api import Page, expect

from services.registration.tests.component.accepted import accepted_pitches
from services.registration.tests.component.desk import Desk

pytestmark = pytest.mark.browser

KEY_MS = 200
CARD_SECONDS = 10


async def test_a_card_takes_ten_seconds_at_most(desk: Desk, settings: Settings, page: Page) -> None:
    gathering_id = await desk.gathering()
    pitch_ids = await accepted_pitches(desk, gathering_id, 5)
    for name in ("Gladys Waterlelie", "Gladys Zilverspar", "Rowena Dotterbloem"):
        await desk.attendee(gathering_id, name=name)
    await page.goto(f"{settings.registration_url}/staff/g/{gathering_id}/cards")
    for at, name in enumerate(("Gladys Waterlelie", "Rowena Dotterbloem"), start=1):
        await expect(page.locator("#who")).to_be_focused()
        begun = time.monotonic()
        first, last = name.split()
        await page.keyboard.type(f"{first} {last[0]}".lower(), delay=KEY_MS)
        await page.keyboard.press("Tab", delay=KEY_MS)
        await page.keyboard.type("4 2 5", delay=KEY_MS)
        await page.keyboard.press("Enter", delay=KEY_MS)
        await expect(page.get_by_text(f"{name}: 4, 2, 5")).to_be_visible()
        await expect(page.locator("#who")).to_be_focused()
        assert time.monotonic() - begun <= CARD_SECONDS, at
    listed = (await desk.client.get(f"/gatherings/{gathering_id}/wishes")).json()["items"]
    chosen = [pitch_ids[at - 1] for at in (4, 2, 5)]
    assert [one["pitch_ids"] for one in listed] == [chosen, chosen]


async def test_the_right_person_is_one_key_away(desk: Desk, settings: Settings, page: Page) -> None:
    gathering_id = await desk.gathering()
    await accepted_pitches(desk, gathering_id, 1)
    for name in ("Gladys Waterlelie", "Gladys Zilverspar"):
        await desk.attendee(gathering_id, name=name)
    await page.goto(f"{settings.registration_url}/staff/g/{gathering_id}/cards")
    await expect(page.locator("#who")).to_be_focused()
    await page.keyboard.type("gladys")
    await page.keyboard.press("Tab")
    await page.keyboard.type("1")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Gladys Waterlelie (1)")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Gladys Waterlelie: 1")).to_be_visible()

"""An organiser reviews pitches and puts them in order with the keyboard alone, and somebody who was
not there offers help from the public page of one."""

import pytest
from playwright.async_api import Page, expect

from services.registration.tests.component.accepted import accepted_pitches, submitted_pitch
from services.registration.tests.component.desk import Desk
from tests.e2e.looking import barriers

pytestmark = pytest.mark.browser


async def test_with_the_keyboard_alone(desk: Desk, page: Page) -> None:
    gathering_id = await desk.gathering()
    await accepted_pitches(desk, gathering_id, 1)
    await submitted_pitch(desk, gathering_id, title="OCTA")
    address = f"{desk.settings.registration_url}/staff/g/{gathering_id}/pitches"
    await page.goto(address)
    assert await barriers(page) == []
    await page.get_by_label("Uw vraag of uitleg").focus()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")  # a question without words
    await expect(page.get_by_role("alert")).to_contain_text("Schrijf eerst op")
    assert await barriers(page) == []
    await page.get_by_label("Uw vraag of uitleg").focus()
    await page.keyboard.type("Hoeveel plekken hebt u?")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Hoeveel plekken hebt u?")).to_be_visible()
    await page.get_by_label("Uw vraag of uitleg").focus()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Aangenomen: 2")).to_be_visible()
    await page.get_by_role("button", name="Eerder").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("listitem").filter(has_text="Later: OCTA")).to_be_visible()
    assert await barriers(page) == []
    await page.goto(f"{address}/print")
    await expect(page.get_by_role("heading", level=2)).to_have_text(["1. OCTA", "2. Plan 1"])
    assert await barriers(page) == []


async def test_who_was_not_there_offers_help(desk: Desk, visitor: Page) -> None:
    gathering_id = await desk.gathering()
    await accepted_pitches(desk, gathering_id, 1)
    await visitor.goto(f"/g/{gathering_id}")
    await visitor.get_by_role("link", name="Plan 1").click()
    await expect(visitor.get_by_role("heading", level=1)).to_have_text("Plan 1")
    await visitor.get_by_role("link", name="Ik kan helpen").click()
    await visitor.get_by_label("Hoeveel plekken?").fill("2")
    await visitor.get_by_role("button", name="Bied dit aan").click()
    await expect(visitor.get_by_label("Hoeveel plekken?")).to_have_value("2")
    await visitor.get_by_label("Uw naam").fill("Imane Klaproos")
    await visitor.get_by_label("Telefoon").fill("06 12345678")
    await visitor.get_by_role("button", name="Bied dit aan").click()
    await expect(visitor.get_by_text("Dank u wel voor uw aanbod.")).to_be_visible()

"""Keep me informed, on a phone with scripts and without: asked, confirmed by the mail's link, and
stopped again."""

import pytest
from doorpakken_registration.following import following
from playwright.async_api import Page, expect

from services.registration.tests.component.desk import Desk
from tests.names import new_email

pytestmark = pytest.mark.browser


async def test_following_and_stopping(desk: Desk, visitor: Page) -> None:
    email = new_email()
    heading = visitor.get_by_role("heading", level=1)
    await visitor.goto("/")
    await visitor.get_by_role("link", name="Houd mij op de hoogte").click()
    send = visitor.get_by_role("button", name="Houd mij op de hoogte")
    await visitor.get_by_label("Uw naam").fill("Wies Wilgenroos")
    await send.click()
    await expect(visitor.get_by_role("alert")).to_contain_text("Dit e-mailadres klopt niet.")
    await expect(visitor.get_by_label("Uw naam")).to_have_value("Wies Wilgenroos")
    await visitor.get_by_label("Uw e-mailadres").fill(email)
    await send.click()
    await expect(heading).to_have_text("Kijk in uw mail")
    [contact] = await desk.said("person-contact", email=email)
    await visitor.goto(await desk.link(contact["person_id"], "follow"))
    await visitor.get_by_role("button", name="Ja, houd mij op de hoogte").click()
    await expect(heading).to_have_text("U krijgt een mail als er een nieuwe bijeenkomst is.")
    await visitor.get_by_role("button", name="Stop met deze mail").click()
    await expect(heading).to_have_text("Wilt u een mail over nieuwe bijeenkomsten?")
    kept = await following.get(desk.service.mongo, contact["person_id"])
    assert kept
    assert [one.state for one in kept.steps] == ["asked", "confirmed", "stopped"]

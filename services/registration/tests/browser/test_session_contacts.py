"""Two people in one session find each other, on a phone with scripts and without."""

import pytest
from playwright.async_api import Page, expect

from services.registration.tests.component.desk import Desk
from services.registration.tests.component.merging import seat

pytestmark = pytest.mark.browser


async def test_contact_by_consent(desk: Desk, visitor: Page) -> None:
    gathering_id = await desk.gathering()
    session_id = await desk.session(gathering_id)
    people = [await desk.attendee(gathering_id, name=name) for name in ("Amal Akker", "Bo Berend")]
    for one in people:
        await seat(desk, session_id, one["id"])
        await visitor.goto(await desk.link(one["person_id"]))
        await visitor.get_by_role("link", name="Wie doen er mee?").click()
        await expect(visitor.get_by_text("Amal Akker")).to_have_count(0)
        await visitor.get_by_role("button", name="Ja, dat mag").click()
        await expect(visitor.get_by_text("Twee weken na de sessie")).to_be_visible()
    await expect(visitor.get_by_role("listitem")).to_contain_text("Amal Akker: ")
    await visitor.get_by_role("button", name="Laat mijn naam en adres niet meer zien").click()
    await expect(visitor.get_by_text("Amal Akker")).to_have_count(0)

"""Who lost their link finds the page that has it mailed again, with scripts and without."""

import pytest
from playwright.async_api import Page, expect

from services.registration.tests.component.desk import Desk
from tests.names import new_email
from tests.probe import becomes

pytestmark = pytest.mark.browser


async def test_a_lost_link_is_asked_for(desk: Desk, visitor: Page) -> None:
    email = new_email()
    person_id = (await desk.attendee(await desk.gathering(), email=email))["person_id"]
    await visitor.goto("/me")
    await visitor.get_by_role("link", name="Vraag uw link opnieuw").click()
    field = visitor.get_by_label("Uw e-mailadres")
    await field.fill(email.replace("@", " bij "))
    send = visitor.get_by_role("button", name="Stuur mijn link")
    await send.click()
    await expect(visitor.get_by_role("alert")).to_contain_text("Dit e-mailadres klopt niet.")
    await field.fill(email)
    await send.click()
    await expect(visitor.get_by_role("heading", level=1)).to_have_text("Kijk in uw mail")

    async def mailed() -> int:
        return len(await desk.said("link-requested", person_id=person_id))

    await becomes(mailed, 1)

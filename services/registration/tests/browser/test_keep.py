"""What is typed stays on the phone while it is not sent: for its own form, for a day, and no longer
than until it was sent."""

import pytest
from playwright.async_api import Page, expect

from services.registration.tests.component.desk import Desk
from tests.probe import becomes

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("visitor", [True], ids=["with scripts"], indirect=True),
]

STILL_HERE = "Wat u typte, staat nog op deze telefoon."
A_DAY_LATER = """() => {
  const later = Date.now() + 24 * 60 * 60 * 1000;
  Date.now = () => later;
}"""


async def test_it_is_there_after_the_page_is_opened_anew(desk: Desk, visitor: Page) -> None:
    path = await begun(desk, visitor)
    key = await visitor.locator('[name="idempotency_key"]').first.input_value()
    await visitor.goto("/")
    await visitor.goto(path)
    await expect(visitor.get_by_text(STILL_HERE)).to_be_visible()
    await expect_typed(visitor, "Moestuin Heemst")
    await expect(visitor.get_by_label("idee")).to_be_checked()
    await expect(visitor.locator('[name="needs.3.amount"]')).to_be_visible()
    await expect(visitor.locator('[name="needs.3.amount"]')).to_have_value("3")
    await expect(visitor.locator('[name="needs.2.amount"]')).to_be_hidden()
    await expect(visitor.locator('[name="idempotency_key"]').first).to_have_value(key)
    await visitor.goto(f"/g/{await desk.gathering()}/pitch")
    await expect_typed(visitor, "")


async def test_beginning_again_forgets_it(desk: Desk, visitor: Page) -> None:
    path = await begun(desk, visitor)
    await visitor.goto("/")
    await visitor.goto(path)
    await visitor.get_by_role("button", name="Begin opnieuw").click()
    await expect_typed(visitor, "")
    await visitor.goto("/")
    await visitor.goto(path)
    await expect_typed(visitor, "")


async def test_it_is_gone_after_a_day(desk: Desk, visitor: Page) -> None:
    path = await begun(desk, visitor)
    other = await begun(desk, visitor)
    await visitor.goto("/")
    await visitor.add_init_script(f"({A_DAY_LATER})()")
    await visitor.goto(path)
    await expect_typed(visitor, "")
    # That of forms nobody opens any more as well.
    assert other != path
    assert await visitor.evaluate("() => localStorage.length") == 0


async def test_what_the_server_sends_back_is_newer(desk: Desk, visitor: Page) -> None:
    await begun(desk, visitor)
    await visitor.get_by_role("button", name="Plan insturen").click()
    await expect(visitor.get_by_role("alert").first).to_contain_text("Dit klopt nog niet")
    await expect_typed(visitor, "Moestuin Heemst")
    await visitor.locator('[name="title"]').fill("Moestuin en meer")
    await visitor.get_by_role("button", name="Bewaar voor later").click()
    await expect(visitor.get_by_role("heading", level=1)).to_have_text("Bewaard.")
    await becomes(lambda: visitor.evaluate("() => localStorage.length"), 0)


async def test_a_phone_that_stores_nothing_sends_all_the_same(desk: Desk, visitor: Page) -> None:
    await visitor.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused'); }})"
    )
    path = await begun(desk, visitor)
    await visitor.get_by_role("button", name="Bewaar voor later").click()
    await expect(visitor.get_by_role("heading", level=1)).to_have_text("Bewaard.")
    await visitor.goto(path)
    await expect_typed(visitor, "Moestuin Heemst")


async def begun(desk: Desk, visitor: Page) -> str:
    """The address of a form in which something was typed."""
    path = f"/g/{await desk.gathering()}/pitch"
    await visitor.goto(path)
    await visitor.get_by_label("idee").check()
    await visitor.locator('[name="title"]').fill("Moestuin Heemst")
    await visitor.get_by_text("Nog iets nodig? (4)").click()
    await visitor.locator('[name="needs.3.amount"]').fill("3")
    return path


async def expect_typed(visitor: Page, title: str) -> None:
    """What stands in the field for the plan's name."""
    await expect(visitor.locator('[name="title"]')).to_have_value(title)

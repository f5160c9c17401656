"""Nothing that axe knows stands in anybody's way on pages that no link leads to, or not as they are
after something was typed wrong."""

import pytest
from playwright.async_api import Page, expect

from services.registration.tests.browser.test_answer import YES, invited, session_of
from services.registration.tests.component.accepted import accepted_pitches
from services.registration.tests.component.at_tables import insight_at, table_at
from services.registration.tests.component.desk import Desk
from tests.e2e.looking import barriers

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("visitor", [True], ids=["with scripts"], indirect=True)
async def test_of_who_supports_and_answers(desk: Desk, visitor: Page) -> None:
    gathering_id = await desk.gathering()
    held, _ = [await session_of(desk, gathering_id, title, 20) for title in ("OCTA", "Ara")]
    [pitch_id] = await accepted_pitches(desk, gathering_id, 1)
    mine, wave_id = await invited(desk, gathering_id, held)
    await visitor.goto(await desk.link(mine["person_id"], "answer", wave_id))
    found = {"answer": await barriers(visitor)}
    await visitor.get_by_label("Ara").check()
    await visitor.get_by_role("button", name=YES).click()
    found["overlap"] = await barriers(visitor)
    # The link in an invitation opens that alone; the personal link opens all of theirs.
    await visitor.goto(f"/pitches/{pitch_id}/support?stance=joins")
    await expect(visitor.get_by_text("U hebt uw persoonlijke link nodig.")).to_be_visible()
    found["other link"] = await barriers(visitor)
    await visitor.goto(await desk.link(mine["person_id"]))
    await visitor.goto(f"/pitches/{pitch_id}/support?stance=joins")
    await visitor.get_by_label("Waarom?").fill("Bel 06 12345678")
    await visitor.get_by_role("button").click()
    found["support"] = await barriers(visitor)
    await visitor.get_by_label("Waarom?").fill("Ik woon er.")
    await visitor.get_by_role("button").click()
    found["wall"] = await barriers(visitor)
    assert {page: wrong for page, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("visitor", [True], ids=["with scripts"], indirect=True)
async def test_of_who_sits_at_a_table(desk: Desk, visitor: Page) -> None:
    gathering_id = await desk.gathering()
    await accepted_pitches(desk, gathering_id, 2)
    code = (await table_at(desk, gathering_id))["code"]
    await insight_at(desk, code, "De zaterdag is haar enige vrije dag.", "approved")
    await visitor.goto("/t?code=NOPE")
    found = {"code": await barriers(visitor)}
    await visitor.goto(f"/t/{code}")
    await visitor.get_by_role("button", name="Deel dit inzicht").click()
    found["table"] = await barriers(visitor)
    await visitor.goto(f"/t/{code}/wishes")
    await visitor.get_by_role("button", name="Bewaar mijn keus").click()
    found["wishes"] = await barriers(visitor)
    assert {page: wrong for page, wrong in found.items() if wrong} == {}

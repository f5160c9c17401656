"""A plan told on a phone whose line comes and goes, with scripts and without: it arrives once and
whole, can be kept for later, and is changed until the review."""

import pytest
from playwright.async_api import Page, Route, expect

from services.registration.tests.component.accepted import accepted_pitch, submitted_pitch
from services.registration.tests.component.desk import Desk, Json
from tests.e2e.looking import barriers
from tests.names import new_email, new_mobile

pytestmark = pytest.mark.browser

PLAN = {
    "title": "Buurtkeuken Kalmoes",
    "summary": "Koken voor wie alleen is.\nElke dinsdag.",
    "needs.0.description": "een grote pan",
    "needs.0.amount": "2.500,50",
    "needs.0.wanted_by": "6-11-2030",
    "needs.1.description": "handen in de keuken",
    "needs.1.amount": "8",
    "name": "Truus Kalmoes",
    "organisation": "De Kalmoes",
    "co_pitchers.0.name": "Otto Kalmoes",
}
WHATS = {"needs.0.what": "money.euro_cent", "needs.1.what": "people.person"}
SEND = "Plan insturen"
DONE = "Gelukt."
MONEY = {"amount": 250_050, "unit": "euro_cent", "description": "een grote pan"}
HANDS = {"amount": 8, "unit": "person", "description": "handen in de keuken"}


@pytest.fixture
def plan() -> dict[str, str]:
    """What is typed, by people whom nobody knows yet: what is typed in the name of somebody known
    waits for their yes."""
    return PLAN | {"phone": f"06 {new_mobile()}", "co_pitchers.0.email": new_email()}


async def test_the_line_is_gone_when_it_is_sent(
    desk: Desk, visitor: Page, plan: dict[str, str], request: pytest.FixtureRequest
) -> None:
    gathering_id = await desk.gathering()
    await visitor.goto(f"/g/{gathering_id}/pitch")
    await fill_in(visitor, plan)
    await press_while_the_line_is_gone(visitor, SEND, request)
    await expect_filled_in(visitor, plan)
    await press(visitor, SEND)
    await expect(visitor.get_by_role("heading", level=1)).to_have_text(DONE)
    await expect_whole(desk, gathering_id)


async def test_the_answer_is_lost_after_it_was_decided(
    desk: Desk, visitor: Page, plan: dict[str, str]
) -> None:
    gathering_id = await desk.gathering()
    await visitor.goto(f"/g/{gathering_id}/pitch")
    await fill_in(visitor, plan)

    async def lose(route: Route) -> None:
        await route.fetch(max_redirects=0)
        await route.abort("connectionreset")

    await visitor.route("**/pitch?sent=1", lose)
    await press(visitor, SEND)
    await visitor.unroute("**/pitch?sent=1")
    assert len(await listed(desk, gathering_id)) == 1
    await visitor.go_back()
    await expect_filled_in(visitor, plan)
    await press(visitor, SEND)
    await expect(visitor.get_by_role("heading", level=1)).to_have_text(DONE)
    await expect_whole(desk, gathering_id)


async def test_half_a_plan_is_kept_for_later(
    desk: Desk, visitor: Page, plan: dict[str, str]
) -> None:
    gathering_id = await desk.gathering()
    await visitor.goto(f"/g/{gathering_id}/pitch")
    await fill_in(visitor, plan)
    await visitor.locator('[name="phone"]').fill("nul zes")
    await press(visitor, "Bewaar voor later")
    await expect(visitor.get_by_role("heading", level=1)).to_have_text("Bewaard.")
    await visitor.goto("/")
    await visitor.goto(f"/g/{gathering_id}/pitch")
    await expect(visitor.get_by_text("U was hier al mee bezig.")).to_be_visible()
    await expect(visitor.locator('[name="phone"]')).to_have_value("nul zes")
    await visitor.locator('[name="phone"]').fill(plan["phone"])
    await expect_filled_in(visitor, plan)
    await press(visitor, SEND)
    await expect(visitor.get_by_role("heading", level=1)).to_have_text(DONE)
    await expect_whole(desk, gathering_id)
    await visitor.wait_for_load_state()
    await visitor.goto(f"/g/{gathering_id}/pitch")
    await expect(visitor.locator('[name="title"]')).to_have_value("")


async def test_a_plan_like_another_is_handed_in_anyway(
    desk: Desk, visitor: Page, plan: dict[str, str]
) -> None:
    gathering_id = await desk.gathering()
    await accepted_pitch(desk, gathering_id, "Buurtkeuken", summary="Koken voor wie alleen is")
    await visitor.goto(f"/g/{gathering_id}/pitch")
    await fill_in(visitor, plan)
    await press(visitor, SEND)
    await expect(visitor.get_by_role("heading", level=1)).to_have_text("Lijkt uw plan hierop?")
    await press(visitor, "Verander uw plan")
    await expect_filled_in(visitor, plan)
    await press(visitor, SEND)
    await press(visitor, "Toch insturen")
    await expect(visitor.get_by_role("heading", level=1)).to_have_text(DONE)
    await expect_whole(desk, gathering_id)


async def test_it_is_changed_until_the_review(
    desk: Desk, visitor: Page, request: pytest.FixtureRequest
) -> None:
    gathering_id = await desk.gathering()
    pitch = await submitted_pitch(desk, gathering_id)
    await visitor.goto(await desk.link(pitch["pitchers"][0]))
    await visitor.goto(f"/me/pitches/{pitch['id']}")
    title = visitor.locator('[name="title"]')
    await title.fill("Buurtkeuken met tuin")
    await press_while_the_line_is_gone(visitor, "Bewaar uw plan", request)
    await expect(title).to_have_value("Buurtkeuken met tuin")
    await press(visitor, "Bewaar uw plan")
    await expect(visitor.get_by_text("Bewaard.")).to_be_visible()
    [changed] = await listed(desk, gathering_id)
    assert (changed["title"], changed["needs"]) == ("Buurtkeuken met tuin", pitch["needs"])
    await desk.client.post(f"/pitches/{pitch['id']}/review", json={"decision": "accepted"})
    await visitor.goto(f"/me/pitches/{pitch['id']}")
    await expect(visitor.locator('[name="title"]')).to_have_count(0)
    await expect(visitor.get_by_text("Wilt u iets veranderen?")).to_be_visible()


@pytest.mark.parametrize("visitor", [True], ids=["with scripts"], indirect=True)
async def test_nothing_stands_in_the_way_of_anybody(
    desk: Desk, visitor: Page, plan: dict[str, str]
) -> None:
    gathering_id = await desk.gathering()
    await accepted_pitch(desk, gathering_id, "Buurtkeuken", summary="Koken voor wie alleen is")
    await visitor.goto(f"/g/{gathering_id}/pitch")
    await press(visitor, SEND)
    found = {"wrong": await barriers(visitor)}
    await fill_in(visitor, plan)
    await press(visitor, SEND)
    found["alike"] = await barriers(visitor)
    await press(visitor, "Verander uw plan")
    await press(visitor, "Bewaar voor later")
    found["kept"] = await barriers(visitor)
    await visitor.goto(f"/g/{gathering_id}/pitch")
    found["resumed"] = await barriers(visitor)
    await visitor.context.set_offline(True)
    await press(visitor, SEND)
    found["offline"] = await barriers(visitor)
    assert [page for page, wrong in found.items() if wrong] == []


async def press_while_the_line_is_gone(
    page: Page, name: str, request: pytest.FixtureRequest
) -> None:
    """Presses a button without a line, and is at the form again when there is one."""
    await page.context.set_offline(True)
    await press(page, name)
    if request.node.callspec.params["visitor"]:
        await expect(page.get_by_text("Geen verbinding.")).to_be_visible()
        await page.context.set_offline(False)
        await expect(page.get_by_text("Geen verbinding.")).to_be_hidden()
    else:
        # The browser's own page says so.
        await expect(page.get_by_role("button", name=name)).to_have_count(0)
        await page.context.set_offline(False)
        await page.go_back()


async def press(page: Page, name: str) -> None:
    """Presses a button, wherever that leads."""
    await page.get_by_role("button", name=name).click()


async def fill_in(page: Page, plan: dict[str, str]) -> None:
    """Types the whole plan, need by need."""
    await page.get_by_label("project").check()
    for part in ("Nog iets nodig? (2)", "Nog iemand? (1)"):
        await page.get_by_text(part).click()
    for name, text in plan.items():
        await page.locator(f'[name="{name}"]').fill(text)
    for name, what in WHATS.items():
        await page.locator(f'[name="{name}"]').select_option(what)


async def expect_filled_in(page: Page, plan: dict[str, str]) -> None:
    """All that was typed stands there."""
    for name, text in (plan | WHATS).items():
        await expect(page.locator(f'[name="{name}"]')).to_have_value(text)
    await expect(page.get_by_label("project")).to_be_checked()


async def expect_whole(desk: Desk, gathering_id: str) -> None:
    """One plan arrived, with every field."""
    pitch = (await listed(desk, gathering_id))[-1]
    assert [one["title"] for one in await listed(desk, gathering_id)].count(PLAN["title"]) == 1
    assert (pitch["kind"], pitch["title"], pitch["summary"]) == (
        "project",
        PLAN["title"],
        PLAN["summary"],
    )
    needs = [{name: need[name] for name in MONEY} for need in pitch["needs"]]
    assert needs == [MONEY, HANDS]
    assert pitch["needs"][0]["wanted_by"] == "2030-11-06"
    assert len(pitch["pitchers"]) == 2
    assert pitch["organisation_id"]


async def listed(desk: Desk, gathering_id: str) -> list[Json]:
    """The plans of a gathering, as staff see them."""
    answer = await desk.client.get(f"/gatherings/{gathering_id}/pitches")
    found: list[Json] = answer.json()["items"]
    return found

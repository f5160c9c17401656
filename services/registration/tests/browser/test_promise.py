"""Somebody on a phone, with scripts and without, answers what was written down for them: yes, yes
but otherwise, until a day, somebody else decides, or no. Axe finds nothing on the pages."""

import httpx
import pytest
from playwright.async_api import Page, expect

from services.registration.tests.component.commitments.pages import kept
from services.registration.tests.component.commitments.test_commitments import Table, day
from services.registration.tests.component.desk import Desk, Json
from tests.e2e.looking import barriers

pytestmark = pytest.mark.browser


async def test_a_promise_is_answered_in_five_ways(
    desk: Desk, public: httpx.AsyncClient, visitor: Page
) -> None:
    table = await Table.of(desk, public)
    made = [await table.written_down() for _ in range(5)]
    answers = (_yes, _otherwise, _until, _somebody_else, _no)
    for one, answer in zip(made, answers, strict=True):
        await visitor.goto(await desk.link(table.contact["person_id"], "commitment", one["id"]))
        await expect(visitor.get_by_role("heading", name="Klopt deze toezegging?")).to_be_visible()
        await answer(visitor)
        await expect(visitor.get_by_text("Bewaard.")).to_be_visible()
    after = [await kept(desk, one["id"]) for one in made]
    assert [(one["state"], one["amount"], one["due"]) for one in after] == [
        ("accepted", 5, day(90)),
        ("accepted", 3, day(40)),
        ("consulting", None, day(90)),
        ("proposed", None, day(90)),
        ("ended", None, day(90)),
    ]
    assert after[0]["publication"] == "with_name"


async def _yes(page: Page) -> None:
    await page.get_by_label("Ja, met naam").check()
    await page.get_by_role("button", name="Ja, dit zeggen wij toe").click()


async def _otherwise(page: Page) -> None:
    await page.get_by_text("Ja, maar anders: hoeveel of wanneer").click()
    amount, due = page.get_by_label("Hoeveel?"), page.get_by_label("Klaar op")
    await amount.fill("drie")
    await page.get_by_label("Nee", exact=True).check()
    await page.get_by_role("button", name="Ja, dit zeggen wij toe").click()
    await expect(page.get_by_role("alert")).to_contain_text("Schrijf een getal boven 0")
    await expect(amount).to_have_value("drie")
    await amount.fill("3")
    await due.fill(day(40))
    await page.get_by_role("button", name="Ja, dit zeggen wij toe").click()


async def _until(page: Page) -> None:
    await page.get_by_role("link", name="Ik moet overleggen").click()
    await page.get_by_label("Tot wanneer?").fill(day(20))
    await page.get_by_role("button", name="Bewaar").click()


async def _somebody_else(page: Page) -> None:
    await page.get_by_role("link", name="Iemand anders beslist").click()
    await page.get_by_label("Naam").fill("Marloes Vlier")
    await page.get_by_label("E-mail").fill("marloes.vlier@werk.example")
    await page.get_by_role("button", name="Vraag het").click()


async def _no(page: Page) -> None:
    await page.get_by_role("link", name="Nee, dit zeggen wij niet toe").click()
    await page.get_by_label("Waarom niet?").fill("Er is geen begeleider.")
    await page.get_by_role("button", name="Nee, dit zeggen wij niet toe").click()


@pytest.mark.parametrize("visitor", [True], ids=["with scripts"], indirect=True)
async def test_nothing_stands_in_the_way(
    desk: Desk, public: httpx.AsyncClient, visitor: Page
) -> None:
    table = await Table.of(desk, public)
    made: Json = await table.written_down()
    found = {}
    await visitor.goto(await desk.link(table.contact["person_id"]))
    found["own page"] = await barriers(visitor)
    await visitor.goto(f"/commitments/{made['id']}")
    found["asked"] = await barriers(visitor)
    assert await _is_wider(visitor) is False
    await visitor.get_by_role("button", name="Ja, dit zeggen wij toe").click()
    found["wrong"] = await barriers(visitor)
    for move in ("consult", "pass-on", "decline", "deliver", "publish"):
        await visitor.goto(f"/commitments/{made['id']}/{move}")
        found[move] = await barriers(visitor)
    await visitor.goto(f"/commitments/{made['id']}")
    await _yes(visitor)
    found["running"] = await barriers(visitor)
    for move in ("deliver", "progress", "replan", "hand-over", "withdraw"):
        await visitor.goto(f"/commitments/{made['id']}/{move}")
        found[move] = await barriers(visitor)
        assert await _is_wider(visitor) is False
    await visitor.goto(f"/pitches/{table.pitch['id']}/promise?need={table.need_id}")
    found["promise"] = await barriers(visitor)
    await visitor.get_by_role("button", name="Dit zeg ik toe").click()
    found["promise wrong"] = await barriers(visitor)
    assert {page: wrong for page, wrong in found.items() if wrong} == {}


async def _is_wider(page: Page) -> bool:
    """Than the phone."""
    wider: bool = await page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return wider

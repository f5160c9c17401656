"""Somebody at a table with a phone, with scripts and without: the code on the card leads to what
they notice and to what they want to work on."""

import re

import pytest
from playwright.async_api import Page, expect

from services.registration.tests.component.accepted import accepted_pitches
from services.registration.tests.component.at_tables import table_at
from services.registration.tests.component.desk import Desk
from tests.names import new_mobile
from tests.probe import becomes

pytestmark = pytest.mark.browser


async def test_an_insight_by_the_code_on_the_table(desk: Desk, visitor: Page) -> None:
    gathering_id = await desk.gathering()
    table = await table_at(desk, gathering_id)
    code = visitor.get_by_label("Welke code staat op de kaart?")
    await visitor.goto("/t")
    await code.fill("NOPE")
    await visitor.get_by_role("button", name="Naar uw tafel").click()
    await expect(visitor.get_by_role("alert")).to_contain_text("Deze code kennen wij niet.")
    await code.fill(table["code"].lower())
    await visitor.get_by_role("button", name="Naar uw tafel").click()
    insight = visitor.get_by_label("Wat valt u op?")
    await insight.fill("Mail mij: gladys@buurt.example")
    await visitor.get_by_role("button", name="Deel dit inzicht").click()
    await expect(visitor.get_by_role("alert")).to_contain_text("Iedereen kan dit lezen.")
    await insight.fill("De zaterdag is haar enige vrije dag.")
    await visitor.get_by_role("button", name="Deel dit inzicht").click()
    await expect(visitor.get_by_role("status")).to_contain_text("Dank u wel.")
    listed = await desk.client.get(f"/gatherings/{gathering_id}/perspectives")
    [said] = listed.json()["items"]
    assert said["text"] == "De zaterdag is haar enige vrije dag."
    assert (said["state"], said["persona_id"]) == ("pending", table["persona_id"])


async def test_wishes_by_the_code_on_the_table(desk: Desk, visitor: Page) -> None:
    gathering_id = await desk.gathering()
    first, second = await accepted_pitches(desk, gathering_id, 2)
    code = (await table_at(desk, gathering_id))["code"]
    number = new_mobile()
    who = {"name": "Kwame Zuring", "email": None, "phone": f"06 {number}"}
    mine = await desk.attendee(gathering_id, **who)
    await visitor.goto(f"/t/{code}")
    await visitor.get_by_role("link", name="Kies aan welke plannen u wilt meewerken").click()
    one, two = visitor.get_by_label("Uw eerste keus"), visitor.get_by_label("Uw tweede keus")
    save = visitor.get_by_role("button", name="Bewaar mijn keus")
    await one.select_option("2. Plan 2")
    await two.select_option("2. Plan 2")
    await visitor.get_by_label("Uw naam").fill("kwame  zuring")
    await save.click()
    await expect(visitor.get_by_role("alert")).to_contain_text("Eén is genoeg.")
    await visitor.get_by_label("Telefoon").fill(f"+31 6 {number}")
    await save.click()
    await expect(visitor.get_by_role("alert")).to_contain_text("Kies verschillende plannen")
    await expect(one).to_have_value(second)
    await expect(visitor.get_by_label("Uw naam")).to_have_value("kwame  zuring")
    await two.select_option("1. Plan 1")
    await save.click()
    thanks = visitor.get_by_role("status")
    await expect(thanks).to_contain_text("Zeg op uw eigen pagina ja. Dan telt uw keus mee.")
    await expect(thanks).to_contain_text("Hebben wij alleen uw nummer? Dan bellen wij u.")

    await becomes(lambda: waiting(desk, gathering_id), [[second, first]])
    assert await stated(desk, gathering_id) == []
    await visitor.goto(await desk.link(mine["person_id"]))
    claim = visitor.get_by_role("region", name="Hebt u dit ingevuld?")
    await expect(claim.get_by_role("listitem")).to_have_text(["Plan 2", "Plan 1"])
    await claim.get_by_role("button", name="Ja, dit klopt").click()
    await expect(claim.get_by_role("status")).to_contain_text("Gelukt.")
    assert await stated(desk, gathering_id) == [(mine["id"], [second, first])]
    # Who came by their link is led to their own page.
    await visitor.goto(f"/t/{code}/wishes")
    await expect(visitor).to_have_url(re.compile(f"/me/wishes/{gathering_id}$"))
    await expect(one).to_have_value(second)


async def stated(desk: Desk, gathering_id: str) -> list[tuple[str, list[str]]]:
    """Who wants to work on what, by now."""
    listed = (await desk.client.get(f"/gatherings/{gathering_id}/wishes")).json()["items"]
    return [(said["attendee_id"], said["pitch_ids"]) for said in listed]


async def waiting(desk: Desk, gathering_id: str) -> list[list[str]]:
    """The wishes that wait for a yes."""
    listed = (await desk.client.get(f"/gatherings/{gathering_id}/claims")).json()["items"]
    return [claim["told"]["pitch_ids"] for claim in listed]

"""Somebody on a phone, with scripts and without: signs up in Dutch and in English, and finds all
that is theirs behind the link in their mail."""

import re

import pytest
from playwright.async_api import Page, expect

from services.registration.tests.component.desk import Desk, Json
from tests.names import new_mobile

pytestmark = pytest.mark.browser

WORDS = {
    "nl": {
        "name": "Uw naam",
        "phone": "Telefoon",
        "kind": "bewoner of vrijwilliger",
        "send": "Aanmelden",
        "wrong": "Dit klopt nog niet",
        "done": "Gelukt.",
    },
    "en": {
        "name": "Your name",
        "phone": "Phone",
        "kind": "resident or volunteer",
        "send": "Sign up",
        "wrong": "Something is not right yet",
        "done": "Done.",
    },
}


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_signing_up(desk: Desk, visitor: Page, language: str) -> None:
    gathering_id, words = await desk.gathering(), WORDS[language]
    await visitor.goto(f"/g/{gathering_id}?lang={language}")
    await expect(visitor.locator("html")).to_have_attribute("lang", language)
    await visitor.get_by_label(words["name"]).fill("Imane Korenbloem")
    send = visitor.get_by_role("button", name=words["send"])
    await send.click()
    await expect(visitor.get_by_role("alert")).to_contain_text(words["wrong"])
    # What was typed is still there.
    await expect(visitor.get_by_label(words["name"])).to_have_value("Imane Korenbloem")
    await visitor.get_by_label(words["phone"]).fill(f"06 {new_mobile()}")
    await visitor.get_by_label(words["kind"]).check()
    await send.click()
    await expect(visitor.get_by_role("heading", level=1)).to_have_text(words["done"])
    [attendee] = await listed(desk, gathering_id)
    assert (attendee["kind"], attendee["language"]) == ("community_member", language)


async def test_what_is_told_later(desk: Desk, visitor: Page) -> None:
    question = {"question_id": "q-eat", "text": "Eet u mee?", "choices": ["Ja", "Nee"]}
    gathering_id = await desk.gathering(questions=[question])
    mine = await desk.attendee(gathering_id, name="Ruben Sleedoorn")
    await visitor.goto(await desk.link(mine["person_id"]))
    await visitor.get_by_role("link", name="Uw antwoorden veranderen").click()
    await visitor.get_by_label("Wat vindt u belangrijk?").fill("koken, " + "te lang " * 30)
    await visitor.get_by_label("een tolk").check()
    await visitor.get_by_role("radio", name="Ja").check()
    save = visitor.get_by_role("button", name="Bewaar uw antwoorden")
    await save.click()
    await expect(visitor.get_by_role("alert")).to_contain_text("Dit klopt nog niet")
    await expect(visitor.get_by_label("een tolk")).to_be_checked()
    await visitor.get_by_label("Wat vindt u belangrijk?").fill("koken, werk")
    await visitor.get_by_label("Andere deelnemers mogen mijn naam zien").check()
    await save.click()
    await expect(visitor.get_by_role("status")).to_have_text("Bewaard.")
    await expect(visitor.get_by_role("radio", name="Ja")).to_be_checked()
    [attendee] = await listed(desk, gathering_id)
    assert attendee["interests"] == ["koken", "werk"]
    await visitor.get_by_role("link", name="Alles wat van u is").click()
    await visitor.get_by_role("link", name="Wie komen er?").click()
    await expect(visitor.get_by_role("listitem")).to_have_text("Ruben Sleedoorn, bewoner")


async def test_what_is_theirs(desk: Desk, visitor: Page) -> None:
    gathering_id = await desk.gathering()
    mine = await desk.attendee(gathering_id)
    session_id = await desk.session(gathering_id)
    await desk.client.post(f"/sessions/{session_id}/sign-ups", json={"attendee_id": mine["id"]})
    await visitor.goto(await desk.link(mine["person_id"]))
    await expect(visitor.get_by_role("heading", level=1)).to_have_text("Dag Gladys Waterlelie.")
    async with visitor.expect_download() as coming:
        await visitor.get_by_role("link", name="Download het één keer").click()
    assert (await coming.value).suggested_filename == "mijn-sessies.ics"
    await visitor.get_by_role("button", name=re.compile("^Afmelden voor")).click()
    await expect(visitor.get_by_role("button", name=re.compile("^Afmelden voor"))).to_have_count(0)
    await visitor.get_by_role("button", name=re.compile("^Ik kom niet op")).click()
    await expect(visitor.get_by_text("Afgemeld", exact=False).first).to_be_visible()
    [attendee] = await listed(desk, gathering_id)
    assert attendee["state"] == "cancelled"


async def listed(desk: Desk, gathering_id: str) -> list[Json]:
    """Who is at the gathering."""
    found: list[Json] = (await desk.client.get(f"/gatherings/{gathering_id}/attendees")).json()[
        "items"
    ]
    return found

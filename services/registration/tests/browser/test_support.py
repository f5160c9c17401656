"""Somebody on a phone, with scripts and without, supports a plan in their own name and for their
organisation, takes it back, and offers help."""

import pytest
from playwright.async_api import Page, expect

from services.registration.tests.component.accepted import accepted_pitch
from services.registration.tests.component.desk import Desk, Json

pytestmark = pytest.mark.browser


async def test_support_for_oneself_and_for_an_organisation(desk: Desk, visitor: Page) -> None:
    gathering_id = await desk.gathering()
    pitch = await accepted_pitch(desk, gathering_id)
    mine = await desk.attendee(gathering_id, organisation="Stichting Lisdodde")
    await visitor.goto(f"/g/{gathering_id}/needs")
    await visitor.get_by_role("link", name="Ik geloof erin").click()
    await expect(visitor.get_by_text("U hebt uw persoonlijke link nodig.")).to_be_visible()
    await visitor.goto(await desk.link(mine["person_id"]))
    await visitor.goto(f"/g/{gathering_id}/needs")
    await visitor.get_by_role("link", name="Ik geloof erin").click()
    await expect(visitor.get_by_label("Ik geloof erin")).to_be_checked()
    reason, send = visitor.get_by_label("Waarom?"), visitor.get_by_role("button")
    await reason.fill("Bel mij: 06 12345678")
    await send.click()
    await expect(visitor.get_by_role("alert")).to_contain_text("Iedereen kan dit lezen.")
    await expect(reason).to_have_value("Bel mij: 06 12345678")
    await reason.fill("Talent is er al.")
    await send.click()
    await expect(visitor.get_by_text("U zei: Ik geloof erin. Dank u wel.")).to_be_in_viewport()
    await visitor.get_by_role("link", name="Ik doe mee").click()
    await expect(visitor.get_by_label("Stichting Lisdodde")).to_be_checked()
    await send.click()
    await expect(visitor.get_by_text("namens Stichting Lisdodde.")).to_contain_text(
        "Dit telt mee zodra hun contactpersoon ja zegt."
    )
    assert [(one["stance"], one["state"], one["reason"]) for one in await said_of(desk, pitch)] == [
        ("believes", "confirmed", "Talent is er al."),
        ("joins", "pending", None),
    ]
    await expect(visitor.get_by_role("link", name="Ik doe mee")).to_have_count(0)
    await visitor.get_by_role("button", name="Steun intrekken").last.click()
    await expect(visitor.get_by_text("namens Stichting Lisdodde.")).to_have_count(0)
    states = [one["state"] for one in await said_of(desk, pitch)]
    assert states == ["confirmed", "withdrawn"]


async def test_an_offer_toward_a_need(desk: Desk, visitor: Page) -> None:
    gathering_id = await desk.gathering()
    await accepted_pitch(desk, gathering_id)
    mine = await desk.attendee(gathering_id)
    await visitor.goto(await desk.link(mine["person_id"]))
    await visitor.goto(f"/g/{gathering_id}/needs")
    await visitor.get_by_role("link", name="Ik kan helpen").click()
    amount = visitor.get_by_label("Hoeveel plekken?")
    send = visitor.get_by_role("button", name="Bied dit aan")
    await amount.fill("drie")
    await send.click()
    await expect(visitor.get_by_role("alert")).to_contain_text("Schrijf een getal boven 0")
    await expect(amount).to_have_value("drie")
    await amount.fill("3")
    await send.click()
    await expect(visitor.get_by_text("3 plekken", exact=True)).to_be_visible()
    [offer] = (await desk.client.get(f"/gatherings/{gathering_id}/offers")).json()["items"]
    assert (offer["amount"], offer["unit"], offer["person_id"]) == (3, "place", mine["person_id"])


async def said_of(desk: Desk, pitch: Json) -> list[Json]:
    """All that was said of a pitch."""
    path = f"/pitches/{pitch['id']}/endorsements"
    found: list[Json] = (await desk.client.get(path)).json()["items"]
    return found

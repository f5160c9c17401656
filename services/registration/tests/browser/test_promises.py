"""What was promised, on a phone: as everybody reads it, as the contact of an organisation and who
pitched see it, and as staff prepare the next gathering with it. No page has barriers."""

from datetime import timedelta

import pytest
from doorpakken_plumbing.time import clock
from playwright.async_api import Page, expect

from services.registration.tests.component.accepted import accepted_pitch, answers_for
from services.registration.tests.component.desk import Desk, Json
from tests.e2e.looking import barriers

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("visitor", [True], ids=["with scripts"], indirect=True)
async def test_everybody_the_partner_and_the_pitcher(desk: Desk, visitor: Page) -> None:
    pitch, contact, made = await _promised(desk)
    await visitor.goto(f"/p/{pitch['id']}/promises")
    await expect(visitor.get_by_text("Een partner: 4 plekken, loopt")).to_be_visible()
    assert await barriers(visitor) == []
    await visitor.goto(f"/g/{pitch['gathering_id']}/promises")
    await expect(visitor.get_by_role("heading", name="OCTA")).to_be_visible()
    assert await barriers(visitor) == []
    await visitor.goto(await desk.link(contact["person_id"]))
    await visitor.goto("/me/support")
    await visitor.get_by_role("link", name="Toezeggingen, aanbod en steun van").click()
    await expect(visitor.get_by_text("De datum is voorbij.")).to_have_count(0)
    await expect(visitor.get_by_text("Loopt, klaar op")).to_be_visible()
    assert await barriers(visitor) == []
    await desk.client.post(f"/commitments/{made['id']}/deliver", json={"amount": 4})
    await visitor.goto(await desk.link(pitch["pitchers"][0]))
    await visitor.goto(f"/me/pitches/{pitch['id']}")
    await visitor.get_by_role("link", name="Wat kwam er van uw plan?").click()
    await expect(visitor.get_by_role("link", name="Klopt het?")).to_be_visible()
    assert await barriers(visitor) == []
    await visitor.get_by_role("link", name="Minder nodig, of niet meer?").click()
    await visitor.get_by_role("button", name="Bewaar").click()
    await expect(visitor.get_by_role("alert")).to_contain_text("Kies wat er is veranderd.")
    assert await barriers(visitor) == []
    await visitor.get_by_label("De rest kwam van een ander").check()
    await visitor.get_by_role("button", name="Bewaar").click()
    await expect(visitor.get_by_text("Gesloten: ergens anders gevonden.")).to_be_visible()


async def test_staff_call_and_take_a_plan_along(desk: Desk, address: str, page: Page) -> None:
    pitch, _, made = await _promised(desk)
    here = pitch["gathering_id"]
    await desk.gathering(title="Vierde bijeenkomst", continues=here)
    past = (clock.now() - timedelta(days=3)).date().isoformat()
    kept = desk.service.mongo["commitments"]
    await kept.update_one({"_id": made["id"]}, {"$set": {"due": past}})
    await page.goto(f"{address}/staff/g/{here}/promises")
    await expect(page.get_by_role("heading", name="Datum voorbij (1)")).to_be_visible()
    assert await barriers(page) == []
    await page.get_by_role("link", name="Agenda voor de volgende keer").click()
    await expect(page.get_by_role("heading", name="Datum voorbij")).to_be_visible()
    assert await barriers(page) == []
    await page.get_by_role("button", name="Neem mee OCTA").click()
    await expect(page.get_by_role("heading", name="OCTA")).to_be_visible()


async def _promised(desk: Desk) -> tuple[Json, Json, Json]:
    """A pitch, the contact of an organisation, and what they said yes to."""
    gathering_id = await desk.gathering()
    pitch = await accepted_pitch(desk, gathering_id)
    contact = await desk.attendee(gathering_id, organisation="Stichting Lisdodde")
    await answers_for(desk, contact["organisation_id"], contact["person_id"])
    due = (clock.now() + timedelta(days=60)).date().isoformat()
    body = {"what": "stageplekken", "need_id": pitch["needs"][0]["need_id"], "unit": "place"}
    body |= {"amount": 4, "due": due, "publication": "none"}
    whose = {name: contact[name] for name in ("person_id", "organisation_id")}
    path = f"/pitches/{pitch['id']}/commitments"
    made: Json = (await desk.client.post(path, json=body | whose)).json()
    yes = {"due": due, "publication": "none"}
    answer = await desk.client.post(f"/commitments/{made['id']}/accept", json=yes)
    assert answer.status_code == 200, answer.text
    return pitch, contact, made

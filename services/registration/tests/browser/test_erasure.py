"""Somebody on a phone, with scripts and without, has all of theirs wiped: what will happen, the
number, and what this service can show of it."""

import re

import pytest
from playwright.async_api import Page, expect

from services.registration.tests.component.desk import Desk

pytestmark = pytest.mark.browser


async def test_wiping_it_all(desk: Desk, visitor: Page) -> None:
    gathering_id = await desk.gathering()
    mine, session_id = await desk.attendee(gathering_id), await desk.session(gathering_id)
    await desk.client.post(f"/sessions/{session_id}/sign-ups", json={"attendee_id": mine["id"]})
    await visitor.goto(await desk.link(mine["person_id"]))
    await visitor.get_by_role("link", name="Uw gegevens wissen").click()
    await expect(visitor.get_by_role("heading", level=1)).to_have_text(
        "Wilt u al uw gegevens wissen?"
    )
    await expect(visitor.get_by_role("listitem").first).to_contain_text("gaat naar de volgende.")
    await visitor.get_by_role("button", name="Ja, wis alles").click()
    await expect(visitor.get_by_text(re.compile("^Aanmelden ✓ gewist om"))).to_be_visible()
    for other in ("Uitnodigen", "Plannen", "Overzichten"):
        await expect(visitor.get_by_text(f"{other} … nog bezig")).to_be_visible()
    number = visitor.url.rsplit("/", 1)[1]
    await expect(visitor.get_by_text(f"Uw nummer: {number}.")).to_be_visible()
    shown = (await desk.client.get(f"/erasures/{number}")).json()
    assert list(shown["answers"]) == ["registration"]
    listed = (await desk.client.get(f"/gatherings/{gathering_id}/attendees")).json()["items"]
    assert listed == []
    gone = await visitor.goto("/me")
    assert gone
    assert gone.status == 401

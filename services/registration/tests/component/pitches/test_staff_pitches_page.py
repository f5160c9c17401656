"""Organisers read pitches on a page, decide or ask, choose the order, and print the list."""

import re
from collections.abc import AsyncIterator

import httpx
import pytest_asyncio
from doorpakken_plumbing.identity.staff import COOKIE, Staff, sign_token
from doorpakken_registration.settings import Settings
from fastapi import FastAPI

from services.registration.tests.component.accepted import accepted_pitches, submitted_pitch
from services.registration.tests.component.desk import Desk

LISTED = re.compile(r"<h2>\d+\. (Plan \d)</h2>")


@pytest_asyncio.fixture
async def browser(app: FastAPI, settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """The browser of an organiser."""
    staff = Staff("staff-1", {"*": "organiser"}, "session-1")
    token = sign_token(settings.staff_private_key.get_secret_value(), staff)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app),
        base_url=settings.registration_url,
        headers={"Sec-Fetch-Site": "same-origin"},
        cookies={COOKIE: token},
    ) as client:
        yield client


async def test_a_pitch_is_reviewed_on_one_page(desk: Desk, browser: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    pitch = await submitted_pitch(desk, gathering_id, organisation="OCTA & zonen")
    page = f"/staff/g/{gathering_id}/pitches"
    shown = (await browser.get(page)).text
    for words in ("Te lezen: 1", "OCTA &amp; zonen", "15 plekken", "@"):
        assert words in shown
    act = f"{page}/{pitch['id']}/review"
    field = f"text.{pitch['id']}"

    silent = await browser.post(act, data={"act": "decline", field: ""})
    assert (silent.status_code, "Schrijf eerst op" in silent.text) == (422, True)
    long = await browser.post(act, data={"act": "ask", field: "x" * 5001})
    assert (long.status_code, "x" * 5001 in long.text) == (422, True)
    assert f'href="#{field}"' in long.text

    asked = {"act": "ask", field: "Hoeveel plekken?", "idempotency_key": "one-question"}
    for _ in range(2):
        assert (await browser.post(act, data=asked)).status_code == 303
    assert len(await desk.said("mail-requested", pitch_id=pitch["id"])) == 1
    assert "Hoeveel plekken?" in (await browser.get(page)).text
    change = {"title": "OCTA breed", "kind": "project", "summary": "Meer", "needs": pitch["needs"]}
    await desk.client.put(f"/pitches/{pitch['id']}", json=change)
    assert "Het plan is veranderd na uw vraag." in (await browser.get(page)).text

    assert (await browser.post(act, data={"act": "accept", field: "Fijn!"})).status_code == 303
    shown = (await browser.get(page)).text
    assert ("Te lezen: 0" in shown, "Aangenomen: 1" in shown, "Fijn!" in shown) == (True,) * 3
    late = await browser.post(act, data={"act": "decline", field: "Toch niet"})
    assert (late.status_code, "Toch niet" in late.text) == (422, False)


async def test_the_order_is_chosen_with_buttons_and_printed(
    desk: Desk, browser: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    ids = await accepted_pitches(desk, gathering_id, 3)
    page = f"/staff/g/{gathering_id}/pitches"

    async def printed() -> list[str]:
        return LISTED.findall((await browser.get(f"{page}/print")).text)

    assert await printed() == ["Plan 1", "Plan 2", "Plan 3"]
    for pitch_id, to in ((ids[2], "up"), (ids[0], "down"), (ids[0], "down"), (ids[2], "up")):
        moved = await browser.post(f"{page}/{pitch_id}/move", data={"to": to})
        assert moved.status_code == 303
    assert await printed() == ["Plan 3", "Plan 2", "Plan 1"]


async def test_a_pitch_of_another_gathering_is_not_there(
    desk: Desk, browser: httpx.AsyncClient
) -> None:
    pitch = await submitted_pitch(desk, await desk.gathering())
    other = f"/staff/g/{await desk.gathering()}/pitches/{pitch['id']}"
    field = f"text.{pitch['id']}"
    refused = await browser.post(f"{other}/review", data={"act": "accept", field: ""})
    assert refused.status_code == 404
    assert (await browser.post(f"{other}/move", data={"to": "up"})).status_code == 404

"""Somebody on a phone, with scripts and without, answers the invitation in their mail, and a vacant
place for which they stood in line."""

import re

import pytest
from doorpakken_events.matching import Reason, SessionsRecommended, Suggestion
from doorpakken_plumbing.mongo.database import Document
from playwright.async_api import Page, expect

from services.registration.tests.component.accepted import accepted_pitch
from services.registration.tests.component.desk import Desk, Json
from tests.probe import becomes

pytestmark = pytest.mark.browser

YES, NO = "Ja, ik doe mee", "Ik kan niet"


async def test_a_seat_that_is_held_is_accepted(desk: Desk, visitor: Page) -> None:
    gathering_id = await desk.gathering()
    held, other = [await session_of(desk, gathering_id, title, 20) for title in ("OCTA", "Ara")]
    mine, wave_id = await invited(desk, gathering_id, held)
    await visitor.goto(await desk.link(mine["person_id"], "answer", wave_id))
    boxes = visitor.get_by_role("checkbox")
    await expect(boxes.first).to_be_checked()
    await visitor.get_by_label("Ara").check()
    await visitor.get_by_role("button", name=YES).click()
    await expect(visitor.get_by_role("alert")).to_contain_text(
        "OCTA en Ara zijn tegelijk. Kies er één."
    )
    # What was ticked is still ticked.
    assert [await box.is_checked() for box in await boxes.all()] == [True, True]
    assert await seats_of(desk, mine) == {held: "held"}
    await visitor.get_by_label("Ara").uncheck()
    await visitor.get_by_role("button", name=YES).click()
    await expect(visitor.get_by_role("heading", name="Gelukt.")).to_be_visible()
    assert await seats_of(desk, mine) == {held: "active"}
    assert other not in await seats_of(desk, mine)


async def test_an_invitation_is_declined_with_a_reason(desk: Desk, visitor: Page) -> None:
    gathering_id = await desk.gathering()
    held = await session_of(desk, gathering_id, "OCTA", 20)
    mine, wave_id = await invited(desk, gathering_id, held)
    await visitor.goto(await desk.link(mine["person_id"], "answer", wave_id))
    await visitor.get_by_label("andere dag of tijd").check()
    await visitor.get_by_role("button", name=NO).click()
    await expect(visitor.get_by_role("heading", name="Dank u. U doet nu niet mee.")).to_be_visible()
    [said] = await desk.said("invitation-answered", attendee_id=mine["id"])
    assert (said["answer"], said["reason"]) == ("declined", "wrong_time")
    assert await seats_of(desk, mine) == {}


@pytest.mark.parametrize(
    ("button", "shown", "states"),
    [
        ("Ja, ik kom", "u doet mee", ["active", "waitlisted"]),
        (
            "Nee, geef de plaats aan een ander",
            "vol; u komt op de wachtlijst, plaats 1",
            [None, "offered"],
        ),
    ],
)
async def test_a_vacant_place(
    desk: Desk, visitor: Page, button: str, shown: str, states: list[str | None]
) -> None:
    gathering_id = await desk.gathering()
    session_id = await session_of(desk, gathering_id, "OCTA", 20, seats=1)
    people = [await desk.attendee(gathering_id) for _ in range(3)]
    path = f"/sessions/{session_id}/sign-ups"
    first, *_ = [await desk.client.post(path, json={"attendee_id": one["id"]}) for one in people]
    await desk.client.delete(f"/sign-ups/{first.json()['id']}")
    wave_id = await desk.wave(gathering_id)
    await visitor.goto(await desk.link(people[1]["person_id"], "answer", wave_id))
    offer = visitor.get_by_text("Er is een plaats vrij bij OCTA.")
    await expect(offer).to_be_visible()
    await visitor.get_by_role("button", name=button).click()
    # The link is for this page only, so they come back to it.
    await expect(visitor.get_by_text(shown, exact=True)).to_be_visible()
    await expect(offer).to_be_hidden()
    await expect(visitor).to_have_url(re.compile(f"/answer/{wave_id}$"))
    assert [(await seats_of(desk, one)).get(session_id) for one in people[1:]] == states


async def session_of(desk: Desk, gathering_id: str, title: str, day: int, **more: int) -> str:
    """The id of a session about a plan of this name."""
    pitch_id = (await accepted_pitch(desk, gathering_id, title))["id"]
    return await desk.session(gathering_id, day=day, pitch_id=pitch_id, **more)


async def invited(desk: Desk, gathering_id: str, session_id: str) -> tuple[Json, str]:
    """Somebody for whom the plan holds a seat, and the wave they are asked in."""
    mine, wave_id = await desk.attendee(gathering_id), await desk.wave(gathering_id)
    suggestion = Suggestion(session_id=session_id, score=9, reasons=(Reason(code="wished_for"),))
    told = {"attendee_id": mine["id"], "gathering_id": gathering_id, "run_id": wave_id}
    await desk.recommend(SessionsRecommended(**told, seats=(suggestion,)))
    held: Document = {"attendee_id": mine["id"], "state": "held"}
    await becomes(lambda: desk.service.mongo["sign_ups"].count(held), 1)
    return mine, wave_id


async def seats_of(desk: Desk, attendee: Json) -> dict[str, str]:
    """The state of each seat or place in line that somebody has, by session."""
    found = await desk.service.mongo["sign_ups"].find(
        {"attendee_id": attendee["id"], "is_open": True}
    )
    return {one["session_id"]: one["state"] for one in found}

"""Who leads a session has an appointment then: nothing else is theirs at that time, neither by
choosing nor from a plan or a line; their own page and their calendar show it."""

import httpx
from doorpakken_events.matching import SessionRescheduled, SessionsRecommended, Suggestion

from services.registration.tests.component.desk import Desk, session_of
from tests.probe import becomes

THEN = "u leidt op dat moment zelf een sessie"


async def test_a_session_at_that_time_is_no_free_choice(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    host = await desk.attendee(gathering_id)
    led = await desk.session(gathering_id, day=20, host=host["person_id"])
    at_once = await desk.session(gathering_id, day=20)
    later = await desk.session(gathering_id, day=21)
    refused = await _join(desk, at_once, host["id"])
    assert (refused.status_code, refused.json()["slug"]) == (409, "leads-then")
    assert (await _join(desk, later, host["id"])).status_code == 201
    wave_id = await desk.wave(gathering_id)
    await public.get(await desk.link(host["person_id"]))
    page = (await public.get(f"/answer/{wave_id}")).text
    assert f'value="{led}"' not in page
    assert f'value="{at_once}" disabled' in page
    assert page.count(THEN) == 1
    form = {"answer": "accepted", "session": [at_once]}
    told = (await public.post(f"/answer/{wave_id}", data=form)).text
    assert "U leidt op dat moment zelf een sessie. Kies een andere." in told


async def test_the_invitation_of_who_leads_the_only_session_says_what_they_lead(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    host = await desk.attendee(gathering_id)
    led = await desk.session(gathering_id, host=host["person_id"])
    wave_id = await desk.wave(gathering_id)
    await public.get(await desk.link(host["person_id"], "answer", wave_id))
    page = (await public.get(f"/answer/{wave_id}")).text
    for words in (
        '<h1 id="led">U leidt deze sessie</h1>',
        "Zaal Reiger",
        "U hoeft zich hiervoor niet aan te melden.",
        "Kunt u toch niet?",
        "Er is nu geen andere sessie om uit te kiezen.",
    ):
        assert words in page
    assert "Er zijn nog geen sessies." not in page
    assert 'name="answer"' not in page
    await desk.session(gathering_id, day=25)
    both = (await public.get(f"/answer/{wave_id}")).text
    assert '<h2 id="led">U leidt deze sessie</h2>' in both
    assert both.count('name="session"') == 1
    assert f'value="{led}"' not in both


async def test_own_page_and_calendar_show_what_they_lead(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    host = await desk.attendee(gathering_id)
    session_id = await desk.session(gathering_id, host=host["person_id"])
    await public.get(await desk.link(host["person_id"]))
    assert "Sessies die u leidt" in (await public.get("/me")).text
    feed = (await public.get("/me/calendar.ics")).text
    assert feed.count("BEGIN:VEVENT") == 2
    assert "LOCATION:Zaal Reiger" in feed
    await desk.cancel_session(session_id)
    assert "Sessies die u leidt" not in (await public.get("/me")).text
    assert (await public.get("/me/calendar.ics")).text.count("BEGIN:VEVENT") == 1


async def test_a_seat_at_that_time_is_in_conflict_until_another_leads(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    host, other = [await desk.attendee(gathering_id) for _ in range(2)]
    seat_in = await desk.session(gathering_id, day=20)
    await _join(desk, seat_in, host["id"])
    said = session_of(gathering_id, f"led-{seat_in}", day=20, host=host["person_id"])
    await desk.hear(said, 1)
    assert await _state(desk, seat_in, host["id"]) == "conflict"
    fields = said.model_dump() | {"host": other["person_id"], "state": "rescheduled"}
    await desk.hear(SessionRescheduled.model_validate(fields), 2)
    assert await _state(desk, seat_in, host["id"]) == "active"


async def test_no_plan_and_no_line_gives_them_a_seat_then(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    holder, host, third = [await desk.attendee(gathering_id) for _ in range(3)]
    full = await desk.session(gathering_id, seats=1, day=20)
    chosen = await desk.session(gathering_id, day=20)
    held = (await _join(desk, full, holder["id"])).json()["id"]
    for one in (host, third):
        await _join(desk, full, one["id"])
    await desk.session(gathering_id, day=20, host=host["person_id"])
    wave_id = await desk.wave(gathering_id)
    await desk.recommend(
        SessionsRecommended(
            attendee_id=host["id"],
            gathering_id=gathering_id,
            run_id=wave_id,
            seats=(Suggestion(session_id=chosen, score=900),),
        )
    )
    kept = desk.service.mongo["recommendations"]
    await becomes(lambda: kept.count({"_id": host["id"], "is_held": True}), 1)
    await desk.client.delete(f"/sign-ups/{held}")
    assert await _state(desk, full, third["id"]) == "offered"
    assert await _state(desk, full, host["id"]) == "waitlisted"
    assert await _state(desk, chosen, host["id"]) is None


async def _join(desk: Desk, session_id: str, attendee_id: str) -> httpx.Response:
    body = {"attendee_id": attendee_id}
    return await desk.client.post(f"/sessions/{session_id}/sign-ups", json=body)


async def _state(desk: Desk, session_id: str, attendee_id: str) -> str | None:
    match = {"session_id": session_id, "attendee_id": attendee_id, "is_open": True}
    found = await desk.service.mongo["sign_ups"].find_one(match)
    return found["state"] if found else None

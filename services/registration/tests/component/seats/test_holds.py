"""Seats a plan holds: until when, for whom, whatever order its events come in, and what lapses."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
from doorpakken_events.matching import SessionsRecommended, Suggestion
from doorpakken_plumbing.messaging.mentions import MENTIONS
from doorpakken_plumbing.time import clock

from services.registration.tests.component.desk import Desk, session_of
from tests.probe import becomes, eventually

HOUR = timedelta(hours=1)


async def test_a_plan_holds_the_seats_it_chose_until_answers_are_due(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    wave_id, session_id = await desk.wave(gathering_id), await desk.session(gathering_id)
    attendee_id = (await desk.attendee(gathering_id))["id"]
    await _recommend(desk, gathering_id, wave_id, attendee_id, session_id)
    [held] = await _said(desk, "sign-up-updated", attendee_id)
    wave = await desk.service.mongo["waves"].find_one({"_id": wave_id})
    assert wave is not None
    assert (held["state"], held["version"]) == ("held", 1)
    assert held["hold_until"] == wave["answer_by"].isoformat().replace("+00:00", "Z")
    assert await _taken(desk, gathering_id) == [1]
    yes = await _answer(desk, wave_id, attendee_id, "accepted", session_id)
    assert [one["state"] for one in yes.json()["sign_ups"]] == ["active"]
    [joined] = await desk.said("session-joined", attendee_id=attendee_id)
    assert (joined["sign_up_id"], joined["version"]) == (held["sign_up_id"], 2)


async def test_whichever_of_a_plan_is_heard_last_the_seats_are_held_once(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    attendee_id = (await desk.attendee(gathering_id))["id"]
    session = session_of(gathering_id, f"late-{attendee_id}")
    wave_id = await desk.wave(gathering_id)
    await desk.recommend(_chosen(gathering_id, wave_id, attendee_id, session.session_id))
    assert await desk.said("sign-up-updated", attendee_id=attendee_id) == []
    await desk.hear(session, 1)
    await _said(desk, "sign-up-updated", attendee_id)
    await desk.hear(session.model_copy(update={"place": "Zaal Ara"}), 2)
    assert len(await desk.said("sign-up-updated", attendee_id=attendee_id)) == 1


async def test_many_are_held_seats_and_those_whose_session_is_unknown_wait(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    session_id, wave_id = await desk.session(gathering_id, seats=70), uuid4().hex
    late = session_of(gathering_id, f"late-{wave_id}", seats=70)
    people = [(await desk.attendee(gathering_id))["id"] for _ in range(60)]
    rows = [
        {
            "_id": one,
            "version": 1,
            "gathering_id": gathering_id,
            "run_id": wave_id,
            "seats": [{"session_id": session_id if number % 2 else late.session_id, "score": 5}],
            "alternatives": [],
            "is_held": False,
        }
        for number, one in enumerate(sorted(people))
    ]
    await desk.service.mongo["recommendations"].insert_many(rows)
    assert await desk.wave(gathering_id, wave_id) == wave_id
    held = desk.service.mongo["sign_ups"]
    await becomes(lambda: held.count({"session_id": session_id, "state": "held"}), 30)
    assert await held.count({"session_id": late.session_id}) == 0
    await desk.hear(late, 1)
    # A plan of its own, whose session names another run: the last plan of the gathering waits too.
    await becomes(lambda: held.count({"session_id": late.session_id, "state": "held"}), 30)


async def test_a_no_frees_what_was_held_and_the_next_in_line_is_offered_it(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    wave_id, session_id = await desk.wave(gathering_id), await desk.session(gathering_id, seats=1)
    chosen, waiting = [(await desk.attendee(gathering_id))["id"] for _ in range(2)]
    await _recommend(desk, gathering_id, wave_id, chosen, session_id)
    await _said(desk, "sign-up-updated", chosen)
    joined = await desk.client.post(
        f"/sessions/{session_id}/sign-ups", json={"attendee_id": waiting}
    )
    assert joined.json()["state"] == "waitlisted"
    await _answer(desk, wave_id, chosen, "declined", reason="no_time")
    [_, ended] = await desk.said("sign-up-updated", attendee_id=chosen)
    assert (ended["state"], ended["reason"]) == ("ended", "declined")
    assert await desk.said("session-left", attendee_id=chosen) == []
    assert len(await desk.said("session-offered", attendee_id=waiting)) == 1


async def test_who_does_not_know_yet_keeps_what_is_held(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    wave_id, session_id = await desk.wave(gathering_id), await desk.session(gathering_id)
    attendee_id = (await desk.attendee(gathering_id))["id"]
    await _recommend(desk, gathering_id, wave_id, attendee_id, session_id)
    await _said(desk, "sign-up-updated", attendee_id)
    maybe = await _answer(desk, wave_id, attendee_id, "maybe")
    assert [one["state"] for one in maybe.json()["sign_ups"]] == ["held"]
    await _answer(desk, wave_id, attendee_id, "accepted", session_id)
    unsure = await _answer(desk, wave_id, attendee_id, "maybe")
    assert [one["state"] for one in unsure.json()["sign_ups"]] == ["held"]


async def test_holds_and_offers_lapse_in_time_and_only_then(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    wave_id = await desk.wave(gathering_id)
    session_id = await desk.session(gathering_id, seats=1, day=30)
    chosen, second, third = [(await desk.attendee(gathering_id))["id"] for _ in range(3)]
    await _recommend(desk, gathering_id, wave_id, chosen, session_id)
    await _said(desk, "sign-up-updated", chosen)
    for one in (second, third):
        await desk.client.post(f"/sessions/{session_id}/sign-ups", json={"attendee_id": one})
    await _postpone_all_but(desk, session_id)
    try:
        _move_clock(desk, timedelta(days=5, hours=1))
        [_, lapsed] = await _said(desk, "sign-up-updated", chosen, count=2)
        assert lapsed["reason"] == "hold_lapsed"
        assert len(await _said(desk, "session-offered", second)) == 1
        _move_clock(desk, timedelta(days=9))
        [lapsed] = await _said(desk, "sign-up-updated", second)
        assert lapsed["reason"] == "offer_lapsed"
        assert len(await _said(desk, "session-offered", third)) == 1
    finally:
        _move_clock(desk, timedelta())
        await becomes(_offset_seconds, 0)
    assert await _taken(desk, gathering_id) == [1]


async def test_a_moved_session_keeps_seats_and_asks_again(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    wave_id = await desk.wave(gathering_id)
    moved = session_of(gathering_id, f"moved-{wave_id}", day=20)
    await desk.hear(moved, 1)
    other = await desk.session(gathering_id, day=25)
    attendee_id = (await desk.attendee(gathering_id))["id"]
    await _answer(desk, wave_id, attendee_id, "accepted", moved.session_id, other)
    kept = await desk.service.mongo["sessions"].find_one({"_id": other})
    assert kept is not None
    times = {name: kept[name] + HOUR for name in ("starts_at", "ends_at")}
    await desk.hear(moved.model_copy(update=times), 2)
    [conflict] = await desk.said("sign-up-updated", attendee_id=attendee_id)
    assert (conflict["state"], conflict["session_id"]) == ("conflict", other)
    answers = await desk.said("invitation-answered", attendee_id=attendee_id)
    assert [one["answer"] for one in answers] == ["accepted", "pending"]
    again = await _answer(desk, wave_id, attendee_id, "accepted", moved.session_id)
    assert [one["state"] for one in again.json()["sign_ups"]] == ["active"]
    assert await desk.said("session-left", attendee_id=attendee_id, session_id=other) != []


async def test_the_pages_of_who_has_a_seat_kept(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    wave_id, session_id = await desk.wave(gathering_id), await desk.session(gathering_id, seats=1)
    first, second = [await desk.attendee(gathering_id) for _ in range(2)]
    joins = [
        await desk.client.post(f"/sessions/{session_id}/sign-ups", json={"attendee_id": one["id"]})
        for one in (first, second)
    ]
    await desk.client.delete(f"/sign-ups/{joins[0].json()['id']}")
    offered = joins[1].json()["id"]
    await public.get(await desk.link(second["person_id"], "answer", wave_id))
    page = await public.get(f"/answer/{wave_id}")
    assert "Er is een plaats vrij bij" in page.text
    assert f"/me/sign-ups/{offered}/accept" in page.text
    assert (await public.get("/me")).status_code == 403
    await public.get(await desk.link(second["person_id"]))
    assert f"/me/sign-ups/{offered}/accept" in (await public.get("/me")).text
    for _ in range(2):
        assert (await public.post(f"/me/sign-ups/{offered}/accept")).status_code == 303
    kept = await desk.service.mongo["sign_ups"].find_one({"_id": offered})
    assert kept is not None
    assert kept["state"] == "active"
    english = await public.get(f"/answer/{wave_id}?lang=en")
    assert "you have a seat" in english.text


async def test_staff_enter_what_somebody_says_on_the_phone(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    wave_id, session_id = await desk.wave(gathering_id), await desk.session(gathering_id)
    attendee = await desk.attendee(gathering_id, name="Nel Dahlia", email=None, phone="020 5550141")
    path = f"/staff/answers/{wave_id}/{attendee['id']}"
    assert (await public.get(path)).status_code == 401
    headers = {"Authorization": desk.client.headers["Authorization"]}
    page = await public.get(path, headers=headers)
    assert "U vult dit in voor Nel Dahlia." in page.text
    sent = await public.post(
        path, data={"answer": "accepted", "session": session_id}, headers=headers
    )
    assert sent.status_code == 303
    [said] = await desk.said("invitation-answered", attendee_id=attendee["id"])
    assert said["answer"] == "accepted"


async def _postpone_all_but(desk: Desk, session_id: str) -> None:
    """What other tests left would come due at once when the clock moves."""
    others = {MENTIONS: {"$ne": session_id}}
    due = clock.now() + timedelta(days=400)
    await desk.service.mongo["timers"].update_many(others, {"$set": {"due": due}})


def _move_clock(desk: Desk, ahead: timedelta) -> None:
    desk.settings.clock_file.write_text(str(int(ahead.total_seconds())), encoding="ascii")


async def _offset_seconds() -> int:
    return clock.offset_seconds()


def _chosen(
    gathering_id: str, wave_id: str, attendee_id: str, *session_ids: str
) -> SessionsRecommended:
    return SessionsRecommended(
        attendee_id=attendee_id,
        gathering_id=gathering_id,
        run_id=wave_id,
        seats=tuple(Suggestion(session_id=one, score=500) for one in session_ids),
    )


async def _recommend(
    desk: Desk, gathering_id: str, wave_id: str, attendee_id: str, *session_ids: str
) -> None:
    await desk.recommend(_chosen(gathering_id, wave_id, attendee_id, *session_ids))
    unheld = desk.service.mongo["recommendations"]
    await becomes(lambda: unheld.count({"_id": attendee_id, "is_held": True}), 1)


async def _said(desk: Desk, topic: str, attendee_id: str, *, count: int = 1) -> Any:
    return await eventually(
        lambda: desk.said(topic, attendee_id=attendee_id), lambda said: len(said) >= count
    )


async def _taken(desk: Desk, gathering_id: str) -> list[int]:
    listed = (await desk.client.get(f"/gatherings/{gathering_id}/sessions")).json()["items"]
    return [one["taken"] for one in listed]


async def _answer(
    desk: Desk, wave_id: str, attendee_id: str, answer: str, *sessions: str, **more: Any
) -> httpx.Response:
    body = {"answer": answer, "sessions": sessions, "attendee_id": attendee_id, **more}
    return await desk.client.post(f"/waves/{wave_id}/answers", json=body)

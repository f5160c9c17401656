"""The last answer to an invitation counts, with exactly its sessions."""

import re
from datetime import timedelta
from typing import Any

import httpx
import pytest
from doorpakken_events.matching import Reason, SessionsRecommended, Suggestion
from doorpakken_plumbing.time import clock

from services.registration.tests.component.accepted import accepted_pitch
from services.registration.tests.component.desk import Desk, Json, session_of
from tests.names import new_email
from tests.probe import becomes


async def test_a_yes_takes_its_sessions_and_a_later_answer_replaces_it(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    wave_id = await desk.wave(gathering_id)
    first, second, third = [await desk.session(gathering_id, day=day) for day in (20, 21, 22)]
    attendee_id = (await desk.attendee(gathering_id))["id"]
    yes = await _answer(desk, wave_id, attendee_id, "accepted", first, second)
    assert yes.status_code == 200
    assert [(one["session_id"], one["state"]) for one in yes.json()["sign_ups"]] == [
        (first, "active"),
        (second, "active"),
    ]
    other = await _answer(desk, wave_id, attendee_id, "accepted", second, third)
    assert {one["session_id"] for one in other.json()["sign_ups"]} == {second, third}
    kept = {one["session_id"]: one["id"] for one in yes.json()["sign_ups"]}[second]
    assert kept in [one["id"] for one in other.json()["sign_ups"]]
    no = await _answer(desk, wave_id, attendee_id, "declined", reason="no_time")
    assert no.json() == {"answer": "declined", "sign_ups": []}
    said = await desk.said("invitation-answered", attendee_id=attendee_id)
    assert [(one["version"], one["answer"]) for one in said] == [(1, "accepted"), (2, "declined")]
    left = await desk.said("session-left", attendee_id=attendee_id)
    assert [one["reason"] for one in left] == ["answer_changed", "declined", "declined"]


async def test_the_same_answer_again_says_nothing_new(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    wave_id, session_id = await desk.wave(gathering_id), await desk.session(gathering_id)
    attendee_id = (await desk.attendee(gathering_id))["id"]
    answers = [await _answer(desk, wave_id, attendee_id, "accepted", session_id) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert len(await desk.said("invitation-answered", attendee_id=attendee_id)) == 1
    assert len(await desk.said("session-joined", attendee_id=attendee_id)) == 1


async def test_all_of_an_answer_or_nothing(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    wave_id = await desk.wave(gathering_id)
    kept = await desk.session(gathering_id, day=19)
    first, same_time = [await desk.session(gathering_id, day=20) for _ in range(2)]
    attendee_id = (await desk.attendee(gathering_id))["id"]
    await _answer(desk, wave_id, attendee_id, "accepted", kept)
    refused = await _answer(desk, wave_id, attendee_id, "accepted", first, same_time)
    assert (refused.status_code, refused.json()["slug"]) == (409, "sessions-overlap")
    unknown = await _answer(desk, wave_id, attendee_id, "accepted", first, "nope")
    assert unknown.status_code == 404
    too_many = await _answer(desk, wave_id, attendee_id, "accepted", first, kept, same_time)
    assert too_many.status_code == 409
    still = await _answer(desk, wave_id, attendee_id, "accepted", kept)
    assert [one["session_id"] for one in still.json()["sign_ups"]] == [kept]
    assert await desk.said("session-left", attendee_id=attendee_id) == []


async def test_a_full_session_gives_a_place_in_line(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    wave_id, session_id = await desk.wave(gathering_id), await desk.session(gathering_id, seats=1)
    people = [(await desk.attendee(gathering_id))["id"] for _ in range(3)]
    made = [
        (await _answer(desk, wave_id, one, "accepted", session_id)).json()["sign_ups"][0]
        for one in people
    ]
    assert [(one["state"], one["place"]) for one in made] == [
        ("active", None),
        ("waitlisted", 1),
        ("waitlisted", 2),
    ]


async def test_answers_that_do_not_fit(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    wave_id, session_id = await desk.wave(gathering_id), await desk.session(gathering_id)
    attendee_id = (await desk.attendee(gathering_id))["id"]
    stranger_id = (await desk.attendee(await desk.gathering()))["id"]
    empty = await _answer(desk, wave_id, attendee_id, "accepted")
    assert (empty.status_code, empty.json()["slug"]) == (422, "choose-a-session")
    with_one = await _answer(desk, wave_id, attendee_id, "maybe", session_id)
    assert with_one.json()["slug"] == "no-sessions-with-this-answer"
    assert (await _answer(desk, wave_id, attendee_id, "perhaps")).status_code == 422
    assert (await _answer(desk, wave_id, stranger_id, "declined")).status_code == 404


async def test_the_page_behind_the_link(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    wave_id = await desk.wave(gathering_id)
    other, suggested = [await desk.session(gathering_id, day=day) for day in (20, 21)]
    attendee = await desk.attendee(gathering_id, name="Zoë 🌱 Klaver")
    reasons = (Reason(code="wished_for"), Reason(code="offer_meets_need", category="space"))
    seat = Suggestion(session_id=suggested, score=800, reasons=reasons)
    await desk.recommend(
        SessionsRecommended(
            attendee_id=attendee["id"], gathering_id=gathering_id, run_id=wave_id, seats=(seat,)
        )
    )
    nobody = await public.get(f"/answer/{wave_id}", headers={"Accept": "text/html"})
    assert nobody.status_code == 401
    link = await desk.link(attendee["person_id"], "answer", wave_id)
    followed = await public.get(link)
    assert followed.status_code == 303
    page = await public.get(followed.headers["location"])
    assert page.status_code == 200
    assert "Zoë 🌱 Klaver" in page.text
    assert page.text.index(suggested) < page.text.index(other)
    assert "U wilde hieraan meewerken. U kunt helpen met ruimte." in page.text
    nothing = await public.post(f"/answer/{wave_id}", data={"answer": "accepted"})
    assert (nothing.status_code, "Kies minstens één sessie." in nothing.text) == (422, True)
    form = {"answer": "accepted", "session": suggested, "reason": "no_time"}
    sent = await public.post(f"/answer/{wave_id}", data=form)
    assert sent.status_code == 303
    after = await public.get(sent.headers["location"])
    assert "Gelukt." in after.text
    [said] = await desk.said("invitation-answered", attendee_id=attendee["id"])
    assert (said["answer"], said["reason"]) == ("accepted", None)
    form = {"answer": "declined", "session": suggested, "reason": "no_time"}
    assert (await public.post(f"/answer/{wave_id}", data=form)).status_code == 303
    said = (await desk.said("invitation-answered", attendee_id=attendee["id"]))[-1]
    assert (said["answer"], said["reason"]) == ("declined", "no_time")


async def test_the_page_has_ones_own_sessions_first_then_what_fits(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    wave_id = await desk.wave(gathering_id)
    other, fitting, held = [await desk.session(gathering_id, day=day) for day in (20, 21, 22)]
    mine, stranger = [await desk.attendee(gathering_id) for _ in range(2)]
    told = SessionsRecommended(
        attendee_id=mine["id"],
        gathering_id=gathering_id,
        run_id=wave_id,
        seats=(Suggestion(session_id=held, score=9),),
        alternatives=(Suggestion(session_id=fitting, score=5),),
    )
    await desk.recommend(told)
    await becomes(
        lambda: desk.service.mongo["sign_ups"].count({"session_id": held, "state": "held"}), 1
    )
    await public.get(await desk.link(mine["person_id"]))
    page = (await public.get(f"/answer/{wave_id}")).text
    assert re.findall(r'<h2>([^<]+)</h2>|name="session" value="([^"]+)"', page) == [
        ("Uw sessies", ""),
        ("", held),
        ("Dit past ook bij u", ""),
        ("", fitting),
        ("Alle andere sessies", ""),
        ("", other),
    ]
    [seat] = await desk.said("sign-up-updated", attendee_id=mine["id"])
    for way in ("leave", "handover"):
        assert f"/me/sign-ups/{seat['sign_up_id']}/{way}" in page
    await public.get(await desk.link(stranger["person_id"]))
    page = (await public.get(f"/answer/{wave_id}")).text
    assert re.findall(r"<h2>([^<]+)</h2>", page) == ["Alle sessies"]
    assert "Kies zelf wat bij u past." in page


async def test_two_at_one_time_are_named_with_another_time(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    wave_id = await desk.wave(gathering_id)
    ids = [(await accepted_pitch(desk, gathering_id, title))["id"] for title in ("OCTA", "Ara")]
    first, second = [await desk.session(gathering_id, pitch_id=one) for one in ids]
    await public.get(await desk.link((await desk.attendee(gathering_id))["person_id"]))
    form = {"answer": "accepted", "session": [first, second]}
    page = (await public.post(f"/answer/{wave_id}", data=form)).text
    assert "OCTA en Ara zijn tegelijk. Kies er één.</a>" in page
    again = session_of(gathering_id, f"again-{second}", day=23, pitch_id=ids[1])
    await desk.hear(again, 1)
    page = (await public.post(f"/answer/{wave_id}?lang=en", data=form)).text
    assert "OCTA and Ara are at the same time. Choose one. Ara is also on " in page
    assert page.count(" checked>") == 2


async def test_one_at_the_time_of_a_seat_elsewhere_is_named(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    who = {"email": new_email()}
    before, now = [await desk.gathering() for _ in range(2)]
    ids = [
        (await accepted_pitch(desk, one, title))["id"]
        for one, title in ((before, "Reiger"), (now, "OCTA"))
    ]
    had = await desk.session(before, pitch_id=ids[0])
    elsewhere = await desk.attendee(before, **who)
    await desk.client.post(f"/sessions/{had}/sign-ups", json={"attendee_id": elsewhere["id"]})
    session_id, wave_id = await desk.session(now, pitch_id=ids[1]), await desk.wave(now)
    await public.get(await desk.link((await desk.attendee(now, **who))["person_id"]))
    form = {"answer": "accepted", "session": session_id}
    page = (await public.post(f"/answer/{wave_id}", data=form)).text
    assert "OCTA en Reiger zijn tegelijk. Kies er één.</a>" in page


async def _answer(
    desk: Desk, wave_id: str, attendee_id: str, answer: str, *sessions: str, **more: Any
) -> httpx.Response:
    body = {"answer": answer, "sessions": sessions, "attendee_id": attendee_id, **more}
    return await desk.client.post(f"/waves/{wave_id}/answers", json=body)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ({}, "U krijgt een mail voor uw agenda."),
        ({"email": None, "phone": "06 12345678"}, "U krijgt geen mail"),
    ],
)
async def test_staff_are_told_what_the_person_on_the_phone_gets(
    desk: Desk, public: httpx.AsyncClient, address: Json, told: str
) -> None:
    gathering_id = await desk.gathering()
    wave_id = await desk.wave(gathering_id)
    session_id = await desk.session(gathering_id)
    attendee = await desk.attendee(gathering_id, **address)
    headers = dict(desk.client.headers)
    path = f"/staff/answers/{wave_id}/{attendee['id']}"
    form = {"answer": "accepted", "session": session_id}
    assert (await public.post(path, data=form, headers=headers)).status_code == 303
    page = (await public.get(path, headers=headers)).text
    assert told in page
    assert page.count("U krijgt") == 1
    assert "Kies vóór" in page


async def test_after_the_last_day_nobody_is_told_to_choose_before_it(
    desk: Desk, public: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    gathering_id = await desk.gathering()
    wave_id = await desk.wave(gathering_id)
    attendee = await desk.attendee(gathering_id)
    after = clock.now() + timedelta(days=400)
    monkeypatch.setattr(clock, "now", lambda: after)
    path = f"/staff/answers/{wave_id}/{attendee['id']}"
    page = (await public.get(path, headers=dict(desk.client.headers))).text
    assert "Kies vóór" not in page
    assert "Kiezen kon tot" in page

"""Seats: exactly as many as there are, everybody else in line, and no one twice at one time."""

import asyncio

import httpx
import pytest

from services.registration.tests.component.desk import Desk


async def test_ten_seats_for_two_hundred_at_once(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    session_id = await desk.session(gathering_id, seats=10)
    people = await asyncio.gather(*(desk.attendee(gathering_id) for _ in range(200)))
    answers = await asyncio.gather(*(_join(desk, session_id, one["id"]) for one in people))
    assert {answer.status_code for answer in answers} == {201}
    made = [answer.json() for answer in answers]
    assert [one["state"] for one in made].count("active") == 10
    places = sorted(one["place"] for one in made if one["state"] == "waitlisted")
    assert places == list(range(1, 191))
    [listed] = (await desk.client.get(f"/gatherings/{gathering_id}/sessions")).json()["items"]
    assert (listed["taken"], listed["waitlisted"]) == (10, 190)
    assert len(await desk.said("session-joined", session_id=session_id)) == 10
    assert len(await desk.said("session-waitlisted", session_id=session_id)) == 190


async def test_a_place_given_up_is_offered_to_the_next_in_line(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    session_id = await desk.session(gathering_id, seats=1)
    people = [await desk.attendee(gathering_id) for _ in range(3)]
    first, second = [(await _join(desk, session_id, one["id"])).json() for one in people[:2]]
    assert (first["state"], second["state"], second["place"]) == ("active", "waitlisted", 1)
    for _ in range(2):
        left = await desk.client.delete(f"/sign-ups/{first['id']}")
        assert (left.status_code, left.json()["state"]) == (200, "ended")
    [said] = await desk.said("session-left", sign_up_id=first["id"])
    assert (said["version"], said["reason"]) == (2, "left")
    [offered] = await desk.said("session-offered", sign_up_id=second["id"])
    assert (offered["version"], offered["state"]) == (2, "offered")
    third = (await _join(desk, session_id, people[2]["id"])).json()
    assert (third["state"], third["place"]) == ("waitlisted", 2)
    back = (await _join(desk, session_id, people[0]["id"])).json()
    assert (back["place"], back["id"] != first["id"]) == (3, True)
    yes = await _join(desk, session_id, people[1]["id"])
    assert (yes.status_code, yes.json()["state"], yes.json()["id"]) == (201, "active", second["id"])


async def test_what_cannot_be_joined(desk: Desk) -> None:
    gathering_id, other_id = await desk.gathering(), await desk.gathering()
    attendee_id = (await desk.attendee(gathering_id))["id"]
    stranger_id = (await desk.attendee(other_id))["id"]
    first = await desk.session(gathering_id, day=20)
    same_time = await desk.session(gathering_id, day=20)
    later = await desk.session(gathering_id, day=21)
    last = await desk.session(gathering_id, day=22)
    started = await desk.session(gathering_id, day=-1)
    assert (await _join(desk, first, attendee_id)).status_code == 201
    assert _slug(await _join(desk, first, attendee_id)) == (409, "already-signed-up")
    assert _slug(await _join(desk, same_time, attendee_id)) == (409, "sessions-overlap")
    assert _slug(await _join(desk, started, attendee_id)) == (409, "session-started")
    assert _slug(await _join(desk, first, stranger_id)) == (404, "not-found")
    assert _slug(await _join(desk, first, "nobody")) == (404, "not-found")
    assert (await _join(desk, later, attendee_id)).status_code == 201
    assert _slug(await _join(desk, last, attendee_id)) == (409, "too-many-sessions")
    await desk.cancel_session(last)
    await desk.client.delete(f"/attendees/{stranger_id}")
    fresh = (await desk.attendee(gathering_id))["id"]
    assert _slug(await _join(desk, last, fresh)) == (409, "session-cancelled")
    missing = await desk.client.post(f"/sessions/{first}/sign-ups", json={})
    assert _slug(missing) == (422, "invalid-input")


async def test_a_cancelled_session_ends_every_sign_up_and_frees_their_time(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    session_id = await desk.session(gathering_id, seats=2)
    same_time = await desk.session(gathering_id)
    people = [(await desk.attendee(gathering_id))["id"] for _ in range(3)]
    for attendee_id in people:
        assert (await _join(desk, session_id, attendee_id)).status_code == 201
    await desk.cancel_session(session_id)
    left = await desk.said("session-left", session_id=session_id)
    assert {one["attendee_id"] for one in left} == set(people)
    assert {one["reason"] for one in left} == {"session_cancelled"}
    for attendee_id in people:
        assert (await _join(desk, same_time, attendee_id)).json()["state"] == "active"


async def test_a_cancellation_told_before_its_schedule_stays(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    session_id = await desk.session(gathering_id)
    await desk.cancel_session(session_id, version=3)
    kept = await desk.service.mongo["sessions"].find_one({"_id": session_id})
    assert kept is not None
    assert (kept["state"], kept["version"]) == ("cancelled", 3)


async def test_cancelling_for_the_gathering_ends_the_sign_ups(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    session_id = await desk.session(gathering_id, seats=1)
    attendee_id = (await desk.attendee(gathering_id))["id"]
    sign_up = (await _join(desk, session_id, attendee_id)).json()
    assert (await desk.client.delete(f"/attendees/{attendee_id}")).status_code == 200
    [said] = await desk.said("session-left", sign_up_id=sign_up["id"])
    assert said["reason"] == "attendee_cancelled"
    assert _slug(await _join(desk, session_id, attendee_id)) == (409, "attendee-cancelled")
    [listed] = (await desk.client.get(f"/gatherings/{gathering_id}/sessions")).json()["items"]
    assert listed["taken"] == 0


async def test_a_visitor_joins_and_leaves_for_themselves_only(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    session_id = await desk.session(gathering_id)
    mine, other = [await desk.attendee(gathering_id) for _ in range(2)]
    path = f"/api/v1/sessions/{session_id}/sign-ups"
    assert (await public.post(path, json={})).status_code == 401
    await public.get(await desk.link(mine["person_id"]))
    made = await public.post(path, json={})
    assert made.json()["attendee_id"] == mine["id"]
    foreign = await public.post(path, json={"attendee_id": other["id"]})
    assert foreign.status_code == 403
    theirs = (await _join(desk, session_id, other["id"])).json()
    assert (await public.delete(f"/api/v1/sign-ups/{theirs['id']}")).status_code == 403
    assert (await public.delete(f"/api/v1/sign-ups/{made.json()['id']}")).status_code == 200


@pytest.mark.parametrize("seats", [1, 3])
async def test_joins_and_leaves_at_once_keep_the_count(desk: Desk, seats: int) -> None:
    gathering_id = await desk.gathering()
    session_id = await desk.session(gathering_id, seats=seats)
    people = [(await desk.attendee(gathering_id))["id"] for _ in range(12)]

    async def come_and_go(attendee_id: str) -> None:
        made = (await _join(desk, session_id, attendee_id)).json()
        await desk.client.delete(f"/sign-ups/{made['id']}")

    await asyncio.gather(*map(come_and_go, people))
    kept = await desk.service.mongo["sessions"].find_one({"_id": session_id})
    assert kept is not None
    assert (kept["taken"], kept["waiting"], kept["next_place"]) == (0, 0, 1)


async def _join(desk: Desk, session_id: str, attendee_id: str) -> httpx.Response:
    body = {"attendee_id": attendee_id}
    return await desk.client.post(f"/sessions/{session_id}/sign-ups", json=body)


def _slug(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["slug"]

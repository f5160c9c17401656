"""Many at once: everybody is registered once and heard by all; a small session fills to its last
seat and the rest stand in line, one after the other."""

from collections import Counter

import httpx
import pytest
from doorpakken_local.demo.crowd import each
from doorpakken_local.demo.play import Play
from doorpakken_local.demo.web import Json

from tests.e2e.gatherings import API, person
from tests.e2e.stores import by_topic, copies, parked, said

pytestmark = pytest.mark.load

CROWD, ASKING, SEATS = 500, 200, 10
PITCH: Json = {
    "kind": "project",
    "title": "OCTA",
    "summary": "Jongeren en bedrijven",
    "needs": [{"category": "placement", "description": "Plek", "amount": 15, "unit": "place"}],
}


async def register(play: Play, count: int) -> list[httpx.Response]:
    """So many people, all at the same time."""
    path = f"{play.gathering_path}/attendees"

    async def one(number: int) -> httpx.Response:
        return await play.desk.registration.session.post(path, json=person(number))

    return await each(range(count), one, at_once=count)


async def test_five_hundred_at_once_are_each_registered_once(play: Play) -> None:
    before = await parked(play)
    answers = await register(play, CROWD)
    assert Counter(answer.status_code for answer in answers) == {201: CROWD}
    await play.settled()
    heads = await said(play)
    assert by_topic(heads)["attendee-registered"] == CROWD
    assert len({head.event_id for head in heads}) == len(heads)
    assert set((await copies(play)).values()) == {CROWD}
    assert await parked(play) == before


async def test_two_hundred_ask_for_ten_seats(play: Play) -> None:
    ids = [answer.json()["id"] for answer in await register(play, ASKING)]
    session_id = await open_session(play, ids[-1])

    async def ask(attendee_id: str) -> httpx.Response:
        return await play.desk.registration.session.post(
            f"{API}/sessions/{session_id}/sign-ups", json={"attendee_id": attendee_id}
        )

    answers = await each(ids, ask, at_once=ASKING)
    assert Counter(answer.status_code for answer in answers) == {201: ASKING}
    bodies = [answer.json() for answer in answers]
    states = Counter(body["state"] for body in bodies)
    assert states == {"active": SEATS, "waitlisted": ASKING - SEATS}
    places = sorted(body["place"] for body in bodies if body["state"] == "waitlisted")
    assert places == list(range(1, ASKING - SEATS + 1))
    await play.settled()
    topics = by_topic(await said(play))
    assert topics["session-joined"] == SEATS
    assert topics["session-waitlisted"] == ASKING - SEATS


async def open_session(play: Play, attendee_id: str) -> str:
    """A published session of ten seats; somebody has to be present for a plan."""
    staff, matching = play.desk.registration, play.desk.matching
    host = await staff.post(f"{play.gathering_path}/attendees", person(CROWD + 1))
    pitch = await staff.post(
        f"{play.gathering_path}/pitches", PITCH | {"person_id": host["person_id"]}
    )
    await staff.post(f"{API}/pitches/{pitch['id']}/review", {"decision": "accepted"})
    await staff.post(f"{API}/attendees/{attendee_id}/check-in")
    await matching.post(f"{play.gathering_path}/rooms", {"name": "Zaal", "capacity": SEATS})
    gathering = await staff.get(f"{play.gathering_path}")
    day = gathering["follow_up_from"]
    slot = {"starts_at": f"{day}T10:00:00+02:00", "ends_at": f"{day}T12:00:00+02:00"}
    await matching.post(f"{play.gathering_path}/slots", slot)
    await play.settled()
    run_id = (await matching.post(f"{play.gathering_path}/plans"))["run_id"]
    await matching.post(f"{API}/plans/{run_id}/publish")
    await play.settled()
    (session,) = await play.sessions()
    assert session["capacity_max"] == SEATS
    return str(session["id"])

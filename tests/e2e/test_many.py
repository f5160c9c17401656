"""Many at once: everybody is registered once and heard by all; a small session fills to its last
seat and the rest stand in line, one after the other."""

from collections import Counter

import httpx
import pytest
from doorpakken_local.demo.crowd import each
from doorpakken_local.demo.play import Play

from tests.e2e.gatherings import API, open_session, register
from tests.e2e.stores import by_topic, copies, parked, said

pytestmark = pytest.mark.load

CROWD, ASKING, SEATS = 500, 200, 10


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
    session_id = await open_session(play, ids[-1], seats=SEATS)

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

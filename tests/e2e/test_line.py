"""Many ask for few seats: exactly so many have one, the others stand in line without a gap; then
some leave, one after the other, and each place goes to the next in line."""

import asyncio
from collections import Counter
from typing import Any

import httpx
import pytest
from doorpakken_local.demo.counting.stores import opened_stores
from doorpakken_local.demo.play import Play
from doorpakken_local.demo.visiting.crowd import each
from doorpakken_plumbing.kafka.admin import history
from pydantic_core import from_json

from tests.amounts import amount
from tests.e2e.gatherings import API, open_session, register
from tests.e2e.stores import by_topic, said

pytestmark = [pytest.mark.load, pytest.mark.fault]

ASKING, SEATS, LEAVING = amount(usual=(200, 20, 15), full=(1000, 40, 100))
IN_FLIGHT = 200
TAKEN = ("active", "held", "offered", "conflict")
RETRIES = 20


async def test_every_seat_is_taken_once_and_given_up_to_the_next_in_line(play: Play) -> None:
    ids = [one.json()["id"] for one in await register(play, ASKING, at_once=IN_FLIGHT)]
    session_id = await open_session(play, ids[0], seats=SEATS)
    answers = await each(ids, lambda one: join(play, session_id, one), at_once=IN_FLIGHT)
    assert Counter(one.status_code for one in answers) == {201: ASKING}
    bodies = [one.json() for one in answers]
    assert Counter(one["state"] for one in bodies) == {
        "active": SEATS,
        "waitlisted": ASKING - SEATS,
    }
    waiting = sorted(
        (one for one in bodies if one["state"] == "waitlisted"), key=lambda one: one["place"]
    )
    assert [one["place"] for one in waiting] == list(range(1, ASKING - SEATS + 1))
    seated = [one["id"] for one in bodies if one["state"] == "active"]
    async with opened_stores(play.place) as stores:
        store = stores["registration"]["sign_ups"]
        for turn in range(LEAVING):
            left = await play.desk.registration.session.delete(f"{API}/sign-ups/{seated[turn]}")
            assert left.status_code == 200
            assert await count_taken(store, session_id) == SEATS
            [offered] = await store.find({"session_id": session_id, "state": "offered"}).to_list()
            assert offered["_id"] == waiting[turn]["id"]
            yes = await join(play, session_id, offered["attendee_id"])
            assert (yes.status_code, yes.json()["id"]) == (201, offered["_id"])
            assert await count_taken(store, session_id) == SEATS
            seated.append(offered["_id"])
    await play.settled()
    assert await offers(play, session_id) == [one["id"] for one in waiting[:LEAVING]]
    topics = by_topic(await said(play))
    assert topics["session-joined"] == SEATS + LEAVING
    assert topics["session-waitlisted"] == ASKING - SEATS


async def join(play: Play, session_id: str, attendee_id: str) -> httpx.Response:
    """Asks for a seat; where the lane is full, again after as long as the answer says."""
    path, body = f"{API}/sessions/{session_id}/sign-ups", {"attendee_id": attendee_id}
    for _ in range(RETRIES):
        answer = await play.desk.registration.session.post(path, json=body)
        if answer.status_code != 503:
            break
        assert answer.json()["slug"] == "busy"
        await asyncio.sleep(int(answer.headers["Retry-After"]))  # as told
    return answer


async def count_taken(store: Any, session_id: str) -> int:
    """How many seats of the session are taken now."""
    found: int = await store.count_documents(
        {"session_id": session_id, "state": {"$in": list(TAKEN)}}
    )
    return found


async def offers(play: Play, session_id: str) -> list[str]:
    """The sign-ups that were offered a place, in the order in which it was said."""
    records = await history(play.place.kafka, ["session-offered"])
    # By id: what a relay says again after a kill was said once.
    told = {dict(one.headers)["ce_id"]: from_json(one.value) for one in records if one.value}
    ours = {event_id: data for event_id, data in told.items() if data["session_id"] == session_id}
    return [ours[event_id]["sign_up_id"] for event_id in sorted(ours)]

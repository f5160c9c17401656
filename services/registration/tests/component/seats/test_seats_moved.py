"""What ends and begins for one person at once: an offer that shrinks back into a place in line, a
seat handed to somebody who waits for it, and a host whose session moves."""

from datetime import timedelta

import httpx
from doorpakken_events.matching import SessionRescheduled

from services.registration.tests.component.desk import Desk, Json


async def test_more_seats_then_fewer_then_none_and_everybody_is_told(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    session_id = await desk.session(gathering_id, seats=1)
    seated, waiting = [await desk.attendee(gathering_id) for _ in range(2)]
    for one in (seated, waiting):
        await _join(desk, session_id, one["id"])
    await _change(desk, session_id, 2, capacity_max=2)
    assert len(await desk.said("session-offered", session_id=session_id)) == 1
    await _change(desk, session_id, 3, capacity_max=1)
    assert await _open(desk, session_id) == {seated["id"]: "active", waiting["id"]: "waitlisted"}
    await desk.cancel_session(session_id, 4)
    assert await _open(desk, session_id) == {}
    left = await desk.said("session-left", session_id=session_id, reason="session_cancelled")
    assert {one["attendee_id"] for one in left} == {seated["id"], waiting["id"]}
    late = await _join(desk, session_id, waiting["id"])
    assert (late.status_code, late.json()["slug"]) == (409, "session-cancelled")
    parked = desk.service.mongo["parked"]
    assert await parked.count({"subject": f"session/{session_id}"}) == 0


async def test_an_offer_in_conflict_stands_in_line_again_when_its_place_is_gone(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    first = await desk.session(gathering_id, seats=1, day=20)
    other = await desk.session(gathering_id, seats=5, day=21)
    holder, both = [await desk.attendee(gathering_id) for _ in range(2)]
    await _join(desk, other, both["id"])
    for one in (holder, both):
        await _join(desk, first, one["id"])
    await _change(desk, first, 2, capacity_max=2)
    await _change(desk, first, 3, day=1)
    assert (await _open(desk, first))[both["id"]] == "conflict"
    await _change(desk, first, 4, capacity_max=1)
    assert (await _open(desk, first))[both["id"]] == "waitlisted"


async def test_a_seat_goes_to_a_colleague_who_waits_for_it(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    session_id = await desk.session(gathering_id, seats=1)
    giver = await desk.attendee(gathering_id)
    colleague = {"name": "Cynthia Orchidee", "email": "cynthia@orchidee.example"}
    waiting = await desk.attendee(gathering_id, **colleague)
    given = (await _join(desk, session_id, giver["id"])).json()
    await _join(desk, session_id, waiting["id"])
    asked = await desk.client.post(f"/sign-ups/{given['id']}/handovers", json=colleague)
    await public.get(await desk.link(waiting["person_id"], "handover", asked.json()["id"]))
    yes = await public.post(f"/handover/{asked.json()['id']}", data={"answer": "yes"})
    assert yes.status_code == 303, yes.text
    assert await _open(desk, session_id) == {waiting["id"]: "active"}


async def test_a_host_who_takes_over_a_session_that_moves_keeps_no_seat(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    session_id = await desk.session(gathering_id, seats=2)
    host, guest = [await desk.attendee(gathering_id) for _ in range(2)]
    for one in (host, guest):
        await _join(desk, session_id, one["id"])
    await _change(desk, session_id, 2, host=host["person_id"], day=3)
    assert await _open(desk, session_id) == {guest["id"]: "active"}
    calendar = await desk.service.mongo["calendars"].find_one({"_id": host["person_id"]})
    assert calendar is not None
    assert calendar["entries"] == []


async def _join(desk: Desk, session_id: str, attendee_id: str) -> httpx.Response:
    body = {"attendee_id": attendee_id}
    return await desk.client.post(f"/sessions/{session_id}/sign-ups", json=body)


async def _change(desk: Desk, session_id: str, version: int, **changes: object) -> None:
    """Matching says the session anew; `day` moves it by so many days."""
    kept = await desk.service.mongo["sessions"].find_one({"_id": session_id})
    assert kept is not None
    days = timedelta(days=int(str(changes.pop("day", 0))))
    moved = {name: kept[name] + days for name in ("starts_at", "ends_at")}
    names = SessionRescheduled.model_fields
    fields: Json = {name: value for name, value in kept.items() if name in names}
    fields |= {"session_id": session_id, "state": "rescheduled"} | moved | changes
    await desk.hear(SessionRescheduled.model_validate(fields), version)


async def _open(desk: Desk, session_id: str) -> dict[str, str]:
    """Who has what in the session."""
    match = {"session_id": session_id, "is_open": True}
    found = await desk.service.mongo["sign_ups"].find(match)
    return {one["attendee_id"]: one["state"] for one in found}

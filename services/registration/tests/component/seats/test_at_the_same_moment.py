"""Decisions that stand on what another changes at the same moment: each is made again, so that a
free place, a seat or a cancelling is never missed."""

from typing import Any

from doorpakken_plumbing.messaging.lanes import Command
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.observing.tracing import Origin
from doorpakken_registration.attendance import registration
from doorpakken_registration.attendance.model.registration import Registration
from doorpakken_registration.gatherings.model.attendee import Details
from doorpakken_registration.gatherings.model.private_details import Told
from doorpakken_registration.people.model.person import Introduction
from doorpakken_registration.seats import seats_lane
from doorpakken_registration.seats.seats_lane import Asked
from doorpakken_registration.seats.sign_ups import Join, Leave

from services.registration.tests.component.attendance.test_places import listed, taken
from services.registration.tests.component.desk import Desk, somebody
from services.registration.tests.component.meanwhile import meanwhile
from tests.probe import becomes


async def test_nobody_waits_beside_a_place_that_an_erasure_frees(desk: Desk) -> None:
    gathering_id = await desk.gathering(capacity=1)
    first = await desk.attendee(gathering_id)
    command = Command(_registration(gathering_id), Origin.current())

    async def erase() -> None:
        await desk.client.post(f"/persons/{first['person_id']}/erase")
        timers = desk.service.mongo["timers"]
        await becomes(lambda: timers.count({"_id": f"places-free/{gathering_id}"}), 0)

    async def sign_up(tx: Transaction) -> Any:
        return await registration.register(tx, [command])

    await meanwhile(desk.service.transact, sign_up, erase)
    [one] = await listed(desk, gathering_id)
    assert (one["state"], await taken(desk, gathering_id)) == ("registered", 1)


async def test_nobody_waits_behind_who_is_gone(desk: Desk) -> None:
    gathering_id = await desk.gathering(capacity=1)
    first, waiting = [await desk.attendee(gathering_id) for _ in range(2)]
    command = Command(_registration(gathering_id), Origin.current())

    async def both_go() -> None:
        for one in (waiting, first):
            await desk.client.delete(f"/attendees/{one['id']}")
        timers = desk.service.mongo["timers"]
        await becomes(lambda: timers.count({"_id": f"places-free/{gathering_id}"}), 0)

    async def sign_up(tx: Transaction) -> Any:
        return await registration.register(tx, [command])

    await meanwhile(desk.service.transact, sign_up, both_go)
    assert [one["state"] for one in await listed(desk, gathering_id)][-1] == "registered"


async def test_who_cancels_gets_no_seat_at_that_moment(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    session_id = await desk.session(gathering_id)
    attendee = await desk.attendee(gathering_id)
    # They had a seat before, so that their calendar is there, and empty.
    made = await desk.client.post(
        f"/sessions/{session_id}/sign-ups", json={"attendee_id": attendee["id"]}
    )
    await desk.client.delete(f"/sign-ups/{made.json()['id']}")
    joining = Command[Asked](Join(session_id, attendee["id"], 2), Origin.current())

    async def join(tx: Transaction) -> Any:
        return await seats_lane.decide(tx, [joining])

    async def cancel() -> None:
        await desk.client.delete(f"/attendees/{attendee['id']}")

    [answer] = await meanwhile(desk.service.transact, join, cancel)
    assert getattr(answer, "slug", None) == "attendee-cancelled"


async def test_who_frees_their_time_is_not_passed_by_at_that_moment(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    full, other = [await desk.session(gathering_id, seats=1, day=20) for _ in range(2)]
    holder, waiting = [await desk.attendee(gathering_id) for _ in range(2)]
    held = await _join(desk, full, holder["id"])
    elsewhere = await _join(desk, other, waiting["id"])
    in_line = await _join(desk, full, waiting["id"])
    leaving = Command[Asked](Leave(held, full, holder["id"]), Origin.current())

    async def leave(tx: Transaction) -> Any:
        return await seats_lane.decide(tx, [leaving])

    async def free_time() -> None:
        await desk.client.delete(f"/sign-ups/{elsewhere}")

    await meanwhile(desk.service.transact, leave, free_time)
    now = await desk.service.mongo["sign_ups"].find_one({"_id": in_line})
    assert now is not None
    assert now["state"] == "offered"


async def _join(desk: Desk, session_id: str, attendee_id: str) -> str:
    body = {"attendee_id": attendee_id}
    made = await desk.client.post(f"/sessions/{session_id}/sign-ups", json=body)
    assert made.status_code == 201, made.text
    found: str = made.json()["id"]
    return found


def _registration(gathering_id: str) -> Registration:
    told = somebody("Ama Mimosa")
    return Registration(
        gathering_id=gathering_id,
        who=Introduction(told["name"], told["email"], None, "nl"),
        details=Details(
            kind=told["kind"],
            organisation=None,
            availability=(),
            interests=(),
            offers=(),
            told=Told(),
            is_listed=False,
            listing_words="",
        ),
        staff_id="staff-1",
        links_per_hour=3,
    )

"""A full gathering: who waits is told so, the longest waiting is offered what comes free, and
nobody is given a place they did not say yes to."""

from datetime import timedelta

import httpx
from doorpakken_plumbing.time import clock

from services.registration.tests.component.desk import Desk, Json, somebody
from tests.probe import becomes


async def test_a_free_place_is_offered_and_accepted(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering(capacity=1)
    first = await desk.attendee(gathering_id, name="Aba Wilg")
    second = await desk.attendee(gathering_id, name="Baba Wilg")
    third = await desk.attendee(gathering_id, name="Cees Wilg")
    await desk.client.delete(f"/attendees/{first['id']}")
    await becomes(lambda: states(desk, gathering_id), ["cancelled", "offered", "waitlisted"])
    assert await taken(desk, gathering_id) == 1
    [said] = await desk.said("attendee-updated", attendee_id=second["id"])
    assert (said["state"], said["hold_until"] is None) == ("offered", False)
    await public.get(await desk.link(second["person_id"]))
    page = (await public.get("/me")).text
    assert "Er is een plaats voor u vrij." in page
    for _ in range(2):
        yes = await public.post(f"/me/attendees/{second['id']}/accept")
        assert yes.status_code == 303
    assert await states(desk, gathering_id) == ["cancelled", "registered", "waitlisted"]
    # They get the mail of a sign-up, with their code at the door, once.
    [asked] = await desk.said("link-requested", person_id=second["person_id"])
    assert (asked["purpose"], asked["attendee_id"]) == ("registered", second["id"])
    # Nobody takes what is not offered to them.
    await public.get(await desk.link(third["person_id"]))
    assert (await public.post(f"/me/attendees/{third['id']}/accept")).status_code == 409


async def test_a_place_nobody_answers_for_goes_to_the_next(desk: Desk) -> None:
    gathering_id = await desk.gathering(capacity=1)
    first = await desk.attendee(gathering_id, name="Aba Els")
    second = await desk.attendee(gathering_id, name="Baba Els")
    await desk.attendee(gathering_id, name="Cees Els")
    await desk.client.delete(f"/attendees/{first['id']}")
    await becomes(lambda: states(desk, gathering_id), ["cancelled", "offered", "waitlisted"])
    # Its two days are over at this moment.
    due = {"$set": {"due": clock.now() - timedelta(seconds=1)}}
    await desk.service.mongo["timers"].update_one({"_id": f"place-offer/{second['id']}"}, due)
    await becomes(lambda: states(desk, gathering_id), ["cancelled", "cancelled", "offered"])
    assert await taken(desk, gathering_id) == 1


async def test_who_loses_their_place_has_no_seat_in_a_session_either(desk: Desk) -> None:
    """A guest of a full gathering may have a seat while they wait for a place."""
    gathering_id = await desk.gathering(capacity=1)
    session_id = await desk.session(gathering_id)
    first = await desk.attendee(gathering_id, name="Aba Iep")
    guest = await desk.attendee(gathering_id, name="Baba Iep")
    body = {"attendee_id": guest["id"]}
    seat = (await desk.client.post(f"/sessions/{session_id}/sign-ups", json=body)).json()
    await desk.client.delete(f"/attendees/{first['id']}")
    await becomes(lambda: states(desk, gathering_id), ["cancelled", "offered"])
    due = {"$set": {"due": clock.now() - timedelta(seconds=1)}}
    await desk.service.mongo["timers"].update_one({"_id": f"place-offer/{guest['id']}"}, due)
    await becomes(lambda: states(desk, gathering_id), ["cancelled", "cancelled"])
    [left] = await desk.said("session-left", sign_up_id=seat["id"])
    assert left["reason"] == "attendee_cancelled"
    assert await taken(desk, gathering_id) == 0


async def test_more_room_is_offered_in_order(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering(capacity=1)
    for name in ("Aba Berk", "Baba Berk", "Cees Berk", "Dora Berk"):
        await desk.attendee(gathering_id, name=name)
    await desk.client.patch(f"/gatherings/{gathering_id}", json={"capacity": 3})
    wanted = ["registered", "offered", "offered", "waitlisted"]
    await becomes(lambda: states(desk, gathering_id), wanted)
    assert await taken(desk, gathering_id) == 3
    # Somebody who is forgotten leaves a place too.
    [first, *_] = await listed(desk, gathering_id)
    await public.get(await desk.link(first["person_id"]))
    await public.post("/me/erase")
    await becomes(lambda: states(desk, gathering_id), ["offered", "offered", "offered"])
    assert await taken(desk, gathering_id) == 3


async def test_who_waits_is_told_so(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering(capacity=1)
    for name in ("Aba Linde", "Baba Linde"):
        await public.post(f"/g/{gathering_id}", data=somebody(name))
    said = await desk.said("link-requested", gathering_id=gathering_id)
    assert [one["purpose"] for one in said] == ["registered", "waitlisted"]


async def listed(desk: Desk, gathering_id: str) -> list[Json]:
    """Who is at the gathering, in order of registration."""
    items: list[Json] = (await desk.client.get(f"/gatherings/{gathering_id}/attendees")).json()[
        "items"
    ]
    return items


async def states(desk: Desk, gathering_id: str) -> list[str]:
    """How each stands."""
    return [one["state"] for one in await listed(desk, gathering_id)]


async def taken(desk: Desk, gathering_id: str) -> int:
    """How many places are counted as taken."""
    count: int = (await desk.client.get(f"/gatherings/{gathering_id}")).json()["taken"]
    return count

"""Rooms and times are changed and removed, unless a session stands there; a plan whose room or time
changed is outdated."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx

from services.matching.tests.component.gathering import Gathering
from services.matching.tests.component.test_refusals import slug_of


async def of(gathering: Gathering, what: str, number: int = 0) -> dict[str, Any]:
    """One room or slot with its address in the API."""
    answer = await gathering.client.get(f"/gatherings/{gathering.id}/{what}")
    found: dict[str, Any] = answer.json()["items"][number]
    return found | {"path": f"/gatherings/{gathering.id}/{what}/{found['id']}"}


async def in_use(gathering: Gathering, what: str) -> dict[str, Any]:
    """The room or slot of the only session."""
    (session,) = await gathering.sessions()
    key = "room_id" if what == "rooms" else "slot_id"
    return {"path": f"/gatherings/{gathering.id}/{what}/{session[key]}"}


async def test_a_room_is_changed_and_removed(
    gathering: Gathering, client: httpx.AsyncClient
) -> None:
    await gathering.prepare()
    room = await of(gathering, "rooms")
    link = "https://meet.example/zaal"
    changed = await client.patch(room["path"], json={"capacity": 7, "link": link})
    assert (changed.status_code, changed.json()) == (
        200,
        {"id": room["id"], "name": "Atelier", "capacity": 7, "address": "", "link": link},
    )
    assert (await client.patch(room["path"], json={"link": None})).json()["link"] is None
    taken = await client.patch(room["path"], json={"name": "Keuken"})
    assert slug_of(taken) == (409, "room-exists")
    assert (await client.delete(room["path"])).status_code == 204
    assert slug_of(await client.delete(room["path"])) == (404, "not-found")
    rooms = (await client.get(f"/gatherings/{gathering.id}/rooms")).json()["items"]
    assert [one["name"] for one in rooms] == ["Keuken", "Zaal Ara", "Zaal Reiger"]


async def test_a_slot_is_changed_and_removed(
    gathering: Gathering, client: httpx.AsyncClient
) -> None:
    await gathering.prepare()
    slot, other = await of(gathering, "slots"), await of(gathering, "slots", 1)
    later = f"{gathering.start + timedelta(days=11, hours=3)}"
    changed = await client.patch(slot["path"], json={"ends_at": later})
    assert (changed.status_code, changed.json()["starts_at"]) == (200, slot["starts_at"])
    early = await client.patch(slot["path"], json={"ends_at": slot["starts_at"]})
    assert slug_of(early) == (422, "slot-ends-too-early")
    times = {name: other[name] for name in ("starts_at", "ends_at")}
    assert slug_of(await client.patch(slot["path"], json=times)) == (409, "slot-exists")
    assert (await client.delete(slot["path"])).status_code == 204
    assert slug_of(await client.get(slot["path"])) == (404, "not-found")


async def test_a_slot_stays_within_the_follow_up_window(
    gathering: Gathering, client: httpx.AsyncClient
) -> None:
    day = (gathering.start + timedelta(days=5)).date()
    await gathering.hear((gathering.published(follow_up_from=day), 1))
    await gathering.add_slot(days=6)
    slot = await of(gathering, "slots")
    starts_at, ends_at = gathering.start + timedelta(days=1), gathering.start + timedelta(days=2)
    moved = {"starts_at": f"{starts_at}", "ends_at": f"{ends_at}"}
    refused = await client.patch(slot["path"], json=moved)
    assert slug_of(refused) == (422, "slot-outside-window")


async def test_what_a_session_stands_in_stays_and_the_session_is_named(
    gathering: Gathering, client: httpx.AsyncClient
) -> None:
    await gathering.prepare()
    await gathering.publish(await gathering.plan())
    (session,) = await gathering.sessions()
    room, slot = await in_use(gathering, "rooms"), await in_use(gathering, "slots")
    later = {"ends_at": f"{gathering.start + timedelta(days=40)}"}
    for answer, slug in (
        (await client.delete(room["path"]), "room-in-use"),
        (await client.patch(room["path"], json={"capacity": 3}), "room-in-use"),
        (await client.delete(slot["path"]), "slot-in-use"),
        (await client.patch(slot["path"], json=later), "slot-in-use"),
    ):
        assert slug_of(answer) == (409, slug)
        named = [{"session_id": session["id"], "title": "Pitch one"}]
        assert answer.json()["sessions"] == named
    assert (await client.patch(room["path"], json={})).status_code == 200
    await gathering.change(session["id"], "cancel")
    assert (await client.delete(room["path"])).status_code == 204
    assert (await client.delete(slot["path"])).status_code == 204


async def test_a_plan_whose_place_changed_is_outdated(
    gathering: Gathering, client: httpx.AsyncClient
) -> None:
    await gathering.prepare()
    plan = await gathering.plan()
    (planned,) = plan["sessions"]
    room = f"/gatherings/{gathering.id}/rooms/{planned['room']}"
    await client.patch(room, json={"address": "Bijlmerdreef 1"})
    assert slug_of(await gathering.publish(plan)) == (409, "plan-outdated")
    plan = await gathering.plan()
    (planned,) = plan["sessions"]
    await client.delete(f"/gatherings/{gathering.id}/slots/{planned['slot']}")
    assert slug_of(await gathering.publish(plan)) == (409, "plan-outdated")
    assert (await gathering.publish(await gathering.plan())).status_code == 200


async def test_removing_and_publishing_at_once_leave_no_session_without_a_room(
    gathering: Gathering, client: httpx.AsyncClient
) -> None:
    await gathering.prepare()
    plan = await gathering.plan()
    (planned,) = plan["sessions"]
    room = f"/gatherings/{gathering.id}/rooms/{planned['room']}"
    published, removed = await asyncio.gather(gathering.publish(plan), client.delete(room))
    assert (published.status_code, removed.status_code) in ((200, 409), (409, 204))


async def test_of_two_changes_of_the_same_state_one_is_refused(
    gathering: Gathering, client: httpx.AsyncClient
) -> None:
    await gathering.prepare()
    room = await of(gathering, "rooms")
    seen = {"If-Match": (await client.get(room["path"])).headers["etag"]}
    answers = await asyncio.gather(
        client.patch(room["path"], json={"capacity": 7}, headers=seen),
        client.patch(room["path"], json={"capacity": 9}, headers=seen),
    )
    assert sorted(one.status_code for one in answers) == [200, 412]
    assert slug_of(await client.delete(room["path"], headers=seen)) == (412, "changed-meanwhile")


async def test_staff_choose_until_when_people_answer(gathering: Gathering) -> None:
    await gathering.prepare()
    plan = await gathering.plan()
    path = f"/plans/{plan['run_id']}/publish"
    late = {"answer_by": plan["sessions"][0]["starts_at"]}
    refused = await gathering.client.post(path, json=late)
    assert slug_of(refused) == (422, "answer-by-out-of-range")
    until = (gathering.start + timedelta(days=3)).isoformat().replace("+00:00", "Z")
    published = await gathering.client.post(path, json={"answer_by": until})
    assert (published.status_code, published.json()["answer_by"]) == (200, until)
    (said,) = await gathering.said("plan-published")
    assert said["answer_by"] == until

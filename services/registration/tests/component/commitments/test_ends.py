"""What becomes of promises when their pitch, their owner or their organisation goes, and what their
timer says."""

from datetime import datetime, timedelta
from typing import Any

import httpx
from doorpakken_plumbing.time import clock
from doorpakken_registration.commitments.model.due import at_nine, today

from services.registration.tests.component.commitments.test_commitments import Table, day
from services.registration.tests.component.desk import Desk, Json
from services.registration.tests.component.merging import merge
from tests.probe import becomes


async def test_a_withdrawn_pitch_ends_what_was_not_done(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    table = await Table.of(desk, public)
    waiting, begun, running = [await table.written_down() for _ in range(3)]
    for one in (begun, running):
        await _accept(desk, one["id"])
    progress = {"note": "twee begonnen", "done": 2}
    await desk.client.post(f"/commitments/{begun['id']}/progress", json=progress)
    await desk.client.post(f"/pitches/{table.pitch['id']}/withdraw", json={})

    async def states() -> list[tuple[str, str | None]]:
        found = [await _get(desk, one["id"]) for one in (waiting, begun, running)]
        return [(one["state"], one["reason"]) for one in found]

    ended = ("ended", "pitch_withdrawn")
    await becomes(states, [ended, ("delivered", None), ended])
    assert (await _get(desk, begun["id"]))["delivered_amount"] == 2


async def test_an_erased_owner_leaves_what_their_organisation_promised(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    table = await Table.of(desk, public)
    ours = await table.written_down()
    own, done, waiting = [await _own(table) for _ in range(3)]
    await _accept(desk, own["id"])
    await _accept(desk, done["id"])
    await desk.client.post(f"/commitments/{done['id']}/deliver", json={"amount": 3})
    person_id = table.contact["person_id"]
    assert (await desk.client.post(f"/persons/{person_id}/erase")).status_code < 300
    kept = await _get(desk, ours["id"])
    assert (kept["person_id"], kept["state"], kept["marks"]) == (None, "proposed", ["no_owner"])
    for one in (own, waiting):
        ended = await _get(desk, one["id"])
        assert (ended["state"], ended["reason"], ended["what"]) == ("ended", "person_erased", "")
    left = await _get(desk, done["id"])
    assert (left["state"], left["delivered_amount"], left["what"]) == ("delivered", 3, "")
    assert left["person_id"] is None


async def test_merged_people_share_their_promises(desk: Desk, public: httpx.AsyncClient) -> None:
    table = await Table.of(desk, public)
    own = await _own(table)
    stays = await desk.attendee(await desk.gathering())
    assert (await merge(desk, table.contact, stays)).status_code < 300
    assert (await _get(desk, own["id"]))["person_id"] == stays["person_id"]
    [said] = await desk.said("commitment-updated", commitment_id=own["id"])
    assert (said["version"], said["person_id"]) == (2, stays["person_id"])


async def test_the_timer_says_the_newest_thing_once_and_waits_for_the_next(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    table = await Table.of(desk, public)
    made = await table.written_down()
    await _accept(desk, made["id"])
    due = today(clock.now()) - timedelta(days=3)
    earlier = {"due": due.isoformat(), "planned_at": clock.now() - timedelta(days=60)}
    await desk.service.mongo["commitments"].update_one({"_id": made["id"]}, {"$set": earlier})

    async def told() -> list[Any]:
        topics = ("commitment-due-soon", "commitment-overdue")
        said = [one for topic in topics for one in await desk.said(topic, commitment_id=made["id"])]
        return [(one["what"], one["due"]) for event in said for one in event["told"]]

    key = f"commitment/{made['id']}"
    for _ in range(2):
        await _is_due(desk, key)
        await becomes(lambda: _due_at(desk, key), at_nine(due + timedelta(days=7)))
        assert await told() == [("past_1", due.isoformat())]
    assert (await _get(desk, made["id"]))["marks"] == ["past_date"]


async def _is_due(desk: Desk, key: str) -> None:
    at_once = {"$set": {"due": clock.now()}}
    assert await desk.service.mongo["timers"].update_one({"_id": key}, at_once) == 1


async def _due_at(desk: Desk, key: str) -> datetime:
    found = await desk.service.mongo["timers"].find_one({"_id": key})
    assert found
    due: datetime = found["due"]
    return due


async def _own(table: Table) -> Json:
    """Of the person alone, written down by staff."""
    body = table.asked(3, person_id=table.contact["person_id"])
    answer = await table.desk.client.post(f"/pitches/{table.pitch['id']}/commitments", json=body)
    assert answer.status_code == 201, answer.text
    made: Json = answer.json()
    return made


async def _accept(desk: Desk, commitment_id: str) -> None:
    body = {"due": day(50), "publication": "none"}
    answer = await desk.client.post(f"/commitments/{commitment_id}/accept", json=body)
    assert answer.status_code == 200, answer.text


async def _get(desk: Desk, commitment_id: str) -> Json:
    found: Json = (await desk.client.get(f"/commitments/{commitment_id}")).json()
    return found

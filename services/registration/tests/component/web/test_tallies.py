"""Numbers that pages show are kept, not counted; they are what counting gives, also of all that
other tests did before, and on a database of an earlier version."""

from collections import Counter
from typing import Any

from doorpakken_plumbing.mongo.database import Mongo
from doorpakken_plumbing.service import Service
from doorpakken_registration.gatherings.model.attendee import WITH_A_PLACE
from doorpakken_registration.gatherings.store import attendees
from doorpakken_registration.pitches import counting
from doorpakken_registration.pitches.store import endorsements

from services.registration.tests.component.accepted import accepted_pitch
from services.registration.tests.component.desk import Desk

STANCES = ("believes", "joins")


async def _attendees_counted(mongo: Mongo) -> dict[str, Counter[str]]:
    counted: dict[str, Counter[str]] = {}
    for one in await mongo["attendees"].find({}):
        if one["state"] in WITH_A_PLACE:
            counted.setdefault(one["gathering_id"], Counter())[one["kind"]] += 1
    return counted


async def _support_counted(mongo: Mongo) -> Counter[tuple[Any, ...]]:
    return Counter(
        (one["pitch_id"], one["stance"], one["organisation_id"])
        for one in await mongo["endorsements"].find({"state": "confirmed"})
    )


async def _support_kept(mongo: Mongo) -> Counter[tuple[Any, ...]]:
    pitches = {one["pitch_id"] for one in await mongo["endorsements"].find({})}
    found = await endorsements.count_support(mongo, pitches)
    return Counter({(one.pitch_id, one.stance, one.organisation_id): one.number for one in found})


async def _require_true(mongo: Mongo) -> None:
    counted = await _attendees_counted(mongo)
    gatherings = {one["gathering_id"] for one in await mongo["attendees"].find({})}
    kept = {one: await attendees.count_by_kind(mongo, one) for one in gatherings}
    assert {one: counts for one, counts in kept.items() if counts} == counted
    assert await _support_kept(mongo) == await _support_counted(mongo)


async def test_who_comes_is_kept_through_all_that_happens(desk: Desk, service: Service) -> None:
    gathering_id = await desk.gathering()
    who = [await desk.attendee(gathering_id, kind="covenant_partner") for _ in range(4)]
    changed = await desk.client.put(
        f"/attendees/{who[0]['id']}/details", json={"kind": "community_member"}
    )
    assert changed.status_code == 200, changed.text
    for one in who[1:3]:
        gone = await desk.client.delete(f"/attendees/{one['id']}")
        assert gone.status_code == 200, gone.text
    kept = await attendees.count_by_kind(service.mongo, gathering_id)
    assert kept == {"community_member": 1, "covenant_partner": 1}
    await _require_true(service.mongo)


async def test_support_is_kept_through_all_that_happens(desk: Desk, service: Service) -> None:
    gathering_id = await desk.gathering()
    pitch_id = (await accepted_pitch(desk, gathering_id))["id"]
    who = [await desk.attendee(gathering_id) for _ in range(3)]
    for one in who:
        body = {"stance": "believes", "person_id": one["person_id"]}
        said = await desk.client.post(f"/pitches/{pitch_id}/endorsements", json=body)
        assert said.status_code == 201, said.text
    again = {"stance": "joins", "person_id": who[0]["person_id"]}
    await desk.client.post(f"/pitches/{pitch_id}/endorsements", json=again)
    withdrawn = await desk.client.delete(f"/endorsements/{said.json()['id']}")
    assert withdrawn.status_code == 200, withdrawn.text
    found = await endorsements.count_support(service.mongo, [pitch_id])
    assert {one.stance: one.number for one in found} == {"believes": 1, "joins": 1}
    await _require_true(service.mongo)


async def test_a_database_without_kept_numbers_is_counted_at_start(
    desk: Desk, service: Service
) -> None:
    gathering_id = await desk.gathering()
    await desk.attendee(gathering_id)
    await service.mongo["tallies"].delete_many({})
    await counting.begin(service)
    await _require_true(service.mongo)
    await counting.begin(service)
    await _require_true(service.mongo)

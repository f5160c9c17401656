"""Wishes: what is said last counts, and only accepted pitches of that gathering are taken."""

import asyncio

import httpx
import pytest

from services.registration.tests.component.accepted import accepted_pitch, accepted_pitches
from services.registration.tests.component.desk import Desk, Json, plan_for_work


async def test_what_is_said_last_counts(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    first, second, third = await accepted_pitches(desk, gathering_id, 3)
    mine = await desk.attendee(gathering_id)
    assert (await _say(desk, mine, [first, second, third]))["version"] == 1
    assert (await _say(desk, mine, [first, second, third]))["version"] == 1
    assert (await _say(desk, mine, [second, first]))["pitch_ids"] == [second, first]
    assert await _listed(desk, gathering_id) == {mine["id"]: [second, first]}
    assert (await _say(desk, mine, []))["version"] == 3
    assert await _listed(desk, gathering_id) == {}
    said = await desk.said("wishes-stated", attendee_id=mine["id"])
    assert [(one["version"], one["pitch_ids"]) for one in said] == [
        (1, [first, second, third]),
        (2, [second, first]),
        (3, []),
    ]


async def test_who_never_said_anything_takes_nothing_back(desk: Desk) -> None:
    mine = await desk.attendee(await desk.gathering())
    assert (await _say(desk, mine, []))["version"] == 0
    assert await desk.said("wishes-stated", attendee_id=mine["id"]) == []


@pytest.mark.parametrize(
    ("choose", "slug"),
    [
        (lambda here, other, new: [here, here], "not-one-of-the-pitches"),
        (lambda here, other, new: [other], "not-one-of-the-pitches"),
        (lambda here, other, new: [new], "not-one-of-the-pitches"),
        (lambda here, other, new: ["nope"], "not-one-of-the-pitches"),
        (lambda here, other, new: [here] * 4, "invalid-input"),
    ],
)
async def test_what_cannot_be_wished_for(desk: Desk, choose: object, slug: str) -> None:
    assert callable(choose)
    gathering_id = await desk.gathering()
    here = (await accepted_pitch(desk, gathering_id))["id"]
    other = (await accepted_pitch(desk, await desk.gathering()))["id"]
    new = await desk.client.post(f"/gatherings/{gathering_id}/pitches", json=plan_for_work())
    mine = await desk.attendee(gathering_id)
    body = {"pitch_ids": choose(here, other, new.json()["id"])}
    answer = await desk.client.put(f"/attendees/{mine['id']}/wishes", json=body)
    assert (answer.status_code, answer.json()["slug"]) == (422, slug)
    assert await desk.said("wishes-stated", attendee_id=mine["id"]) == []


async def test_who_does_not_take_part_has_no_wishes(desk: Desk) -> None:
    gathering_id = await desk.gathering(capacity=1)
    pitch_ids = await accepted_pitches(desk, gathering_id, 1)
    gone, waiting = await desk.attendee(gathering_id), await desk.attendee(gathering_id)
    await desk.client.delete(f"/attendees/{gone['id']}")
    for one in (gone, waiting):
        answer = await desk.client.put(
            f"/attendees/{one['id']}/wishes", json={"pitch_ids": pitch_ids}
        )
        assert (answer.status_code, answer.json()["slug"]) == (409, "not-taking-part")
    await desk.client.post(f"/attendees/{waiting['id']}/check-in")
    assert (await _say(desk, waiting, pitch_ids))["version"] == 1


async def test_everybody_chooses_for_themselves(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    pitch_ids = await accepted_pitches(desk, gathering_id, 1)
    mine, other = await desk.attendee(gathering_id), await desk.attendee(gathering_id)
    path = f"/api/v1/attendees/{mine['id']}/wishes"
    assert (await public.put(path, json={"pitch_ids": pitch_ids})).status_code == 401
    await public.get(await desk.link(other["person_id"]))
    assert (await public.put(path, json={"pitch_ids": pitch_ids})).status_code == 403
    await public.get(await desk.link(mine["person_id"]))
    said = await public.put(path, json={"pitch_ids": pitch_ids})
    assert (said.status_code, said.json()["pitch_ids"]) == (200, pitch_ids)
    listed = await public.get(f"/api/v1/gatherings/{gathering_id}/wishes")
    assert listed.status_code == 401


async def test_said_at_once_is_one_after_the_other(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    pitch_ids = await accepted_pitches(desk, gathering_id, 3)
    mine = await desk.attendee(gathering_id)
    answers = await asyncio.gather(*(_say(desk, mine, [one]) for one in pitch_ids * 2))
    said = await desk.said("wishes-stated", attendee_id=mine["id"])
    said.sort(key=lambda one: one["version"])
    assert [one["version"] for one in said] == [*range(1, len(said) + 1)]
    assert len(said) >= len(pitch_ids)
    assert {answer["version"] for answer in answers} == {one["version"] for one in said}
    assert await _listed(desk, gathering_id) == {mine["id"]: said[-1]["pitch_ids"]}


async def test_the_wishes_of_who_is_erased_are_gone_everywhere(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    pitch_ids = await accepted_pitches(desk, gathering_id, 1)
    mine, other = await desk.attendee(gathering_id), await desk.attendee(gathering_id)
    for one in (mine, other):
        await _say(desk, one, pitch_ids)
    erased = await desk.client.post(f"/persons/{mine['person_id']}/erase")
    assert erased.status_code == 202, erased.text
    assert await _listed(desk, gathering_id) == {other["id"]: pitch_ids}
    rows = await desk.service.mongo["outbox"].find(
        {"topic": "wishes-stated", "key": mine["id"]}, sort=[("version", 1)]
    )
    assert [(row["version"], row["payload"] is None) for row in rows] == [(2, True)]


async def _say(desk: Desk, attendee: Json, pitch_ids: list[str]) -> Json:
    answer = await desk.client.put(
        f"/attendees/{attendee['id']}/wishes", json={"pitch_ids": pitch_ids}
    )
    assert answer.status_code == 200, answer.text
    said: Json = answer.json()
    return said


async def _listed(desk: Desk, gathering_id: str) -> dict[str, list[str]]:
    listed = (await desk.client.get(f"/gatherings/{gathering_id}/wishes")).json()["items"]
    return {one["attendee_id"]: one["pitch_ids"] for one in listed}

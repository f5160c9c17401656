"""What matching refuses, with a slug that does not change and a sentence that helps."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import httpx
import pytest
from doorpakken_matching.gatherings import await_gathering
from doorpakken_plumbing.http.errors import NotFound
from doorpakken_plumbing.service import Service

from services.matching.tests.component.conftest import ClientOf
from services.matching.tests.component.gathering import Gathering


def slug_of(answer: httpx.Response) -> tuple[int, str]:
    """Status and slug of a problem, which must say something."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    assert len(answer.json()["detail"]) > 10
    return answer.status_code, answer.json()["slug"]


async def test_an_unknown_gathering(gathering: Gathering) -> None:
    assert slug_of(await gathering.post("rooms", name="Zaal", capacity=5)) == (404, "not-found")


@pytest.mark.parametrize(
    "never_published",
    ["none", "49f66cee-603a-4bb1-b464-1c85ee5c9dde", "018b0f6e-2c00-7000-8000-000000000000"],
)
async def test_what_cannot_come_any_more_is_not_waited_for(
    service: Service, never_published: str
) -> None:
    async with asyncio.timeout(5):
        with pytest.raises(NotFound, match="Publish it first"):
            await await_gathering(service.mongo, never_published, wait_seconds=600)


async def test_an_unknown_plan(client: httpx.AsyncClient) -> None:
    assert slug_of(await client.get("/plans/none")) == (404, "not-found")
    assert slug_of(await client.post("/plans/none/publish")) == (404, "not-found")


async def test_a_plan_of_nothing_says_what_is_missing_first(gathering: Gathering) -> None:
    await gathering.hear((gathering.published(), 1))
    steps: list[tuple[str, Callable[[], Awaitable[object]]]] = [
        ("no-rooms", lambda: gathering.post("rooms", name="Zaal", capacity=5)),
        ("no-slots", lambda: gathering.add_slot(days=3)),
        ("no-accepted-pitches", lambda: gathering.hear((gathering.pitch("one"), 2))),
        ("nobody-checked-in", lambda: gathering.hear((gathering.attendee("a"), 2))),
    ]
    for slug, remedy in steps:
        assert slug_of(await gathering.post("plans")) == (409, slug)
        await remedy()
    assert (await gathering.plan())["recommendations"] == 1


async def test_slots_that_have_passed_do_not_count(gathering: Gathering) -> None:
    await gathering.prepare(attendees=("a",))
    await gathering.hear((gathering.published(title="Once more"), 2))
    gathering = Gathering(f"{gathering.id}-past", gathering.service, gathering.client)
    await gathering.hear((gathering.published(), 1), (gathering.pitch("one"), 2))
    await gathering.post("rooms", name="Zaal", capacity=5)
    assert (await gathering.add_slot(days=-3)).status_code == 201
    assert slug_of(await gathering.post("plans")) == (409, "no-slots")


async def test_a_pitch_without_a_place_is_named(gathering: Gathering) -> None:
    await gathering.hear(
        (gathering.published(), 1),
        (gathering.pitch("one"), 2),
        (gathering.pitch("two"), 2),
        (gathering.attendee("a"), 2),
    )
    await gathering.post("rooms", name="Zaal", capacity=5)
    await gathering.add_slot(days=3)
    plan = await gathering.plan()
    assert len(plan["sessions"]) == 1
    (left,) = plan["unopened"]
    assert left["reason"] == "no_place_left"
    assert left["title"] in {"Pitch one", "Pitch two"}


async def test_the_same_room_or_slot_twice(gathering: Gathering) -> None:
    await gathering.hear((gathering.published(), 1))
    for slug in (None, "room-exists"):
        answer = await gathering.post("rooms", name="Zaal", capacity=5)
        assert answer.status_code == 201 if slug is None else slug_of(answer) == (409, slug)
    assert (await gathering.add_slot(days=3)).status_code == 201
    assert slug_of(await gathering.add_slot(days=3)) == (409, "slot-exists")


async def test_a_slot_outside_of_the_follow_up_window(gathering: Gathering) -> None:
    first = gathering.start.date() + timedelta(days=5)
    window = {"follow_up_from": first, "follow_up_until": first + timedelta(days=5)}
    await gathering.hear((gathering.published(**window), 1))
    assert slug_of(await gathering.add_slot(days=3)) == (422, "slot-outside-window")
    assert slug_of(await gathering.add_slot(days=30)) == (422, "slot-outside-window")
    assert (await gathering.add_slot(days=7)).status_code == 201


@pytest.mark.parametrize("days", [-1, 10.5, 15])
async def test_a_deadline_that_leaves_no_time(gathering: Gathering, days: float) -> None:
    await gathering.prepare()
    answer_by = f"{gathering.start + timedelta(days=days)}"
    answer = await gathering.post("plans", answer_by=answer_by)
    assert slug_of(answer) == (422, "answer-by-out-of-range")
    assert answer.json()["errors"][0]["field"] == "answer_by"


@pytest.mark.parametrize(
    ("what", "body", "field"),
    [
        ("rooms", {"name": "Zaal", "capacity": 0}, "capacity"),
        ("rooms", {"name": "", "capacity": 5}, "name"),
        ("rooms", {"name": "Zaal" * 25_000, "capacity": 5}, "name"),
        ("rooms", {"name": "Zaal", "capacity": 5, "colour": "red"}, "colour"),
        ("rooms", {"name": "Zaal", "capacity": 5, "link": "javascript:alert(1)"}, "link"),
        ("slots", {"starts_at": "2023-10-17T10:00", "ends_at": "2023-10-17T12:00Z"}, "starts_at"),
        ("plans", {"answer_by": "soon"}, "answer_by"),
        ("plans", {"publish": True}, "publish"),
    ],
)
async def test_input_that_is_not_understood(
    gathering: Gathering, what: str, body: dict[str, object], field: str
) -> None:
    await gathering.hear((gathering.published(), 1))
    answer = await gathering.post(what, **body)
    assert slug_of(answer) == (422, "invalid-input")
    assert field in {error["field"] for error in answer.json()["errors"]}


async def test_a_slot_that_ends_before_it_starts(gathering: Gathering) -> None:
    await gathering.hear((gathering.published(), 1))
    times = {"starts_at": "2023-10-17T12:00:00Z", "ends_at": "2023-10-17T10:00:00Z"}
    assert slug_of(await gathering.post("slots", **times)) == (422, "invalid-input")


async def test_malformed_json(gathering: Gathering) -> None:
    await gathering.hear((gathering.published(), 1))
    answer = await gathering.client.post(
        f"/gatherings/{gathering.id}/rooms",
        content=b"{",
        headers={"Content-Type": "application/json"},
    )
    assert slug_of(answer) == (400, "malformed-json")


async def test_an_idempotency_key_gives_the_first_answer_again(gathering: Gathering) -> None:
    await gathering.hear((gathering.published(), 1))
    path, headers = f"/gatherings/{gathering.id}/rooms", {"Idempotency-Key": gathering.id}
    body = {"name": "Zaal", "capacity": 5}
    first = await gathering.client.post(path, json=body, headers=headers)
    again = await gathering.client.post(path, json=body, headers=headers)
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    other = await gathering.client.post(path, json=body | {"capacity": 6}, headers=headers)
    assert slug_of(other) == (422, "idempotency-key-reused")


async def test_who_is_not_staff(gathering: Gathering, client_of: ClientOf) -> None:
    await gathering.prepare()
    plan = await gathering.plan()
    async with client_of({gathering.id: "reader", "another": "organiser"}) as reader:
        assert (await reader.get(f"/plans/{plan['run_id']}")).status_code == 200
        assert slug_of(await reader.post(f"/plans/{plan['run_id']}/publish")) == (403, "forbidden")
        answer = await reader.post(f"/gatherings/{gathering.id}/plans")
        assert slug_of(answer) == (403, "forbidden")
        del reader.headers["Authorization"]
        answer = await reader.get(f"/plans/{plan['run_id']}")
        assert slug_of(answer) == (401, "unauthorised")
    async with client_of({}) as stranger:
        answer = await stranger.get(f"/gatherings/{gathering.id}/plans")
        assert slug_of(answer) == (403, "forbidden")

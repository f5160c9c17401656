"""Portraits: organisers write, change and delete them, everybody reads them."""

import httpx
import pytest

from services.registration.tests.component.accepted import accepted_pitch
from services.registration.tests.component.desk import Desk, Json


def portrait(**more: object) -> Json:
    """What organisers tell of somebody who stands for many."""
    return {
        "title": "Dit is Gladys",
        "summary": "38, moeder van drie, begint een catering.",
        "motivations": ["Van haar werk leven"],
        "frustrations": ["Geen opvang op cursustijden"],
        **more,
    }


async def test_a_portrait_is_written_and_changed(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    need_id = (await accepted_pitch(desk, gathering_id))["needs"][0]["need_id"]
    path = f"/gatherings/{gathering_id}/personas"
    made = await desk.client.post(path, json=portrait(need_ids=[need_id, need_id]))
    assert (made.status_code, made.json()["need_ids"]) == (201, [need_id])
    own = f"/personas/{made.json()['id']}"
    told = portrait(need_ids=[], title="Dit is Rowena")
    for _ in range(2):
        changed = await desk.client.put(own, json=told)
        assert (changed.status_code, changed.json()["version"]) == (200, 2)
    assert (await public.get(f"/api/v1{path}")).json() == {"items": [changed.json()], "next": None}
    said = await desk.said("persona-described", persona_id=made.json()["id"])
    assert [(one["version"], one["title"], one["need_ids"]) for one in said] == [
        (1, "Dit is Gladys", [need_id]),
        (2, "Dit is Rowena", []),
    ]


async def test_a_deleted_portrait_is_gone_everywhere(desk: Desk, public: httpx.AsyncClient) -> None:
    path = f"/gatherings/{await desk.gathering()}/personas"
    made = (await desk.client.post(path, json=portrait())).json()
    assert (await desk.client.delete(f"/personas/{made['id']}")).status_code == 204
    assert (await desk.client.delete(f"/personas/{made['id']}")).status_code == 404
    assert (await public.get(f"/api/v1{path}")).json() == {"items": [], "next": None}
    rows = await desk.service.mongo["outbox"].find({"key": made["id"]}, sort=[("version", 1)])
    assert [(row["version"], row["payload"] is None) for row in rows] == [(1, False), (2, True)]


@pytest.mark.parametrize(
    ("wrong", "slug", "field"),
    [
        ({"title": " "}, "invalid-input", "title"),
        ({"motivations": [""]}, "invalid-input", "motivations.0"),
        ({"frustrations": ["a"] * 21}, "invalid-input", "frustrations"),
        ({"name": "Gladys"}, "invalid-input", "name"),
        ({"need_ids": ["nope"]}, "unknown-need", "need_ids"),
        ({"summary": "bel 06-12345678"}, "contact-details-in-public-text", "summary"),
        ({"motivations": ["g@mom.example"]}, "contact-details-in-public-text", "motivations"),
    ],
)
async def test_a_portrait_that_is_refused(desk: Desk, wrong: Json, slug: str, field: str) -> None:
    path = f"/gatherings/{await desk.gathering()}/personas"
    answer = await desk.client.post(path, json=portrait(**wrong))
    assert (answer.status_code, answer.json()["slug"]) == (422, slug)
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_a_need_of_another_gathering_is_unknown(desk: Desk) -> None:
    other = await accepted_pitch(desk, await desk.gathering())
    path = f"/gatherings/{await desk.gathering()}/personas"
    body = portrait(need_ids=[other["needs"][0]["need_id"]])
    assert (await desk.client.post(path, json=body)).json()["slug"] == "unknown-need"


async def test_only_organisers_write(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    path = f"/gatherings/{gathering_id}/personas"
    assert (await public.post(f"/api/v1{path}", json=portrait())).status_code == 401
    made = (await desk.client.post(path, json=portrait())).json()
    own = f"/api/v1/personas/{made['id']}"
    assert (await public.put(own, json=portrait())).status_code == 401
    assert (await public.delete(own)).status_code == 401


async def test_sent_twice_is_written_once(desk: Desk) -> None:
    path = f"/gatherings/{await desk.gathering()}/personas"
    key = {"Idempotency-Key": "once"}
    first, again = [await desk.client.post(path, json=portrait(), headers=key) for _ in range(2)]
    assert first.json() == again.json()
    assert len((await desk.client.get(path)).json()["items"]) == 1

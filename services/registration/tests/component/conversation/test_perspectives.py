"""Insights: noted by anybody with the code, seen by everybody only when staff approved them."""

import asyncio
from datetime import timedelta

import httpx
import pytest
from doorpakken_plumbing.mongo.database import Document
from doorpakken_plumbing.time import clock

from services.registration.tests.component.accepted import accepted_pitch
from services.registration.tests.component.at_tables import insight_at, table_at
from services.registration.tests.component.desk import Desk, Json

TEXT = "Een cursus op zaterdag met een kinderhoek."


async def test_everybody_sees_what_staff_approved(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    table = await table_at(desk, gathering_id)
    made = await public.post(f"/api/v1/tables/{table['code']}/perspectives", json={"text": TEXT})
    assert (made.status_code, made.json()["state"]) == (201, "pending")
    assert "person_id" not in made.json()
    own = f"/perspectives/{made.json()['id']}/moderate"
    listed = f"/gatherings/{gathering_id}/perspectives"
    seen = []
    for decision in ("", "approved", "approved", "hidden"):
        if decision:
            done = await desk.client.post(own, json={"decision": decision})
            assert (done.status_code, done.json()["state"]) == (200, decision)
        public_ones = (await public.get(f"/api/v1{listed}")).json()["items"]
        seen.append(len(public_ones))
        assert len((await desk.client.get(listed)).json()["items"]) == 1
    assert seen == [0, 1, 1, 0]
    said = await desk.said("perspective-shared", perspective_id=made.json()["id"])
    assert [(one["version"], one["state"]) for one in said] == [
        (1, "pending"),
        (2, "approved"),
        (3, "hidden"),
    ]
    assert (said[0]["persona_id"], said[0]["pitch_id"]) == (table["persona_id"], None)
    assert "person_id" not in said[0]


async def test_an_insight_about_a_pitch(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    pitch_id = (await accepted_pitch(desk, gathering_id))["id"]
    table = await table_at(desk, gathering_id, pitch_id=pitch_id)
    shown = await insight_at(desk, table["code"], TEXT)
    [said] = await desk.said("perspective-shared", perspective_id=shown["id"])
    assert (said["persona_id"], said["pitch_id"]) == (None, pitch_id)


@pytest.mark.parametrize(
    ("body", "slug"),
    [
        ({"text": " "}, "invalid-input"),
        ({"text": "x" * 501}, "invalid-input"),
        ({"text": TEXT, "name": "Gladys"}, "invalid-input"),
        ({"text": "Bel 06-12345678"}, "contact-details-in-public-text"),
        ({"text": "gladys@mom.example weet het"}, "contact-details-in-public-text"),
    ],
)
async def test_an_insight_that_is_refused(
    desk: Desk, public: httpx.AsyncClient, body: Json, slug: str
) -> None:
    gathering_id = await desk.gathering()
    code = (await table_at(desk, gathering_id))["code"]
    answer = await public.post(f"/api/v1/tables/{code}/perspectives", json=body)
    assert (answer.status_code, answer.json()["slug"]) == (422, slug)
    assert (await desk.client.get(f"/gatherings/{gathering_id}/perspectives")).json() == {
        "items": [],
        "next": None,
    }


async def test_the_longest_text_fits_also_on_several_lines(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    code = (await table_at(desk, gathering_id))["code"]
    lines = ["x" * 99] * 5
    await insight_at(desk, code, "\r\n".join(lines))
    [listed] = (await desk.client.get(f"/gatherings/{gathering_id}/perspectives")).json()["items"]
    assert listed["text"] == "\n".join(lines)


async def test_an_unknown_code(public: httpx.AsyncClient) -> None:
    answer = await public.post("/api/v1/tables/NOPE2/perspectives", json={"text": TEXT})
    assert (answer.status_code, answer.json()["slug"]) == (404, "no-such-table")


async def test_after_the_last_day_nothing_is_noted(desk: Desk, public: httpx.AsyncClient) -> None:
    now = clock.now()
    then = {"starts_at": (now - timedelta(days=9)).isoformat()}
    then["ends_at"] = (now - timedelta(days=8)).isoformat()
    over = await desk.gathering(**then)
    follow_up = {"follow_up_until": (now + timedelta(days=2)).date().isoformat()}
    going_on = await desk.gathering(**then, **follow_up)
    cancelled = await desk.gathering()
    codes = [(await table_at(desk, one))["code"] for one in (over, cancelled, going_on)]
    await desk.client.post(f"/gatherings/{cancelled}/cancel", json={})
    answers = [
        await public.post(f"/api/v1/tables/{code}/perspectives", json={"text": TEXT})
        for code in codes
    ]
    assert [answer.status_code for answer in answers] == [409, 409, 201]
    assert answers[0].json()["slug"] == answers[1].json()["slug"] == "conversation-over"


async def test_only_organisers_decide(desk: Desk, public: httpx.AsyncClient) -> None:
    table = await table_at(desk, await desk.gathering())
    shown = await insight_at(desk, table["code"], TEXT)
    path = f"/perspectives/{shown['id']}/moderate"
    refused = await public.post(f"/api/v1{path}", json={"decision": "approved"})
    assert refused.status_code == 401
    wrong = await desk.client.post(path, json={"decision": "pending"})
    assert wrong.status_code == 422
    unknown = await desk.client.post("/perspectives/nope/moderate", json={"decision": "hidden"})
    assert unknown.status_code == 404


async def test_decided_at_once_is_one_after_the_other(desk: Desk) -> None:
    table = await table_at(desk, await desk.gathering())
    shown = await insight_at(desk, table["code"], TEXT)
    path = f"/perspectives/{shown['id']}/moderate"
    await asyncio.gather(
        *(
            desk.client.post(path, json={"decision": decision})
            for decision in ("approved", "hidden") * 3
        )
    )
    said = await desk.said("perspective-shared", perspective_id=shown["id"])
    said.sort(key=lambda one: one["version"])
    assert [one["version"] for one in said] == [*range(1, len(said) + 1)]
    assert len(said) >= 3


async def test_a_whole_table_notes_at_once(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    code = (await table_at(desk, gathering_id))["code"]
    path = f"/api/v1/tables/{code}/perspectives"
    answers = await asyncio.gather(
        *(public.post(path, json={"text": f"Inzicht {at}"}) for at in range(12))
    )
    assert [answer.status_code for answer in answers] == [201] * 12
    listed = (await desk.client.get(f"/gatherings/{gathering_id}/perspectives")).json()["items"]
    assert {one["text"] for one in listed} == {f"Inzicht {at}" for at in range(12)}


async def test_what_an_erased_person_noted_is_gone(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    table = await table_at(desk, gathering_id)
    theirs = await insight_at(desk, table["code"], "Van iemand anders.")
    mine = await desk.attendee(gathering_id)
    await public.get(await desk.link(mine["person_id"]))
    made = await public.post(f"/api/v1/tables/{table['code']}/perspectives", json={"text": TEXT})
    erased = await desk.client.post(f"/persons/{mine['person_id']}/erase")
    assert erased.status_code == 202, erased.text
    listed = (await desk.client.get(f"/gatherings/{gathering_id}/perspectives")).json()["items"]
    assert [one["id"] for one in listed] == [theirs["id"]]
    assert _gone(await _rows(desk, made.json()["id"])) == [(2, True)]


async def test_an_erased_person_leaves_no_word_behind(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    table = await table_at(desk, gathering_id)
    mine = await desk.attendee(gathering_id)
    await public.get(await desk.link(mine["person_id"]))
    word = "kinderhoek-op-zaterdag"
    made = await public.post(
        f"/api/v1/tables/{table['code']}/perspectives",
        json={"text": word},
        headers={"Idempotency-Key": "mine"},
    )
    assert made.status_code == 201
    erased = await desk.client.post(f"/persons/{mine['person_id']}/erase")
    assert erased.status_code == 202
    listed = (await desk.client.get(f"/gatherings/{gathering_id}/perspectives")).json()
    assert listed == {"items": [], "next": None}
    for name in ("perspectives", "outbox", "idempotency"):
        rows = await desk.service.mongo[name].find({})
        assert [row for row in rows if word in str(row)] == [], name


async def test_a_merged_person_keeps_what_they_noted(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    code = (await table_at(desk, gathering_id))["code"]
    first = await desk.attendee(gathering_id)
    second = await desk.attendee(await desk.gathering())
    await public.get(await desk.link(first["person_id"]))
    await public.post(f"/api/v1/tables/{code}/perspectives", json={"text": TEXT})
    merged = await desk.client.post(
        f"/persons/{first['person_id']}/merge", json={"into": second["person_id"]}
    )
    assert merged.status_code == 200, merged.text
    await public.get(await desk.link(second["person_id"]))
    noted = (await public.get("/me/data")).json()["perspectives"]
    assert [one["text"] for one in noted] == [TEXT]


async def test_a_portrait_takes_its_tables_and_insights_along(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    table = await table_at(desk, gathering_id)
    shown = await insight_at(desk, table["code"], TEXT, "approved")
    assert (await desk.client.delete(f"/personas/{table['persona_id']}")).status_code == 204
    for path in ("tables", "perspectives"):
        listed = await desk.client.get(f"/gatherings/{gathering_id}/{path}")
        assert listed.json() == {"items": [], "next": None}
    assert _gone(await _rows(desk, shown["id"])) == [(1, False), (2, False), (3, True)]
    refused = await desk.client.post(f"/tables/{table['code']}/perspectives", json={"text": TEXT})
    assert refused.status_code == 404


async def test_sent_twice_is_noted_once(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    code = (await table_at(desk, gathering_id))["code"]
    key = {"Idempotency-Key": "once"}
    path = f"/api/v1/tables/{code}/perspectives"
    first, again = [await public.post(path, json={"text": TEXT}, headers=key) for _ in range(2)]
    assert first.json() == again.json()


async def _rows(desk: Desk, key: str) -> list[Document]:
    return await desk.service.mongo["outbox"].find({"key": key}, sort=[("version", 1)])


def _gone(rows: list[Document]) -> list[tuple[int, bool]]:
    return [(row["version"], row["payload"] is None) for row in rows]

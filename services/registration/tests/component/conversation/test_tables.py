"""Tables: opened for one portrait or pitch, found by a code that nobody misreads, closed again."""

import asyncio
from collections.abc import Iterator

import httpx
import pytest
from doorpakken_registration.conversation import tables
from doorpakken_registration.conversation.model.table import CODE_ALPHABET

from services.registration.tests.component.accepted import accepted_pitch
from services.registration.tests.component.at_tables import insight_at, portrait_at, table_at
from services.registration.tests.component.desk import Desk, Json, plan_for_work


async def test_a_table_has_a_code_nobody_misreads(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    pitch_id = (await accepted_pitch(desk, gathering_id))["id"]
    portrayed = await table_at(desk, gathering_id)
    pitched = await table_at(desk, gathering_id, pitch_id=pitch_id)
    for table in (portrayed, pitched):
        assert len(table["code"]) == 5
        assert set(table["code"]) <= set(CODE_ALPHABET)
    assert not set(CODE_ALPHABET) & set("0O1IL2Z5S8BAEUY")
    assert (await _list(desk, gathering_id)) == [portrayed, pitched]


async def test_a_code_is_read_as_people_type_it(desk: Desk) -> None:
    code = (await table_at(desk, await desk.gathering()))["code"]
    shown = await insight_at(desk, f" {code[:2].lower()}-{code[2:].lower()} ", "Zaterdag is beter.")
    assert shown["state"] == "pending"


async def test_a_code_that_is_taken_is_drawn_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    gathering_id = await desk.gathering()
    taken = (await table_at(desk, gathering_id))["code"]
    drawn: Iterator[str] = iter((taken, taken, "CCCCC"))
    monkeypatch.setattr(tables, "draw_code", lambda: next(drawn))
    assert (await table_at(desk, gathering_id))["code"] == "CCCCC"


async def test_a_code_drawn_twice_at_once_is_given_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    gathering_id = await desk.gathering()
    persona_id = await portrait_at(desk, gathering_id)
    drawn = iter(["DDDDD", "DDDDD", *(f"{one}FFFF" for one in CODE_ALPHABET)])
    monkeypatch.setattr(tables, "draw_code", lambda: next(drawn))
    opened = await asyncio.gather(
        *(table_at(desk, gathering_id, persona_id=persona_id) for _ in range(2))
    )
    codes = {table["code"] for table in opened}
    assert len(codes) == 2
    assert "DDDDD" in codes


async def test_no_code_is_left(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    gathering_id = await desk.gathering()
    table = await table_at(desk, gathering_id)
    monkeypatch.setattr(tables, "draw_code", lambda: table["code"])
    body = {"label": "Tafel 2", "persona_id": table["persona_id"]}
    answer = await desk.client.post(f"/gatherings/{gathering_id}/tables", json=body)
    assert (answer.status_code, answer.json()["slug"]) == (503, "busy")


async def test_a_table_is_about_one_thing_of_its_gathering(desk: Desk) -> None:
    gathering_id, other = await desk.gathering(), await desk.gathering()
    new = await desk.client.post(f"/gatherings/{gathering_id}/pitches", json=plan_for_work())
    mine, theirs = await portrait_at(desk, gathering_id), await portrait_at(desk, other)
    pitch_id = (await accepted_pitch(desk, gathering_id))["id"]
    wrong: dict[str, list[Json]] = {
        "about-nothing": [
            {"persona_id": theirs},
            {"persona_id": "nope"},
            {"pitch_id": "nope"},
            {"pitch_id": new.json()["id"]},
        ],
        "invalid-input": [
            {},
            {"persona_id": mine, "pitch_id": pitch_id},
            {"persona_id": mine, "label": " "},
        ],
        "contact-details-in-public-text": [{"persona_id": mine, "label": "a@b.example"}],
    }
    for slug, bodies in wrong.items():
        for body in bodies:
            answer = await desk.client.post(
                f"/gatherings/{gathering_id}/tables", json={"label": "Tafel 1"} | body
            )
            assert (answer.status_code, answer.json()["slug"]) == (422, slug), body
    assert await _list(desk, gathering_id) == []


async def test_a_closed_table_takes_no_notes(desk: Desk, public: httpx.AsyncClient) -> None:
    code = (await table_at(desk, await desk.gathering()))["code"]
    path = f"/api/v1/tables/{code}"
    for _ in range(2):
        closed = await desk.client.post(f"/tables/{code}/close")
        assert (closed.status_code, closed.json()["is_open"]) == (200, False)
    refused = await public.post(f"{path}/perspectives", json={"text": "Zaterdag is beter."})
    assert (refused.status_code, refused.json()["slug"]) == (409, "table-closed")
    assert (await desk.client.post(f"/tables/{code}/reopen")).json()["is_open"] is True
    await insight_at(desk, code, "Zaterdag is beter.")


async def test_tables_are_for_organisers(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    table = await table_at(desk, gathering_id)
    asked = [
        ("GET", f"/gatherings/{gathering_id}/tables", None),
        ("POST", f"/gatherings/{gathering_id}/tables", {"label": "x", "pitch_id": "y"}),
        ("POST", f"/tables/{table['code']}/close", None),
        ("POST", f"/tables/{table['code']}/reopen", None),
    ]
    for method, path, body in asked:
        answer = await public.request(method, f"/api/v1{path}", json=body)
        assert answer.status_code == 401, path


async def _list(desk: Desk, gathering_id: str) -> list[Json]:
    listed: list[Json] = (await desk.client.get(f"/gatherings/{gathering_id}/tables")).json()[
        "items"
    ]
    return listed

"""One caller's key stands for one request: same caller, route, key and body."""

from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest
from doorpakken_plumbing.http.idempotency import IdempotencyKey, StoredResponse
from doorpakken_plumbing.time import clock
from fastapi import FastAPI, Form

Visit = Callable[..., httpx.AsyncClient]
KEY = {"idempotency-key": "k-1"}


@pytest.fixture
def app(make_app: Callable[..., FastAPI]) -> FastAPI:
    app = make_app()

    @app.post("/gatherings/{gathering_id}/attendees")
    def register(gathering_id: str, key: IdempotencyKey, body: dict[str, str]) -> list[str] | None:
        return [key.id, key.body_hash, key.expires_at.isoformat()] if key else None

    @app.post("/form")
    def form(key: IdempotencyKey, name: str = Form()) -> list[str] | None:
        return [key.id, key.body_hash, name] if key else None

    return app


async def key_of(client: httpx.AsyncClient, **given: object) -> list[str]:
    usual: dict[str, object] = {"json": {"a": "1"}, "headers": KEY}
    url = str(given.pop("url", "/gatherings/g-1/attendees"))
    answer = await client.post(url, **(usual | given))  # type: ignore[arg-type]
    assert answer.status_code == 200
    body: list[str] = answer.json()
    return body


async def test_without_a_key_there_is_none(app: FastAPI, visit: Visit) -> None:
    assert await key_of(visit(app), headers={}) is None


async def test_the_same_request_has_the_same_key(app: FastAPI, visit: Visit) -> None:
    first, second = await key_of(visit(app)), await key_of(visit(app))
    assert first[:2] == second[:2]


async def test_caller_route_and_key_make_the_key_and_the_body_its_hash(
    app: FastAPI, visit: Visit
) -> None:
    client = visit(app)
    ours = {"origin": "http://127.0.0.1:8401"}
    usual = await key_of(client)
    others = [
        await key_of(visit(app, "203.0.113.10")),
        await key_of(client, url="/gatherings/g-2/attendees"),
        await key_of(client, headers={"idempotency-key": "k-2"}),
        await key_of(client, headers=KEY | ours | {"cookie": "visitor=v-1"}),
        await key_of(client, headers=KEY | ours | {"cookie": "visitor=v-2"}),
    ]
    assert len({one[0] for one in [usual, *others]}) == 6

    other_body = await key_of(client, json={"a": "2"})
    assert other_body[0] == usual[0]
    assert other_body[1] != usual[1]


async def test_a_key_says_nothing_of_the_caller(app: FastAPI, visit: Visit) -> None:
    assert "203.0.113.9" not in "".join(await key_of(visit(app)))


async def test_a_key_lasts_a_day_of_the_machines_clock(app: FastAPI, visit: Visit) -> None:
    clock.set_offset(-30 * 86_400, allowed=True)
    try:
        expires_at = (await key_of(visit(app)))[2]
    finally:
        clock.set_offset(0, allowed=True)
    a_day = clock.real_now() + timedelta(hours=24)
    assert abs(a_day - type(a_day).fromisoformat(expires_at)) < timedelta(seconds=5)


async def test_a_form_carries_its_key_in_a_field(app: FastAPI, visit: Visit) -> None:
    client = visit(app)
    fields = {"idempotency_key": "k-1", "name": "Amina"}
    first, same, other = [
        (await client.post("/form", data=fields | more)).json()
        for more in ({}, {}, {"name": "Bilal"})
    ]
    assert first == same
    assert (other[0], other[2]) == (first[0], "Bilal")
    assert other[1] != first[1]


async def test_a_form_keeps_its_key_when_the_phone_gets_another_address(
    app: FastAPI, visit: Visit
) -> None:
    fields = {"idempotency_key": "k-1", "name": "Amina"}
    addresses = ("203.0.113.9", "203.0.113.10")
    first, second = [
        (await visit(app, address).post("/form", data=fields)).json() for address in addresses
    ]
    assert first[:2] == second[:2]


async def test_a_form_without_a_key_is_fine(app: FastAPI, visit: Visit) -> None:
    assert (await visit(app).post("/form", data={"name": "Amina"})).json() is None


async def test_a_key_of_any_length_is_not_taken(app: FastAPI, visit: Visit) -> None:
    answer = await visit(app).post(
        "/gatherings/g-1/attendees", json={}, headers={"idempotency-key": "x" * 201}
    )
    assert (answer.status_code, answer.json()["slug"]) == (422, "invalid-input")


@pytest.mark.parametrize(
    ("status", "media_type"), [(201, "application/json"), (409, "application/problem+json")]
)
def test_an_answer_over_http(status: int, media_type: str) -> None:
    response = StoredResponse(status, {"at": clock.now(), "id": "a-1"}).response()
    assert (response.status_code, response.media_type) == (status, media_type)
    assert b'"id":"a-1"' in bytes(response.body)

"""One address may do some things only so often; staff and a trial on this machine are exempt."""

from collections.abc import Callable

import httpx
import pytest
from doorpakken_plumbing.identity.limits import in_a_hall
from fastapi import FastAPI

Visit = Callable[..., httpx.AsyncClient]
# A hall of one person for a minute, so that the third time is too much.
HALL = {"hall_people": 1, "hall_minutes": 1}


def thing() -> str:
    return "here"


def limit(app: FastAPI) -> FastAPI:
    app.add_api_route("/join", thing, dependencies=[in_a_hall("sign-up", each=2)])
    app.add_api_route("/login", thing, dependencies=[in_a_hall("login", each=2)])
    return app


async def statuses(client: httpx.AsyncClient, path: str = "/join", times: int = 3) -> list[int]:
    return [(await client.get(path)).status_code for _ in range(times)]


async def test_what_is_too_much_is_refused_with_a_time_to_come_back(
    make_app: Callable[..., FastAPI], visit: Visit
) -> None:
    client = visit(limit(make_app(**HALL)))

    assert await statuses(client) == [200, 200, 429]
    refused = await client.get("/join")
    assert refused.json()["slug"] == "too-many-requests"
    assert 1 <= int(refused.headers["retry-after"]) <= 60


async def test_addresses_and_routes_are_counted_apart(
    make_app: Callable[..., FastAPI], visit: Visit
) -> None:
    app = limit(make_app(**HALL))
    assert await statuses(visit(app, "203.0.113.1")) == [200, 200, 429]
    assert await statuses(visit(app, "203.0.113.2")) == [200, 200, 429]
    assert await statuses(visit(app, "203.0.113.1"), "/login") == [200, 200, 429]


@pytest.mark.parametrize(
    ("environment", "address", "third"),
    [
        ("local", "127.0.0.1", 200),
        ("local", "203.0.113.1", 429),
        ("production", "127.0.0.1", 429),
    ],
)
async def test_a_trial_on_this_machine_is_exempt(
    make_app: Callable[..., FastAPI], visit: Visit, environment: str, address: str, third: int
) -> None:
    app = limit(make_app(**HALL, environment=environment))
    assert (await statuses(visit(app, address)))[2] == third

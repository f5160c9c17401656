"""Only our own pages post with a visitor's cookie."""

from collections.abc import Callable

import httpx
import pytest
from fastapi import FastAPI, Request

OURS = {"origin": "http://127.0.0.1:8403"}


def thing() -> str:
    return "here"


def cookies(request: Request) -> dict[str, str]:
    return request.cookies


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"authorization": "Bearer x"}, 200),
        ({"cookie": "visitor=v"}, 403),
        ({"cookie": "visitor=v", "authorization": "Bearer x"}, 200),
        ({"cookie": "visitor=v", "authorization": "bearer x", "sec-fetch-site": "cross-site"}, 200),
        ({"cookie": "visitor=v", "authorization": "Basic x"}, 403),
        ({"cookie": "visitor=v", "sec-fetch-site": "same-origin"}, 200),
        ({"cookie": "visitor=v", "sec-fetch-site": "none"}, 200),
        ({"cookie": "visitor=v", "sec-fetch-site": "same-site"}, 403),
        ({"cookie": "visitor=v", "sec-fetch-site": "cross-site"}, 403),
        ({"cookie": "visitor=v", "sec-fetch-site": "cross-site", **OURS}, 403),
        ({"cookie": "visitor=v", **OURS}, 200),
        ({"cookie": "visitor=v", "origin": "https://other.example"}, 403),
        ({"cookie": "visitor=v", "origin": "http://127.0.0.1:8403.other.example"}, 403),
        ({"cookie": "visitor=v", "origin": "null"}, 403),
    ],
)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
async def test_unsafe_requests(
    make_app: Callable[..., FastAPI],
    visit: Callable[..., httpx.AsyncClient],
    headers: dict[str, str],
    status: int,
    method: str,
) -> None:
    app = make_app()
    app.add_api_route("/thing", thing, methods=[method])

    answer = await visit(app).request(method, "/thing", headers=headers)

    assert answer.status_code == status
    if status == 403:
        assert answer.json()["slug"] == "cross-origin"


async def test_reading_is_free(
    make_app: Callable[..., FastAPI], visit: Callable[..., httpx.AsyncClient]
) -> None:
    app = make_app()
    app.add_api_route("/thing", thing, methods=["GET"])
    headers = {"cookie": "visitor=v", "sec-fetch-site": "cross-site"}

    assert (await visit(app).get("/thing", headers=headers)).status_code == 200


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("scheme", ["Bearer x", "bearer x", "Bearer", "Bearer "])
async def test_who_sends_a_bearer_is_known_by_nothing_else(
    make_app: Callable[..., FastAPI],
    visit: Callable[..., httpx.AsyncClient],
    method: str,
    scheme: str,
) -> None:
    app = make_app()
    app.add_api_route("/thing", cookies, methods=[method])
    headers = {"cookie": "staff=s; visitor=v", "sec-fetch-site": "none"}

    assert (await visit(app).request(method, "/thing", headers=headers)).json() != {}
    headers["authorization"] = scheme
    assert (await visit(app).request(method, "/thing", headers=headers)).json() == {}

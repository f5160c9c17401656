"""Every error is a problem with a stable slug, a helping sentence and nothing somebody typed."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Literal

import httpx
import pytest
from doorpakken_plumbing.http.errors import (
    PROBLEM_TYPE,
    Busy,
    Conflict,
    Refusal,
    StoreUnavailable,
    Unauthorised,
)
from doorpakken_plumbing.http.problems import come_back
from doorpakken_plumbing.mongo.database import DuplicateKeyError, OperationFailure
from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, Field, field_validator
from pymongo.errors import AutoReconnect, NotPrimaryError, ServerSelectionTimeoutError
from starlette.datastructures import Headers

Make = Callable[..., FastAPI]
Visit = Callable[..., httpx.AsyncClient]


class SessionFull(Refusal):
    status = 409
    slug = "session-full"


class Venue(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str = Field(max_length=10)


class Meeting(BaseModel):
    model_config = ConfigDict(extra="forbid")
    title: str = Field(min_length=1, max_length=200)
    kind: Literal["project", "idea"] = "idea"
    people: int = Field(default=1, gt=0)
    starts_at: datetime | None = None
    day: date | None = None
    venue: Venue | None = None

    @field_validator("title")
    @classmethod
    def check_title(cls, title: str) -> str:
        if title == "spam":
            raise ValueError("a title says what it is about")
        return title


def add_meeting(meeting: Meeting) -> dict[str, Any]:
    return meeting.model_dump()


@pytest.fixture
def app(make_app: Make) -> FastAPI:
    app = make_app()
    app.add_api_route("/meetings", add_meeting, methods=["POST"])
    return app


def raising(app: FastAPI, error: Exception) -> FastAPI:
    async def fail() -> None:
        raise error

    app.add_api_route("/fail", fail)
    return app


def assert_problem(answer: httpx.Response, status: int, slug: str) -> dict[str, Any]:
    body: dict[str, Any] = answer.json()
    assert answer.headers["content-type"] == PROBLEM_TYPE
    assert (answer.status_code, body["status"], body["slug"]) == (status, status, slug)
    assert body["type"] == f"urn:doorpakken:problem:{slug}"
    assert body["title"]
    assert body["detail"].endswith(".")
    return body


async def test_a_refusal_says_its_slug_its_sentence_and_its_extras(
    app: FastAPI, visit: Visit
) -> None:
    client = visit(raising(app, SessionFull("This session is full.", taken=10)))

    body = assert_problem(await client.get("/fail"), 409, "session-full")

    assert (body["detail"], body["taken"]) == ("This session is full.", 10)


async def test_refusals_carry_their_headers(make_app: Make, visit: Visit) -> None:
    busy = await visit(raising(make_app(), Busy("Busy.", retry_after_seconds=3))).get("/fail")
    nobody = await visit(raising(make_app(), Unauthorised("Sign in."))).get("/fail")

    assert_problem(busy, 503, "busy")
    assert busy.headers["retry-after"] == "3"
    assert nobody.headers["www-authenticate"].startswith("Bearer")


def test_a_refusal_is_data_too() -> None:
    assert Conflict("Changed meanwhile.").problem()["status"] == 409


@pytest.mark.parametrize("body", ["{", '{"title": }', "nonsense", '{"title": "x"'])
async def test_malformed_json(app: FastAPI, visit: Visit, body: str) -> None:
    json_type = {"content-type": "application/json"}
    answer = await visit(app).post("/meetings", content=body, headers=json_type)
    assert_problem(answer, 400, "malformed-json")


@pytest.mark.parametrize(
    ("body", "field", "message"),
    [
        ({}, "title", "required"),
        ({"title": "x", "color": "red"}, "color", "not known here"),
        ({"title": 7}, "title", "text"),
        ({"title": "x" * 100_000}, "title", "at most 200 characters"),
        ({"title": ""}, "title", "at least 1 character"),
        ({"title": "spam"}, "title", "A title says what it is about."),
        ({"title": "x", "kind": "gossip"}, "kind", "'project' or 'idea'"),
        ({"title": "x", "people": 0}, "people", "more than 0"),
        ({"title": "x", "people": "many"}, "people", "whole number"),
        ({"title": "x", "people": 1.5}, "people", "whole number"),
        ({"title": "x", "starts_at": "soon"}, "starts_at", "date and a time"),
        ({"title": "x", "day": "15 september"}, "day", "a date"),
        ({"title": "x", "venue": "here"}, "venue", "an object"),
        ({"title": "x", "venue": {"name": "x" * 11}}, "venue.name", "at most 10 characters"),
        ({"title": "x", "venue": {}}, "venue.name", "required"),
    ],
)
async def test_wrong_fields_are_named_and_explained(
    app: FastAPI, visit: Visit, body: dict[str, Any], field: str, message: str
) -> None:
    problem = assert_problem(await visit(app).post("/meetings", json=body), 422, "invalid-input")

    assert [error["field"] for error in problem["errors"]] == [field]
    assert message in problem["errors"][0]["message"]


async def test_what_was_typed_is_not_repeated(app: FastAPI, visit: Visit) -> None:
    typed = {"title": 5, "secret-of-amina@example.org": "amina@example.org", "kind": "geheim"}
    answer = await visit(app).post("/meetings", json=typed)
    assert "geheim" not in answer.text
    assert ': "amina@example.org' not in answer.text


async def test_unknown_address_and_method(app: FastAPI, visit: Visit) -> None:
    assert_problem(await visit(app).get("/nowhere"), 404, "not-found")
    wrong = await visit(app).delete("/meetings")
    assert_problem(wrong, 405, "method-not-allowed")
    assert wrong.headers["allow"] == "POST"


@pytest.mark.parametrize(
    "error",
    [
        ServerSelectionTimeoutError("no server at mongodb://u:p@host"),
        AutoReconnect("gone"),
        NotPrimaryError("moved"),
        OperationFailure("given up", 112, {"errorLabels": ["TransientTransactionError"]}),
    ],
)
async def test_a_store_in_trouble_is_503(app: FastAPI, visit: Visit, error: Exception) -> None:
    answer = await visit(raising(app, error)).get("/fail")

    assert_problem(answer, 503, "store-unavailable")
    assert int(answer.headers["retry-after"]) >= 1
    assert "mongodb" not in answer.text


@pytest.mark.parametrize("error", [RuntimeError("amina@example.org"), DuplicateKeyError("amina")])
async def test_the_unforeseen_is_500_without_details(
    app: FastAPI, visit: Visit, error: Exception
) -> None:
    answer = await visit(raising(app, error)).get("/fail")

    assert_problem(answer, 500, "internal")
    assert "amina" not in answer.text


@pytest.mark.parametrize(
    ("method", "accept", "kind", "asks_again"),
    [
        ("GET", "text/html", "text/html; charset=utf-8", True),
        ("POST", "text/html", "text/html; charset=utf-8", False),
        ("GET", "application/json", PROBLEM_TYPE, False),
        ("POST", "*/*", PROBLEM_TYPE, False),
    ],
)
def test_who_has_to_come_back_is_told_in_their_way(
    method: str, accept: str, kind: str, asks_again: bool
) -> None:
    refusal = StoreUnavailable("Later.", retry_after_seconds=1.2)
    answer = come_back(method, Headers({"accept": accept}), refusal)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    assert answer.headers["content-type"] == kind
    assert (b'http-equiv="refresh" content="2"' in answer.body) is asks_again

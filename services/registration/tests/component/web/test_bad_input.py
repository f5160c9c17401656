"""Whatever is wrong is a problem with a stable slug and a sentence, and nothing is half-written."""

import json
from typing import Any

import httpx
import pytest

from services.registration.tests.component.desk import Desk, plan_for_work, somebody

LONG = "x" * 100_000
NEED = plan_for_work()["needs"][0]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": LONG}, "name"),
        ({"name": 5}, "name"),
        ({"name": "  "}, "name"),
        ({"name": "\ud800"}, "name"),
        ({"nickname": "G"}, "nickname"),
        ({"kind": "king"}, "kind"),
        ({"kind": ["other"]}, "kind"),
        ({"email": "nowhere"}, "email"),
        ({"email": None, "phone": "12"}, "phone"),
        ({"email": None}, ""),
        ({"language": "fr"}, "language"),
        ({"offers": "space"}, "offers"),
        ({"offers": ["gold"]}, "offers.0"),
        ({"interests": ["a"] * 21}, "interests"),
    ],
)
async def test_an_attendee_that_is_refused(desk: Desk, wrong: dict[str, Any], field: str) -> None:
    gathering_id = await desk.gathering()
    path = f"/gatherings/{gathering_id}/attendees"
    answer = await _post(desk, path, somebody() | wrong)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["slug"], problem["status"]) == ("invalid-input", 422)
    assert [error["field"] for error in problem["errors"]] == [field]
    assert "xxxx" not in answer.text
    assert (await desk.client.get(path)).json() == {"items": [], "next": None}
    assert await desk.said("attendee-registered", gathering_id=gathering_id) == []


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("organisation", "bel 06-12345678"),
        ("availability", "bel 06-12345678"),
        ("availability", "gladys@mom.example"),
        ("interests", "bel 06-12345678"),
        ("interests", "gladys@mom.example"),
    ],
)
async def test_text_for_everybody_tells_no_address(desk: Desk, field: str, text: str) -> None:
    path = f"/gatherings/{await desk.gathering()}/attendees"
    value = text if field == "organisation" else [text]
    answer = await _post(desk, path, somebody() | {field: value})
    assert answer.status_code == 422
    assert answer.json()["slug"] == "contact-details-in-public-text"
    assert answer.json()["errors"][0]["field"] == field


@pytest.mark.parametrize("field", ["name", "organisation"])
async def test_a_name_has_no_address_in_it(desk: Desk, field: str) -> None:
    path = f"/gatherings/{await desk.gathering()}/attendees"
    answer = await _post(desk, path, somebody() | {field: "gladys@mom.example"})
    assert (answer.status_code, answer.json()["slug"]) == (422, "invalid-input")
    [error] = answer.json()["errors"]
    assert error["field"] == field
    assert error["message"] == "A name has no e-mail address or website in it."


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "party"}, "kind"),
        ({"title": ""}, "title"),
        ({"title": LONG}, "title"),
        ({"needs": []}, "needs"),
        ({"needs": [NEED | {"amount": 0}]}, "needs.0.amount"),
        ({"needs": [NEED | {"amount": "15"}]}, "needs.0.amount"),
        ({"needs": [NEED | {"amount": 10**30}]}, "needs.0.amount"),
        ({"needs": [NEED | {"unit": "piece"}]}, "needs.0"),
        ({"needs": [NEED | {"wanted_by": "0001-01-01"}]}, "needs.0.wanted_by"),
        ({"needs": [NEED | {"wanted_by": 5}]}, "needs.0.wanted_by"),
    ],
)
async def test_a_pitch_that_is_refused(desk: Desk, wrong: dict[str, Any], field: str) -> None:
    answer = await _post(
        desk, f"/gatherings/{await desk.gathering()}/pitches", plan_for_work() | wrong
    )
    assert (answer.status_code, answer.json()["slug"]) == (422, "invalid-input")
    assert field in [error["field"] for error in answer.json()["errors"]]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"capacity": 0}, "capacity"),
        ({"capacity": True}, "capacity"),
        ({"capacity": 10**20}, "capacity"),
        ({"starts_at": "tomorrow"}, "starts_at"),
        ({"starts_at": "0001-01-01T00:00:00+02:00"}, "starts_at"),
        ({"starts_at": "2030-01-01T10:00:00"}, "starts_at"),
        ({"starts_at": 5}, "starts_at"),
        ({"venue": "De Dreef"}, "venue"),
        ({"venue": {"name": ""}}, "venue.name"),
        ({"ends_at": "2020-01-01T00:00:00Z"}, "ends_at"),
    ],
)
async def test_a_gathering_that_is_refused(desk: Desk, wrong: dict[str, Any], field: str) -> None:
    answer = await _post(desk, "/gatherings", desk.draft() | wrong)
    assert (answer.status_code, answer.json()["slug"]) == (422, "invalid-input")
    assert [error["field"] for error in answer.json()["errors"]] == [field]


@pytest.mark.parametrize("body", [b"{", b"\xff", b"", b"[]", b"null", b'"x"'])
async def test_a_body_that_is_no_object(desk: Desk, body: bytes) -> None:
    answer = await desk.client.post(
        f"/gatherings/{await desk.gathering()}/attendees",
        content=body,
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code in (400, 422)
    assert answer.json()["slug"] in ("malformed-json", "malformed-body", "invalid-input")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/gatherings/nope", None),
        ("PATCH", "/gatherings/nope", {"title": "x"}),
        ("POST", "/gatherings/nope/publish", None),
        ("POST", "/gatherings/nope/attendees", somebody()),
        ("POST", "/gatherings/nope/pitches", plan_for_work()),
        ("GET", "/gatherings/nope/attendees", None),
        ("GET", "/gatherings/nope/pitches", None),
        ("GET", "/gatherings/nope/sessions", None),
        ("POST", "/attendees/nope/check-in", None),
        ("DELETE", "/attendees/nope", None),
        ("POST", "/pitches/nope/review", {"decision": "accepted"}),
        ("POST", "/pitches/nope/endorsements", {"stance": "joins", "person_id": "x"}),
        ("POST", "/sessions/nope/sign-ups", {"attendee_id": "x"}),
        ("DELETE", "/sign-ups/nope", None),
        ("PUT", "/attendees/nope/wishes", {"pitch_ids": []}),
        ("GET", "/gatherings/nope/wishes", None),
        ("GET", "/gatherings/nope/personas", None),
        ("DELETE", "/personas/nope", None),
        ("POST", "/perspectives/nope/moderate", {"decision": "hidden"}),
        ("POST", "/waves/nope/answers", {"answer": "declined", "attendee_id": "x"}),
    ],
)
async def test_an_unknown_id_is_not_found(desk: Desk, method: str, path: str, body: Any) -> None:
    answer = await desk.client.request(method, path, json=body)
    assert (answer.status_code, answer.json()["slug"]) == (404, "not-found")
    assert answer.json()["detail"].endswith(".")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/gatherings"),
        ("GET", "/gatherings/x/attendees"),
        ("POST", "/attendees/x/check-in"),
        ("DELETE", "/attendees/x"),
        ("DELETE", "/sign-ups/x"),
    ],
)
async def test_nobody_does_what_staff_do(
    public: httpx.AsyncClient, desk: Desk, method: str, path: str
) -> None:
    body = desk.draft() if path == "/gatherings" else None
    answer = await public.request(method, f"/api/v1{path}", json=body)
    assert (answer.status_code, answer.json()["slug"]) == (401, "unauthorised")


async def _post(desk: Desk, path: str, body: dict[str, Any]) -> httpx.Response:
    # Written out by json itself: httpx would refuse a lone surrogate before the service can.
    content = json.dumps(body).encode()
    headers = {"Content-Type": "application/json"}
    return await desk.client.post(path, content=content, headers=headers)

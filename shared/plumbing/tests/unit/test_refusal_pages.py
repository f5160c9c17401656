"""People get a page where programs get a problem, and no refusal is as long as what was sent."""

from collections.abc import Callable
from typing import Annotated, Any

import httpx
import pytest
from doorpakken_plumbing.http.errors import PROBLEM_TYPE, Conflict, Forbidden, NotFound
from fastapi import FastAPI, Path
from pydantic import BaseModel, ConfigDict

Make = Callable[..., FastAPI]
Visit = Callable[..., httpx.AsyncClient]
BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


class Login(BaseModel):
    model_config = ConfigDict(extra="forbid")
    email: str


def sign_in(login: Login) -> dict[str, Any]:
    return login.model_dump()


def show(meeting_id: Annotated[str, Path(max_length=10)]) -> dict[str, str]:
    raise {"gone": NotFound("It is gone."), "mine": Forbidden("Not yours.")}.get(
        meeting_id, Conflict("Too late.")
    )


@pytest.fixture
def app(make_app: Make) -> FastAPI:
    app = make_app()
    app.add_api_route("/login", sign_in, methods=["POST"])
    app.add_api_route("/api/v1/login", sign_in, methods=["POST"])
    app.add_api_route("/meetings/{meeting_id}", show)
    return app


@pytest.mark.parametrize(
    ("method", "path", "status", "words"),
    [
        ("GET", "/nergens", 404, "Deze pagina bestaat niet"),
        ("DELETE", "/login", 405, "Deze pagina bestaat niet"),
        ("GET", "/meetings/gone", 404, "Deze pagina bestaat niet"),
        ("GET", f"/meetings/{'x' * 11}", 404, "Deze pagina bestaat niet"),
        ("GET", "/meetings/mine", 403, "Hier mag alleen de organisatie bij."),
        ("GET", "/meetings/late", 409, "Dit lukt nu niet"),
        ("POST", "/login", 422, "Er klopt iets niet."),
    ],
)
async def test_people_get_a_page(
    app: FastAPI, visit: Visit, method: str, path: str, status: int, words: str
) -> None:
    answer = await visit(app).request(method, path, headers=BROWSER)
    assert (answer.status_code, words in answer.text) == (status, True)
    assert answer.headers["content-type"].startswith("text/html")
    assert 'href="http://127.0.0.1:8401/"' in answer.text
    program = await visit(app).request(method, path)
    assert program.headers["content-type"] == PROBLEM_TYPE


async def test_the_api_answers_programs_whatever_they_take(app: FastAPI, visit: Visit) -> None:
    answer = await visit(app).get("/api/v1/nowhere", headers=BROWSER)
    assert answer.headers["content-type"] == PROBLEM_TYPE


async def test_a_body_too_large_is_a_page_too(make_app: Make, visit: Visit) -> None:
    answer = await visit(make_app(body_limit_bytes=1024)).post(
        "/login", content="x" * 2000, headers=BROWSER
    )
    assert (answer.status_code, "Dit is te veel" in answer.text) == (413, True)


@pytest.mark.parametrize("path", ["/login", "/api/v1/login"])
async def test_a_refusal_stays_short(app: FastAPI, visit: Visit, path: str) -> None:
    body = {f"u{number}": 0 for number in range(5000)} | {"k" * 5000: 1}
    answer = await visit(app).post(path, json=body)
    problem = answer.json()
    assert answer.status_code == 422
    assert len(problem["errors"]) == 10
    assert "the first 10 of 5002" in problem["detail"]
    assert len(answer.content) < 2_000


async def test_what_a_refusal_quotes_is_cut(app: FastAPI, visit: Visit) -> None:
    answer = await visit(app).post("/login", json={"email": "a@b.example", "k" * 5000: 1})
    [error] = answer.json()["errors"]
    assert error["field"] == "k" * 79 + "…"

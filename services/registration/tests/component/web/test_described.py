"""The API's description shows an example of everything, and each one fits what it is an example
of; what is refused is told with it."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from doorpakken_plumbing.http.errors import PROBLEM_TYPE
from doorpakken_registration.main import PARTS
from doorpakken_registration.settings import Settings
from doorpakken_registration.web.fields import Body
from fastapi import FastAPI
from fastapi.routing import APIRoute
from jsonschema import Draft202012Validator, FormatChecker
from pydantic_core import to_json

Json = dict[str, Any]
REF = "#/components/schemas/"
MOST_A_MINUTE = 120


@pytest.fixture
def described(app: FastAPI) -> Json:
    """The whole description."""
    return app.openapi()


def test_what_doors_and_dependencies_refuse_is_told(described: Json) -> None:
    sign_up = described["paths"]["/api/v1/gatherings/{gathering_id}/attendees"]["post"]
    statuses = ["201", "202", "400", "401", "403", "404", "409", "413", "422", "429", "503"]
    assert sorted(sign_up["responses"]) == statuses
    for status in ("429", "503"):
        assert [*sign_up["responses"][status]["headers"]] == ["Retry-After"]
    assert [one["name"] for one in sign_up["parameters"]] == ["gathering_id", "Idempotency-Key"]
    assert sign_up["security"] == [
        {"staff": []},
        {"staff_cookie": []},
        {"visitor": []},
        {},
    ]
    create = described["paths"]["/api/v1/gatherings"]["post"]
    assert create["security"] == [{"staff": []}, {"staff_cookie": []}]
    assert "HTTPValidationError" not in described["components"]["schemas"]


def test_whoever_has_to_come_back_is_told_when(described: Json) -> None:
    silent = [
        f"{label} {status}"
        for label, operation in _operations(described)
        for status in {"429", "503"} & operation["responses"].keys()
        if PROBLEM_TYPE in operation["responses"][status]["content"]
        and "Retry-After" not in operation["responses"][status].get("headers", {})
    ]
    assert silent == []


async def test_what_is_limited_says_when_to_come_back(
    app: FastAPI, settings: Settings, described: Json, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A hall of few, so that it is full soon.
    few = settings.model_copy(update={"hall_people": 1, "same_person": 1})
    monkeypatch.setattr(app.state.service, "settings", few)
    # What leads to a password is counted elsewhere, and slow by intent.
    limited = [
        label
        for label, operation in _operations(described)
        if "429" in operation["responses"] and "/staff/" not in label
    ]
    assert len(limited) >= 8
    passing_by = httpx.ASGITransport(app, client=("203.0.113.80", 1))
    async with httpx.AsyncClient(
        transport=passing_by, base_url=settings.registration_url
    ) as client:
        for label in limited:
            method, path = label.split()
            for _ in range(MOST_A_MINUTE + 1):
                answer = await client.request(method, path, json={})
                if answer.status_code == 429:
                    break
            assert answer.json()["slug"] == "too-many-requests", label
            assert 1 <= int(answer.headers["retry-after"]) <= 60 * settings.hall_minutes


def test_every_operation_says_what_it_does(described: Json) -> None:
    silent = [
        label
        for label, operation in _operations(described)
        if not (operation.get("summary") and operation.get("description"))
    ]
    assert silent == []


def test_every_body_and_answer_has_an_example_that_fits_its_schema(described: Json) -> None:
    wrong = {}
    for label, operation in _operations(described):
        for name in _schemas(operation):
            schema = described["components"]["schemas"][name]
            examples = schema.get("examples", [])
            errors = [error for one in examples for error in _errors(described, name, one)]
            # An example shows all that an answer tells; of a body it may leave things out.
            is_body = REF + name in str(operation.get("requestBody"))
            if not is_body and examples and {*examples[0]} != {*schema["properties"]} - {"errors"}:
                errors.append(f"tells other things: {sorted(examples[0])}")
            if errors or not (examples and schema.get("title") and schema.get("description")):
                wrong[f"{label}: {name}"] = errors
    assert wrong == {}


def test_the_examples_of_bodies_are_accepted(described: Json) -> None:
    bodies = {one.body_field.field_info.annotation for one in _routes() if one.body_field}
    models = [one for one in bodies if isinstance(one, type) and issubclass(one, Body)]
    assert len(models) == len(bodies) > 20
    for model in models:
        [example] = described["components"]["schemas"][model.__name__]["examples"]
        model.model_validate_json(to_json(example))


def _routes() -> Iterator[APIRoute]:
    for router in PARTS.routers:
        for route in router.routes:
            if isinstance(route, APIRoute) and route.include_in_schema:
                yield route


def _operations(described: Json) -> Iterator[tuple[str, Json]]:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def _schemas(operation: Json) -> Iterator[str]:
    """The names of what an operation takes and answers."""
    for part in (operation.get("requestBody", {}), *operation["responses"].values()):
        for content in part.get("content", {}).values():
            if ref := content["schema"].get("$ref"):
                yield ref.removeprefix(REF)


def _errors(described: Json, name: str, example: Any) -> list[str]:
    schema = {"$ref": REF + name, "components": described["components"]}
    checker = Draft202012Validator(schema, format_checker=FormatChecker())
    return [error.message for error in checker.iter_errors(example)]

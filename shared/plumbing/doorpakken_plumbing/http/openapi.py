"""The OpenAPI description: adds what follows from the dependencies of an operation.
An endpoint names only the refusals that do not follow from these, with `problems`."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from fastapi import APIRouter, FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import models_json_schema

from doorpakken_plumbing.http.errors import PROBLEM_TYPE

Description = dict[str, Any]
F = TypeVar("F", bound=Callable[..., Any])

_REF = "#/components/schemas/{model}"
_MEANINGS = {
    304: "It is as you have it",
    400: "The body cannot be read",
    401: "Nobody is signed in, or the token is not good any more",
    403: "Known, but not allowed; or sent with a cookie from a page of another site",
    404: "There is no such thing, or none for you",
    409: "Its state does not allow this",
    410: "It was there, and is over",
    412: "It changed since you saw it; get it again",
    413: "The body is larger than this service reads",
    422: "Some values are not accepted; `errors` names the fields",
    429: "Too many requests from one address",
    503: "Too busy, or the store does not answer; send it again with the same Idempotency-Key",
}
_RETRY_AFTER: Description = {
    "Retry-After": {
        "description": "after how many seconds to try again",
        "required": True,
        "schema": {"type": "integer", "minimum": 1},
        "example": 2,
    }
}
_HEADERS: dict[int, Description] = {429: _RETRY_AFTER, 503: _RETRY_AFTER}
_EVERYWHERE = {503}
_WITH_A_BODY = {400, 413}
_NOT_FROM_OTHER_SITES = {403}
_ABOUT_SOMETHING = {404}


class FieldError(BaseModel):
    """What is wrong with one field."""

    field: str = Field(description="`venue.name` or `needs.0.amount`")
    message: str = Field(description="a sentence that helps")


class Problem(BaseModel):
    """RFC 9457, with a stable `slug` and sometimes more fields, such as `id`."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:doorpakken:problem:not-found",
                    "title": "Not found",
                    "status": 404,
                    "detail": "There is no gathering with this id.",
                    "slug": "not-found",
                }
            ]
        }
    )

    type: str
    title: str
    status: int
    detail: str = Field(description="a sentence that helps")
    slug: str
    errors: list[FieldError] = Field(default=[], description="only where fields are wrong")


@dataclass(frozen=True)
class Adds:
    """What a dependency adds to an operation: `headers` to its successful answers, `security` by
    the name of its scheme."""

    statuses: Sequence[int] = ()
    parameters: Sequence[Description] = ()
    headers: Mapping[str, Description] = field(default_factory=dict)
    security: Mapping[str, Description] = field(default_factory=dict)
    is_required: bool = False


def adds(*statuses: int, **more: Any) -> Callable[[F], F]:
    def mark(dependency: F) -> F:
        vars(dependency)["adds"] = Adds(statuses, **more)
        return dependency

    return mark


def problems(*statuses: int) -> dict[int | str, Description]:
    """For an endpoint's `responses`: refusals that do not follow from its dependencies."""
    return {status: _refusal(status) for status in statuses}


def describe(
    app: FastAPI, routers: Iterable[APIRouter], examples: Mapping[str, Description]
) -> None:
    """Replaces `app.openapi`: adds what the dependencies of the routers refuse, and an example of
    each schema that is named here."""
    plain = app.openapi

    def openapi() -> Description:
        if app.openapi_schema is None:
            _complete(plain(), routers)
            schemas = plain()["components"]["schemas"]
            for name in schemas.keys() & examples.keys():
                schemas[name]["examples"] = [examples[name]]
        return plain()

    app.openapi = openapi  # type: ignore[method-assign] # as FastAPI would have it


def _refusal(status: int) -> Description:
    if status < 400:
        return {"description": _MEANINGS[status]}
    content = {PROBLEM_TYPE: {"schema": {"$ref": _REF.format(model="Problem")}}}
    response: Description = {"description": _MEANINGS[status], "content": content}
    return response | ({"headers": _HEADERS[status]} if status in _HEADERS else {})


def _complete(made: Description, routers: Iterable[APIRouter]) -> None:
    components = made.setdefault("components", {})
    for route, method, operation in _operations(made, routers):
        found = list(_added(route.dependant))
        headers = {name: one for each in found for name, one in each.headers.items()}
        wanted = _EVERYWHERE | {status for each in found for status in each.statuses}
        wanted |= _WITH_A_BODY if "requestBody" in operation else set()
        wanted |= set() if method == "GET" else _NOT_FROM_OTHER_SITES
        wanted |= _ABOUT_SOMETHING if "{" in route.path_format else set()
        _refuse(operation["responses"], wanted)
        for status, response in operation["responses"].items():
            if headers and status < "400":
                response["headers"] = headers
        parameters = [one for each in found for one in each.parameters]
        operation["parameters"] = operation.get("parameters", []) + parameters
        components.setdefault("securitySchemes", {}).update(_secure(operation, found))
    schemas = components.setdefault("schemas", {})
    for replaced in ("HTTPValidationError", "ValidationError"):
        schemas.pop(replaced, None)
    _, models = models_json_schema([(Problem, "serialization")], ref_template=_REF)
    schemas.update(models["$defs"])


def _secure(operation: Description, found: Iterable[Adds]) -> Description:
    schemes = {name: one for each in found for name, one in each.security.items()}
    if schemes:
        is_open = not any(each.is_required for each in found)
        # `{}` is anonymous access.
        operation["security"] = [{name: []} for name in schemes] + [{}] * is_open
    return schemes


def _operations(
    made: Description, routers: Iterable[APIRouter]
) -> Iterator[tuple[APIRoute, str, Description]]:
    for router in routers:
        for route in router.routes:
            if isinstance(route, APIRoute) and route.include_in_schema:
                for method in route.methods or ():
                    yield route, method, made["paths"][route.path_format][method.lower()]


def _added(dependant: Dependant) -> Iterator[Adds]:
    for one in dependant.dependencies:
        if isinstance(found := getattr(one.call, "adds", None), Adds):
            yield found
        yield from _added(one)


def _refuse(responses: Description, wanted: Iterable[int]) -> None:
    if "HTTPValidationError" in str(responses.get("422")):
        # FastAPI describes field errors in a form that we do not use.
        responses["422"] = _refusal(422)
    for status in sorted(wanted):
        responses.setdefault(str(status), _refusal(status))

"""Errors as RFC 9457 problem+json, with a stable slug and a helpful sentence.
Reveals no user input, no internal failure and no database."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic_core import to_json
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse
from starlette.types import Scope

from doorpakken_plumbing.http.errors import (
    PROBLEM_TYPE,
    Invalid,
    MalformedJson,
    Refusal,
    StoreUnavailable,
)
from doorpakken_plumbing.http.refusal_pages import (
    come_back_page,
    is_for_reading,
    page_before,
    refusal_page,
)
from doorpakken_plumbing.identity.staff import SignInAgain
from doorpakken_plumbing.mongo.database import PyMongoError, is_infrastructure

ERRORS_MAX, FIELD_LENGTH_MAX, MESSAGE_LENGTH_MAX = 10, 80, 300
_SLUGS = {400: "malformed-body", 413: "body-too-large", 404: "not-found", 405: "method-not-allowed"}
_DETAILS = {
    400: "The body cannot be read. Check its encoding, UTF-8, and its content type.",
    404: "There is nothing at this address.",
    405: "This address does not know that method.",
    413: "The body is larger than this service reads.",
}


def problem_response(refusal: Refusal) -> Response:
    return Response(
        to_json(refusal.problem()),
        status_code=refusal.status,
        headers=refusal.headers,
        media_type=PROBLEM_TYPE,
    )


def answer_of(scope: Scope, refusal: Refusal, status: int | None = None) -> Response:
    if not is_for_reading(scope):
        return problem_response(refusal)
    settings = scope["app"].state.settings
    return refusal_page(
        refusal,
        status or refusal.status,
        root=urlsplit(settings.public_url).path,
        home=f"{settings.registration_url}/",
        back=page_before(scope, settings.public_url),
    )


def come_back(method: str, headers: Headers, refusal: Refusal) -> Response:
    """For a service that cannot serve now: a page for browsers, which reloads where nothing was
    sent; a problem for programs."""
    if "text/html" not in headers.get("accept", ""):
        return problem_response(refusal)
    return come_back_page(method, refusal)


def add_problems(app: FastAPI) -> None:
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(PyMongoError, _store)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    if isinstance(error, SignInAgain):
        return RedirectResponse(error.location, status_code=303)
    return answer_of(request.scope, error)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found = error.errors()
    if any(one["type"] == "json_invalid" for one in found):
        malformed = MalformedJson("The body is not JSON. Check quotes and commas.")
        return answer_of(request.scope, malformed)
    more = f" These are the first {ERRORS_MAX} of {len(found)}." if len(found) > ERRORS_MAX else ""
    sentence = f"Some fields need another look; each is listed in errors.{more}"
    is_mistyped = any(one["loc"][:1] == ("path",) for one in found)
    return answer_of(
        request.scope,
        Invalid(sentence, errors=field_errors(found)),
        status=404 if is_mistyped else None,
    )


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    refusal = Refusal(_DETAILS.get(error.status_code, HTTPStatus(error.status_code).phrase))
    headers = dict(error.headers or {})
    if is_for_reading(request.scope):
        page = answer_of(request.scope, refusal, error.status_code)
        page.headers.update(headers)
        return page
    body = refusal.problem() | _identity(error.status_code)
    return Response(
        to_json(body), status_code=error.status_code, headers=headers, media_type=PROBLEM_TYPE
    )


def _identity(status: int) -> dict[str, Any]:
    slug = _SLUGS.get(status) or HTTPStatus(status).phrase.lower().replace(" ", "-")
    title = slug.replace("-", " ").capitalize()
    return {
        "type": f"urn:doorpakken:problem:{slug}",
        "title": title,
        "status": status,
        "slug": slug,
    }


async def _store(request: Request, error: Exception) -> Response:
    if not is_infrastructure(error):
        raise error
    return come_back(request.method, request.headers, unavailable(request))


def unavailable(request: Request) -> StoreUnavailable:
    return StoreUnavailable(
        "The store does not answer now, and it is not known whether this was done. "
        "Send it again in a few seconds, with the same Idempotency-Key.",
        retry_after_seconds=request.app.state.service.settings.retry_after_seconds,
    )


def field_errors(found: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """The first `ERRORS_MAX` as `{field, message}`. Messages never quote the value, and a field's
    name is cut, since the caller may have made it up."""
    return [
        {"field": _cut(_field(one["loc"]), FIELD_LENGTH_MAX), "message": _sentence(one)}
        for one in found[:ERRORS_MAX]
    ]


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _field(loc: Sequence[Any]) -> str:
    # `venue.name` or `needs.0.amount`, without the part of the request.
    names = loc[1:] if loc and loc[0] in ("body", "query", "path", "header", "cookie") else loc
    return ".".join(map(str, names))


_SENTENCES = {
    "missing": "This field is required.",
    "extra_forbidden": "This field is not known here. Remove it, or check how it is spelt.",
    "string_type": "This must be text.",
    "string_too_long": "This may have at most {max_length} characters.",
    "string_too_short": "This needs at least {min_length} characters.",
    "string_pattern_mismatch": "This does not have the expected form.",
    "too_long": "This may have at most {max_length} entries.",
    "too_short": "This needs at least {min_length} entries.",
    "int_type": "This must be a whole number.",
    "int_parsing": "This must be a whole number.",
    "int_from_float": "This must be a whole number, without a fraction.",
    "greater_than": "This must be more than {gt}.",
    "greater_than_equal": "This must be at least {ge}.",
    "less_than": "This must be less than {lt}.",
    "less_than_equal": "This may be at most {le}.",
    "bool_parsing": "This must be true or false.",
    "literal_error": "This must be one of {expected}.",
    "enum": "This must be one of {expected}.",
    "list_type": "This must be a list.",
    "dict_type": "This must be an object.",
    "model_attributes_type": "This must be an object.",
    "datetime_from_date_parsing": "This must be a date and a time, such as 2023-09-15T09:00:00Z.",
    "datetime_parsing": "This must be a date and a time, such as 2023-09-15T09:00:00Z.",
    "timezone_aware": "This time needs its zone, such as Z or +02:00.",
    "date_from_datetime_parsing": "This must be a date, such as 2023-09-15.",
    "date_parsing": "This must be a date, such as 2023-09-15.",
}


def _sentence(one: Mapping[str, Any]) -> str:
    context = one.get("ctx") or {}
    if one["type"] == "value_error":
        # Our own validators give a sentence; the library's do not quote the value either.
        said = str(context.get("error", "This value is not accepted"))
        return _closed(_cut(said, MESSAGE_LENGTH_MAX))
    template = _SENTENCES.get(one["type"])
    message = template.format(**context) if template else "This value is not accepted."
    return _cut(message, MESSAGE_LENGTH_MAX)


def _closed(text: str) -> str:
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else f"{text}."

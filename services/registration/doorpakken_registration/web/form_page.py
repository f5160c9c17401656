"""A page with a form: shows it, and answers when it is posted.
A form with errors is shown again as it was filled in."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from doorpakken_plumbing.http.errors import Refusal, TooMany
from doorpakken_plumbing.http.etags import ChangedMeanwhile, Seen, digest_of
from doorpakken_plumbing.http.idempotency import StoredResponse
from doorpakken_plumbing.messaging.transaction import Transaction, Work
from fastapi import Request, Response
from pydantic import ValidationError

from doorpakken_registration.web.form import FormData, Mistyped
from doorpakken_registration.web.own_settings import own_settings
from doorpakken_registration.web.page import PAGES, Errors, Problem, errors_of, key_of, see_other

SEEN_FIELD = "seen"


@dataclass(frozen=True)
class Filled:
    """The content of a form; after a failed attempt with its errors and their cause."""

    values: Mapping[str, Any] = field(default_factory=dict)
    errors: Errors = field(default_factory=list)
    problem: Problem | None = None


@dataclass(frozen=True)
class Edited:
    """What a form changes, as it is now, and its values in the form's fields."""

    thing: Any
    values: Mapping[str, Any]


def seen_in(form: FormData) -> Seen:
    """The state of the thing when the form was shown."""
    return Seen.of(form.one(SEEN_FIELD))


def show_form(
    request: Request,
    template: str,
    filled: Filled,
    *,
    status: int | None = None,
    edited: Edited | None = None,
    **context: Any,
) -> Response:
    """With status 422 after errors, and 412 when somebody else changed what is `edited`; the page
    then shows both versions. `context` takes precedence over what `filled` gives."""
    values, errors = filled.values, filled.errors
    is_changed = isinstance(filled.problem, ChangedMeanwhile)
    own: dict[str, Any] = {"errors": errors, "key": key_of(values, errors)}
    if edited:
        values = {**edited.values, **values}
        own |= {"seen": digest_of(edited.thing), "meanwhile": edited.values if is_changed else {}}
    usual = (412 if is_changed else 422) if errors else 200
    own["values"] = values
    return PAGES.render(request, template, status=status or usual, **(own | context))


def as_done(work: Callable[[Transaction], Awaitable[object]]) -> Work[StoredResponse]:
    """For work whose answer nobody reads: the page redirects."""

    async def done(tx: Transaction) -> StoredResponse:
        await work(tx)
        return StoredResponse(200)

    return done


async def answer_form(
    request: Request,
    work: Callable[[FormData], Awaitable[str | Response]],
    again: Callable[[Filled], Awaitable[Response]],
    *,
    many: tuple[str, ...] = (),
    explain: Callable[[Problem], Errors] = errors_of,
) -> Response:
    """Redirects to the path that `work` returns, or gives its response. `many` are the fields that
    may have several values. Raises TooMany, which has a page of its own."""
    form = await FormData.read(request)
    try:
        done = await work(form)
    except TooMany:
        raise
    except (Refusal, ValidationError, Mistyped) as problem:
        return await again(Filled(form.values(*many), explain(problem), problem))
    return done if isinstance(done, Response) else see_other(await own_settings(request), done)

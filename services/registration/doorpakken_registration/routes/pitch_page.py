"""The public page to tell a plan and what it needs; it works without scripts.
Refuses what the API refuses, with the form as it was filled in."""

from collections.abc import Callable
from typing import Any

from doorpakken_events.words import UNITS
from doorpakken_plumbing.errors import Refusal
from doorpakken_plumbing.idempotency import Answer, IdempotencyKey, once
from doorpakken_plumbing.limits import limited
from doorpakken_plumbing.service import Here
from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError

from doorpakken_registration import gatherings, pitches
from doorpakken_registration.model.amounts import euro_cents, whole
from doorpakken_registration.model.dates import date_of
from doorpakken_registration.model.gathering import Gathering
from doorpakken_registration.routes.form import Filled
from doorpakken_registration.routes.page import (
    PAGES,
    Errors,
    errors_of,
    new_key,
    pages_router,
    said,
)
from doorpakken_registration.routes.pitches import PitchBody, submission_of
from doorpakken_registration.routes.visitor import Own

router = pages_router()

NEED_ROWS = range(5)
WHATS = tuple(f"{category}.{unit}" for category, units in UNITS.items() for unit in units)


class Mistyped(Exception):
    """Rows in which something cannot be read; `fields` names them."""

    def __init__(self, fields: list[str]) -> None:
        super().__init__(fields)
        self.fields = fields


@router.get("/g/{gathering_id}/pitch")
async def show(gathering_id: str, request: Request, here: Here) -> Response:
    """The form."""
    gathering = await gatherings.get_public(here.mongo, gathering_id)
    return _page(request, gathering, {}, [])


@router.post("/g/{gathering_id}/pitch", dependencies=[limited("pitch", "30/minute")])
async def submit(
    gathering_id: str, request: Request, here: Here, settings: Own, key: IdempotencyKey
) -> Response:
    """Hands in a pitch, as the API does for the public."""
    gathering = await gatherings.get_public(here.mongo, gathering_id)
    form = await Filled.read(request)
    try:
        asked = submission_of(
            gathering_id, _body(form), by_staff=False, links_per_hour=settings.links_per_hour
        )

        async def work(tx: Any) -> Answer:
            await pitches.submit(tx, asked)
            return Answer(202, {"status": "received"})

        await once(here, key, work)
    except Mistyped as wrong:
        return _page(request, gathering, form.values(), said(wrong.fields))
    except (ValidationError, Refusal) as problem:
        return _page(request, gathering, form.values(), errors_of(problem))
    return RedirectResponse(f"{settings.registration_url}/g/{gathering_id}/pitch/thanks", 303)


@router.get("/g/{gathering_id}/pitch/thanks")
async def thanks(gathering_id: str, request: Request, here: Here) -> Response:
    """It worked; the same for everybody."""
    gathering = await gatherings.get_public(here.mongo, gathering_id)
    return PAGES.render(request, "pitch_thanks.html", gathering=gathering)


def _body(form: Filled) -> PitchBody:
    """The pitch; rows that cannot be read are told before anything else."""
    wrong: list[str] = []
    needs = [need for at in NEED_ROWS if (need := _need(form, at, wrong))]
    if wrong:
        raise Mistyped(wrong)
    return PitchBody.model_validate(
        {
            "kind": form.one("kind") or "",
            "title": form.one("title") or "",
            "summary": form.one("summary") or "",
            "name": form.one("name") or "",
            "email": form.one("email"),
            "phone": form.one("phone"),
            "language": form.one("language") or "nl",
            "organisation": form.one("organisation"),
            "needs": needs,
        }
    )


def _need(form: Filled, at: int, wrong: list[str]) -> dict[str, Any] | None:
    """One row; None where nothing was filled in, and what cannot be read is added to `wrong`."""
    row = f"needs.{at}"
    names = ("description", "amount", "what", "wanted_by")
    description, amount, what, wanted_by = (form.one(f"{row}.{name}") for name in names)
    if not (description or amount or wanted_by):
        return None
    category, _, unit = (what if what in WHATS else "").partition(".")
    read = euro_cents if unit == "euro_cent" else whole
    need = {
        "category": category,
        "unit": unit,
        "description": description,
        "amount": _read(read, amount),
        "wanted_by": None,
    }
    missing = {"description": description, "what": category, "amount": need["amount"]}
    wrong += [f"{row}.{name}" for name, value in missing.items() if not value]
    if wanted_by:
        day = _read(date_of, wanted_by)
        need["wanted_by"] = str(day)
        wrong += [] if day else [f"{row}.wanted_by"]
    return need


def _read(read: Callable[[str], Any], text: str | None) -> Any:
    """What the text says, or None where it cannot be read."""
    try:
        return read(text or "")
    except ValueError:
        return None


def _page(
    request: Request, gathering: Gathering, values: dict[str, Any], errors: Errors
) -> Response:
    return PAGES.render(
        request,
        "pitch.html",
        status=422 if errors else 200,
        gathering=gathering,
        rows=NEED_ROWS,
        whats=[what.split(".") for what in WHATS],
        values=values,
        errors=errors,
        key=new_key(),
    )

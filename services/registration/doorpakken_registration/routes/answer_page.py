"""The page behind the link in an invitation: all sessions, those that fit first, and one answer.
Refuses who has no link, and what the API refuses, with the form as it was filled in."""

from dataclasses import dataclass
from typing import Any

from doorpakken_plumbing import clock
from doorpakken_plumbing.errors import NotFound, Refusal
from doorpakken_plumbing.idempotency import IdempotencyKey
from doorpakken_plumbing.service import Here
from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError

from doorpakken_registration import answers, invitations, seats_lane
from doorpakken_registration.model.answer import Wave
from doorpakken_registration.model.attendee import Attendee
from doorpakken_registration.model.person import Person
from doorpakken_registration.routes.answers import AnswerBody, answering_of
from doorpakken_registration.routes.form import Filled
from doorpakken_registration.routes.page import PAGES, Errors, errors_of, new_key, pages_router
from doorpakken_registration.routes.visitor import MaybeVisitor, Own, nobody
from doorpakken_registration.settings import Settings
from doorpakken_registration.store import attendees as attendees_store

router = pages_router()


@dataclass(frozen=True)
class Asked:
    """Who answers which wave."""

    wave: Wave
    person: Person
    attendee: Attendee


@router.get("/answer/{wave_id}")
async def show(
    wave_id: str, request: Request, here: Here, settings: Own, visitor: MaybeVisitor
) -> Response:
    """The form, and above it what was answered before."""
    asked = await _asked(here, wave_id, visitor)
    return await _page(request, here, settings, asked, None, [])


@router.post("/answer/{wave_id}")
async def answer(
    wave_id: str,
    request: Request,
    here: Here,
    settings: Own,
    visitor: MaybeVisitor,
    key: IdempotencyKey,
) -> Response:
    """Answers, as the API does for a visitor."""
    asked = await _asked(here, wave_id, visitor)
    form = await Filled.read(request)
    try:
        answering = answering_of(asked.wave, asked.attendee.id, _body(form), settings)
        await seats_lane.submit(here.lanes, asked.wave.gathering_id, answering, key)
    except (ValidationError, Refusal) as problem:
        return await _page(request, here, settings, asked, form, errors_of(problem))
    return RedirectResponse(f"{settings.registration_url}/answer/{wave_id}", 303)


async def _asked(here: Here, wave_id: str, visitor: Person | None) -> Asked:
    if visitor is None:
        raise nobody()
    wave = await answers.get_wave(here.mongo, wave_id)
    attendee = await attendees_store.find_attendee_of(here.mongo, wave.gathering_id, visitor.id)
    if attendee is None:
        raise NotFound("You are not registered at this gathering.")
    return Asked(wave, visitor, attendee)


def _body(form: Filled) -> AnswerBody:
    """Sessions count with a yes, a reason with a no; other ticks were left behind."""
    said = form.one("answer") or ""
    return AnswerBody.model_validate(
        {
            "answer": said,
            "sessions": form.many("session") if said == "accepted" else (),
            "reason": form.one("reason") if said == "declined" else None,
        }
    )


async def _page(
    request: Request,
    here: Here,
    settings: Settings,
    asked: Asked,
    form: Filled | None,
    errors: Errors,
) -> Response:
    sheet = await invitations.sheet_of(here.mongo, asked.wave, asked.attendee)
    context: dict[str, Any] = {
        "person": asked.person,
        "sheet": sheet,
        "ticked": form.many("session") if form else sheet.session_ids,
        "values": form.values() if form else {"reason": sheet.reason},
        "limit": settings.sessions_per_person,
        "now": clock.now(),
        "errors": errors,
        "key": new_key(),
    }
    return PAGES.render(request, "answer.html", status=422 if errors else 200, **context)

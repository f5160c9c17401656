"""The page behind the link in an invitation: all sessions, one's own first, and one answer. Staff
use the same page to enter an answer given on the phone or on paper. Refuses visitors without a
link; what the API refuses is shown with the form as it was filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from doorpakken_plumbing.http.errors import NotFound
from doorpakken_plumbing.http.idempotency import IdempotencyKey, Key
from doorpakken_plumbing.identity.staff import SignedIn, Staff
from doorpakken_plumbing.service import ServiceDep
from doorpakken_plumbing.time import clock
from fastapi import Request, Response

from doorpakken_registration.gatherings import attendees
from doorpakken_registration.gatherings.model.attendee import Attendee
from doorpakken_registration.gatherings.store import attendees as attendees_store
from doorpakken_registration.people import persons
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.routes.visitor import Visitor
from doorpakken_registration.seats import answers, invitations, seats_lane
from doorpakken_registration.seats.invitations import Clash, Sheet
from doorpakken_registration.seats.model.answer import Wave
from doorpakken_registration.seats.routes.answers import AnswerBody, answering_of
from doorpakken_registration.seats.seat_refusals import SessionsOverlap
from doorpakken_registration.settings import Settings
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.form_page import Filled, answer_form, show_form
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import new_key, pages_router

router = pages_router()


@dataclass(frozen=True)
class Asked:
    """Who answers which wave; `action` is the path of the page, `staff_id` who of staff enters
    it."""

    wave: Wave
    person: Person
    attendee: Attendee
    action: str
    staff_id: str | None = None


@router.get("/answer/{wave_id}")
async def show(
    wave_id: str, request: Request, here: ServiceDep, settings: SettingsDep, visitor: Visitor
) -> Response:
    asked = await _asked(here, wave_id, visitor)
    return await _page(request, here, settings, asked, Filled())


@router.post("/answer/{wave_id}")
async def answer(
    wave_id: str,
    request: Request,
    here: ServiceDep,
    settings: SettingsDep,
    visitor: Visitor,
    key: IdempotencyKey,
) -> Response:
    return await _answer(request, here, settings, await _asked(here, wave_id, visitor), key)


@router.get("/staff/answers/{wave_id}/{attendee_id}")
async def show_for(
    wave_id: str,
    attendee_id: str,
    request: Request,
    here: ServiceDep,
    settings: SettingsDep,
    staff: SignedIn,
) -> Response:
    asked = await _asked_by(here, wave_id, attendee_id, staff)
    return await _page(request, here, settings, asked, Filled())


@router.post("/staff/answers/{wave_id}/{attendee_id}")
async def answer_for(
    wave_id: str,
    attendee_id: str,
    request: Request,
    here: ServiceDep,
    settings: SettingsDep,
    staff: SignedIn,
    key: IdempotencyKey,
) -> Response:
    asked = await _asked_by(here, wave_id, attendee_id, staff)
    return await _answer(request, here, settings, asked, key)


async def _answer(
    request: Request, here: ServiceDep, settings: Settings, asked: Asked, key: Key | None
) -> Response:
    async def work(form: FormData) -> str:
        body, by = _body(form), asked.staff_id
        answering = answering_of(asked.wave, asked.attendee.id, body, settings, by)
        await seats_lane.submit(here.lanes, asked.wave.gathering_id, answering, key)
        return asked.action

    again = partial(_page, request, here, settings, asked)
    return await answer_form(request, work, again, many=("session",))


async def _asked(here: ServiceDep, wave_id: str, visitor: Person) -> Asked:
    wave = await answers.get_wave(here.mongo, wave_id)
    attendee = await attendees_store.find_attendee_of(here.mongo, wave.gathering_id, visitor.id)
    if attendee is None:
        raise NotFound("You are not registered at this gathering.")
    return Asked(wave, visitor, attendee, f"/answer/{wave_id}")


async def _asked_by(here: ServiceDep, wave_id: str, attendee_id: str, staff: Staff) -> Asked:
    wave = await answers.get_wave(here.mongo, wave_id)
    staff.require("organiser", wave.gathering_id)
    attendee = await attendees.get(here.mongo, attendee_id)
    if attendee.gathering_id != wave.gathering_id:
        raise NotFound(attendees.NO_SUCH)
    person = await persons.get(here.mongo, attendee.person_id)
    path = f"/staff/answers/{wave_id}/{attendee_id}"
    return Asked(wave, person, attendee, path, staff.staff_id)


def _body(form: FormData) -> AnswerBody:
    """Ignores sessions without a yes and a reason without a no: the form keeps earlier ticks."""
    said = form.one("answer") or ""
    return AnswerBody.model_validate(
        {
            "answer": said,
            "sessions": form.many("session") if said == "accepted" else (),
            "reason": form.one("reason") if said == "declined" else None,
        }
    )


async def _page(
    request: Request, here: ServiceDep, settings: Settings, asked: Asked, filled: Filled
) -> Response:
    sheet = await invitations.sheet_of(here.mongo, asked.wave, asked.attendee)
    known: Mapping[str, Any] = {"reason": sheet.reason, "session": sheet.session_ids}
    values = filled.values if filled.problem else known
    return show_form(
        request,
        "answer.html",
        filled,
        person=asked.person,
        action=asked.action,
        by_staff=asked.staff_id is not None,
        sheet=sheet,
        ticked=values["session"],
        values=values,
        limit=settings.sessions_per_person,
        now=clock.now(),
        clash=await _clash(here, sheet, values["session"], filled.problem),
        key=new_key(),
    )


async def _clash(
    here: ServiceDep, sheet: Sheet, session_ids: list[str], problem: Exception | None
) -> Clash | None:
    if not isinstance(problem, SessionsOverlap):
        return None
    sign_up_id = problem.extra.get("sign_up_id", "")
    return await invitations.clash_of(here.mongo, sheet, session_ids, sign_up_id, clock.now())

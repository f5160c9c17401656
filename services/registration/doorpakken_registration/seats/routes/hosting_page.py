"""The page on which somebody says whether they lead a session: yes, no, or at another time; and
the same page for staff who enter what they say on the phone.
Refuses who has no link or is not asked; what went wrong is said above the buttons."""

from dataclasses import dataclass

from doorpakken_plumbing.http.errors import Conflict, Refusal
from doorpakken_plumbing.http.idempotency import IdempotencyKey, Key, StoredResponse, once
from doorpakken_plumbing.identity.staff import SignedIn, Staff
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import ServiceDep
from doorpakken_plumbing.time import clock
from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError

from doorpakken_registration.people import persons
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.routes.visitor import Visitor
from doorpakken_registration.seats import hosting
from doorpakken_registration.seats.model.hosting import Hosting
from doorpakken_registration.seats.routes.hosting import HostingAnswerBody
from doorpakken_registration.settings import Settings
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import PAGES, Errors, errors_of, new_key, pages_router

router = pages_router()


@dataclass(frozen=True)
class Asked:
    """Who is asked to lead, and at which page it is answered."""

    hosting: Hosting
    person: Person
    action: str
    by_staff: bool


@router.get("/hosting/{hosting_id}")
async def show(hosting_id: str, request: Request, here: ServiceDep, visitor: Visitor) -> Response:
    """What is asked, and what was answered before."""
    return await _page(request, here, await _asked(here, hosting_id, visitor), [])


@router.post("/hosting/{hosting_id}")
async def answer(
    hosting_id: str,
    request: Request,
    here: ServiceDep,
    settings: SettingsDep,
    visitor: Visitor,
    key: IdempotencyKey,
) -> Response:
    """Answers, as the API does for the person."""
    return await _answer(request, here, settings, await _asked(here, hosting_id, visitor), key)


@router.get("/staff/hosting/{hosting_id}")
async def show_for(
    hosting_id: str, request: Request, here: ServiceDep, staff: SignedIn
) -> Response:
    """The same page, for staff who have the person on the phone."""
    return await _page(request, here, await _asked_by(here, hosting_id, staff), [])


@router.post("/staff/hosting/{hosting_id}")
async def answer_for(
    hosting_id: str,
    request: Request,
    here: ServiceDep,
    settings: SettingsDep,
    staff: SignedIn,
    key: IdempotencyKey,
) -> Response:
    """Answers on the person's behalf."""
    return await _answer(request, here, settings, await _asked_by(here, hosting_id, staff), key)


async def _answer(
    request: Request, here: ServiceDep, settings: Settings, asked: Asked, key: Key | None
) -> Response:
    form = await FormData.read(request)

    async def work(tx: Transaction) -> StoredResponse:
        await hosting.answer(tx, asked.hosting.id, _body(form).said())
        return StoredResponse(200)

    try:
        await once(here, key, work)
    except (ValidationError, Refusal) as problem:
        status = problem.status if isinstance(problem, Conflict) else 422
        return await _page(request, here, asked, errors_of(problem), status, form)
    return RedirectResponse(f"{settings.registration_url}{asked.action}", 303)


async def _asked(here: ServiceDep, hosting_id: str, visitor: Person) -> Asked:
    found = await hosting.get_of(here.mongo, hosting_id, visitor)
    return Asked(found, visitor, f"/hosting/{hosting_id}", by_staff=False)


async def _asked_by(here: ServiceDep, hosting_id: str, staff: Staff) -> Asked:
    found = await hosting.get(here.mongo, hosting_id)
    staff.require("organiser", found.gathering_id)
    person = await persons.get(here.mongo, found.person_id)
    return Asked(found, person, f"/staff/hosting/{hosting_id}", by_staff=True)


def _body(form: FormData) -> HostingAnswerBody:
    """A time counts with the button beside it; with another one the tick was left behind."""
    said = form.one("answer") or ""
    return HostingAnswerBody.model_validate(
        {
            "answer": said,
            "slot_id": form.one("slot_id") if said == "other_slot" else None,
            "ask": form.one("ask"),
        }
    )


async def _page(
    request: Request,
    here: ServiceDep,
    asked: Asked,
    errors: Errors,
    status: int = 200,
    form: FormData | None = None,
) -> Response:
    sheet = await hosting.sheet_of(here.mongo, asked.hosting)
    return PAGES.render(
        request,
        "hosting.html",
        status=status,
        person=asked.person,
        action=asked.action,
        by_staff=asked.by_staff,
        sheet=sheet,
        has_begun=asked.hosting.starts_at <= clock.now(),
        values=form.values() if form else {"slot_id": sheet.wished and sheet.wished.slot_id},
        errors=errors,
        key=new_key(),
    )

"""The page on which somebody answers whether they lead a session: yes, no, or at another time.
Staff use the same page to enter an answer given on the phone. Refuses visitors without a link and
people who are not asked; errors are shown above the buttons."""

from dataclasses import dataclass
from functools import partial

from doorpakken_plumbing.http.errors import Conflict
from doorpakken_plumbing.http.idempotency import IdempotencyKey, Key, once
from doorpakken_plumbing.identity.staff import SignedIn, Staff
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import ServiceDep
from doorpakken_plumbing.time import clock
from fastapi import Request, Response

from doorpakken_registration.people import persons
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.routes.visitor import Visitor
from doorpakken_registration.seats import hosting
from doorpakken_registration.seats.model.hosting import Hosting
from doorpakken_registration.seats.routes.hosting import HostingAnswerBody, note_answer
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.form_page import Filled, answer_form, as_done, show_form
from doorpakken_registration.web.page import new_key, pages_router

router = pages_router()


@dataclass(frozen=True)
class Asked:
    """Who is asked to lead; `action` is the path of the page, `staff_id` who of staff enters the
    answer."""

    hosting: Hosting
    person: Person
    action: str
    staff_id: str | None = None


@router.get("/hosting/{hosting_id}")
async def show(hosting_id: str, request: Request, here: ServiceDep, visitor: Visitor) -> Response:
    return await _page(request, here, await _asked(here, hosting_id, visitor), Filled())


@router.post("/hosting/{hosting_id}")
async def answer(
    hosting_id: str, request: Request, here: ServiceDep, visitor: Visitor, key: IdempotencyKey
) -> Response:
    return await _answer(request, here, await _asked(here, hosting_id, visitor), key)


@router.get("/staff/hosting/{hosting_id}")
async def show_for(
    hosting_id: str, request: Request, here: ServiceDep, staff: SignedIn
) -> Response:
    return await _page(request, here, await _asked_by(here, hosting_id, staff), Filled())


@router.post("/staff/hosting/{hosting_id}")
async def answer_for(
    hosting_id: str, request: Request, here: ServiceDep, staff: SignedIn, key: IdempotencyKey
) -> Response:
    return await _answer(request, here, await _asked_by(here, hosting_id, staff), key)


async def _answer(request: Request, here: ServiceDep, asked: Asked, key: Key | None) -> Response:
    async def work(form: FormData) -> str:
        async def put(tx: Transaction) -> None:
            await hosting.answer(tx, asked.hosting.id, _body(form).said())
            await note_answer(tx, asked.staff_id, asked.hosting)

        await once(here, key, as_done(put))
        return asked.action

    return await answer_form(request, work, partial(_page, request, here, asked))


async def _asked(here: ServiceDep, hosting_id: str, visitor: Person) -> Asked:
    found = await hosting.get_of(here.mongo, hosting_id, visitor)
    return Asked(found, visitor, f"/hosting/{hosting_id}")


async def _asked_by(here: ServiceDep, hosting_id: str, staff: Staff) -> Asked:
    found = await hosting.get(here.mongo, hosting_id)
    staff.require("organiser", found.gathering_id)
    person = await persons.get(here.mongo, found.person_id)
    return Asked(found, person, f"/staff/hosting/{hosting_id}", staff.staff_id)


def _body(form: FormData) -> HostingAnswerBody:
    """Ignores the time unless the answer is `other_slot`: the form keeps an earlier tick."""
    said = form.one("answer") or ""
    return HostingAnswerBody.model_validate(
        {
            "answer": said,
            "slot_id": form.one("slot_id") if said == "other_slot" else None,
            "ask": form.one("ask"),
        }
    )


async def _page(request: Request, here: ServiceDep, asked: Asked, filled: Filled) -> Response:
    sheet = await hosting.sheet_of(here.mongo, asked.hosting)
    problem = filled.problem
    return show_form(
        request,
        "hosting.html",
        filled,
        status=problem.status if isinstance(problem, Conflict) else None,
        person=asked.person,
        action=asked.action,
        by_staff=asked.staff_id is not None,
        sheet=sheet,
        leads=sheet.session is not None and sheet.session.host == asked.person.id,
        has_begun=asked.hosting.starts_at <= clock.now(),
        values=filled.values if problem else {"slot_id": sheet.wished and sheet.wished.slot_id},
        key=new_key(),
    )

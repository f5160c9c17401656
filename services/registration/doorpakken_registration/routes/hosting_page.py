"""The page on which somebody says whether they lead a session: yes, no, or at another time.
Refuses who has no link or is not asked; what went wrong is said above the buttons."""

from doorpakken_plumbing import clock
from doorpakken_plumbing.errors import Conflict, Refusal
from doorpakken_plumbing.idempotency import Answer, IdempotencyKey, once
from doorpakken_plumbing.service import Here
from doorpakken_plumbing.transaction import Transaction
from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError

from doorpakken_registration import hosting
from doorpakken_registration.model.person import Person
from doorpakken_registration.routes.form import Filled
from doorpakken_registration.routes.hosting import HostingAnswerBody
from doorpakken_registration.routes.page import PAGES, Errors, errors_of, new_key, pages_router
from doorpakken_registration.routes.visitor import MaybeVisitor, Own, nobody

router = pages_router()


@router.get("/hosting/{hosting_id}")
async def show(hosting_id: str, request: Request, here: Here, visitor: MaybeVisitor) -> Response:
    """What is asked, and what was answered before."""
    return await _page(request, here, hosting_id, _present(visitor), [])


@router.post("/hosting/{hosting_id}")
async def answer(
    hosting_id: str,
    request: Request,
    here: Here,
    settings: Own,
    visitor: MaybeVisitor,
    key: IdempotencyKey,
) -> Response:
    """Answers, as the API does for the person."""
    person = _present(visitor)
    await hosting.get_of(here.mongo, hosting_id, person)
    form = await Filled.read(request)

    async def work(tx: Transaction) -> Answer:
        await hosting.answer(tx, hosting_id, _body(form).said())
        return Answer(200)

    try:
        await once(here, key, work)
    except (ValidationError, Refusal) as problem:
        status = problem.status if isinstance(problem, Conflict) else 422
        errors = errors_of(problem)
        return await _page(request, here, hosting_id, person, errors, status, form)
    return RedirectResponse(f"{settings.registration_url}/hosting/{hosting_id}", 303)


def _body(form: Filled) -> HostingAnswerBody:
    """A time counts with the button beside it; with another one the tick was left behind."""
    said = form.one("answer") or ""
    return HostingAnswerBody.model_validate(
        {
            "answer": said,
            "slot_id": form.one("slot_id") if said == "other_slot" else None,
            "ask": form.one("ask"),
        }
    )


def _present(visitor: Person | None) -> Person:
    if visitor is None:
        raise nobody()
    return visitor


async def _page(
    request: Request,
    here: Here,
    hosting_id: str,
    person: Person,
    errors: Errors,
    status: int = 200,
    form: Filled | None = None,
) -> Response:
    asked = await hosting.get_of(here.mongo, hosting_id, person)
    sheet = await hosting.sheet_of(here.mongo, asked)
    return PAGES.render(
        request,
        "hosting.html",
        status=status,
        person=person,
        sheet=sheet,
        has_begun=asked.starts_at <= clock.now(),
        values=form.values() if form else {"slot_id": sheet.wished and sheet.wished.slot_id},
        errors=errors,
        key=new_key(),
    )

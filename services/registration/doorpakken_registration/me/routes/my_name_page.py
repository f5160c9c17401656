"""The page on which the holder of a personal link changes their name and language. Their e-mail
address cannot be changed here: the answer would reveal whether somebody of that name has it."""

from functools import partial

from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response

from doorpakken_registration.people import persons
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.routes.visitor import FreshVisitor
from doorpakken_registration.people.routes.who import PersonBody
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.form_page import Filled, answer_form, show_form
from doorpakken_registration.web.page import pages_router

router = pages_router()


@router.get("/me/name")
async def show(request: Request, visitor: FreshVisitor, saved: bool = False) -> Response:
    values = {"name": visitor.name, "language": visitor.language}
    return await _page(request, visitor, Filled(values), is_saved=saved)


@router.post("/me/name")
async def change(request: Request, here: ServiceDep, visitor: FreshVisitor) -> Response:
    async def work(form: FormData) -> str:
        body = PersonBody(
            name=form.one("name") or "",
            email=visitor.email,
            phone=visitor.phone,
            language=form.one("language") or visitor.language,
        )
        await here.transact(lambda tx: persons.change(tx, visitor.id, body.who))
        return "/me/name?saved=1"

    return await answer_form(request, work, partial(_page, request, visitor))


async def _page(
    request: Request, person: Person, filled: Filled, *, is_saved: bool = False
) -> Response:
    return show_form(request, "my_name.html", filled, person=person, is_saved=is_saved)

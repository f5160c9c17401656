"""The page on which the holder of a personal link changes their name and language. Their e-mail
address cannot be changed here: the answer would reveal whether somebody of that name has it."""

from typing import Any

from doorpakken_plumbing.http.errors import Refusal
from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError

from doorpakken_registration.people import persons
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.routes.visitor import FreshVisitor
from doorpakken_registration.people.routes.who import PersonBody
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import PAGES, Errors, errors_of, pages_router

router = pages_router()


@router.get("/me/name")
async def show(request: Request, visitor: FreshVisitor, saved: bool = False) -> Response:
    values = {"name": visitor.name, "language": visitor.language}
    return _page(request, visitor, values, [], is_saved=saved)


@router.post("/me/name")
async def change(
    request: Request, here: ServiceDep, settings: SettingsDep, visitor: FreshVisitor
) -> Response:
    form = await FormData.read(request)
    try:
        body = PersonBody(
            name=form.one("name") or "",
            email=visitor.email,
            phone=visitor.phone,
            language=form.one("language") or visitor.language,
        )
        await here.transact(lambda tx: persons.change(tx, visitor.id, body.who))
    except (ValidationError, Refusal) as problem:
        return _page(request, visitor, form.values(), errors_of(problem))
    return RedirectResponse(f"{settings.registration_url}/me/name?saved=1", 303)


def _page(
    request: Request,
    person: Person,
    values: dict[str, Any],
    errors: Errors,
    *,
    is_saved: bool = False,
) -> Response:
    return PAGES.render(
        request,
        "my_name.html",
        status=422 if errors else 200,
        person=person,
        values=values,
        errors=errors,
        is_saved=is_saved,
    )

"""The list of themes that a gathering may have, kept by organisers."""

from functools import partial

from doorpakken_plumbing.identity.staff import EVERYWHERE, SignedIn, Staff
from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response
from pydantic import ValidationError

from doorpakken_registration.gatherings import themes
from doorpakken_registration.gatherings.store import themes as store
from doorpakken_registration.web.fields import Body, Title, require_public
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.form_page import Filled, answer_form, show_form
from doorpakken_registration.web.page import FIELDS, Errors, Problem, errors_of, pages_router

router = pages_router()


class ThemeBody(Body):
    """A theme by its name."""

    theme: Title


@router.get("/staff/themes")
async def show(request: Request, here: ServiceDep, staff: SignedIn) -> Response:
    return await _page(request, here, staff, Filled())


@router.post("/staff/themes")
async def add(request: Request, here: ServiceDep, staff: SignedIn) -> Response:
    """The same theme twice is there once."""
    staff.require("organiser", EVERYWHERE)

    async def work(form: FormData) -> str:
        theme = ThemeBody(theme=form.one("theme") or "").theme
        require_public([("theme", theme)])
        await here.transact(lambda tx: themes.add(tx, theme))
        return "/staff/themes"

    return await answer_form(request, work, partial(_page, request, here, staff), explain=_explain)


@router.post("/staff/themes/delete")
async def delete(request: Request, here: ServiceDep, staff: SignedIn) -> Response:
    """A gathering that has it keeps it."""
    staff.require("organiser", EVERYWHERE)

    async def work(form: FormData) -> str:
        await here.transact(lambda tx: store.delete_theme(tx, form.one("theme") or ""))
        return "/staff/themes"

    return await answer_form(request, work, partial(_page, request, here, staff))


def _explain(problem: Problem) -> Errors:
    if isinstance(problem, ValidationError):
        return [{"field": "theme", "message": FIELDS["gathering_theme"]}]
    return errors_of(problem)


async def _page(request: Request, here: ServiceDep, staff: Staff, filled: Filled) -> Response:
    staff.require("organiser", EVERYWHERE)
    listed = await store.list_themes(here.mongo)
    return show_form(request, "themes.html", filled, staff=staff, themes=listed)

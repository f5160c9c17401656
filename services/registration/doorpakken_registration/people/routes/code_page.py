"""Page on which somebody without e-mail opens their own page with the code on their letter."""

from functools import partial

from doorpakken_plumbing.identity.clients import client_of
from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from doorpakken_registration.people import short_codes
from doorpakken_registration.people.routes.visitor import home_of, swap
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.form_page import Filled, answer_form, show_form
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import pages_router

router = pages_router()

LENGTH_MAX = 200


@router.get("/code")
async def show(request: Request) -> Response:
    return await _page(request, Filled())


@router.post("/code")
async def enter(request: Request, here: ServiceDep, settings: SettingsDep) -> Response:
    async def work(form: FormData) -> Response:
        name, code = ((form.one(field) or "")[:LENGTH_MAX] for field in ("name", "code"))
        client = client_of(request)
        given = await short_codes.enter(here.mongo, settings, name, code, client)
        response = RedirectResponse(home_of(settings, given), 303)
        await swap(response, request, here, settings, given)
        return response

    return await answer_form(request, work, partial(_page, request))


async def _page(request: Request, filled: Filled) -> Response:
    return show_form(request, "code.html", filled)

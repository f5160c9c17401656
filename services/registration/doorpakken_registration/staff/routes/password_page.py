"""Pages for who has no password: asking for a link, and choosing one with the link in the mail.
The answer is the same whether or not the address is known."""

from functools import partial

from doorpakken_plumbing.http.idempotency import IdempotencyKey, once
from doorpakken_plumbing.identity.clients import client_of
from doorpakken_plumbing.service import Service, ServiceDep
from fastapi import Request, Response

from doorpakken_registration.settings import Settings
from doorpakken_registration.staff import password_links
from doorpakken_registration.staff import sign_in_tries as tries
from doorpakken_registration.staff.routes.fields import PasswordBody, RecoveryBody
from doorpakken_registration.staff.routes.own_account import LIMITED, choose_password
from doorpakken_registration.staff.routes.staff import give_token, keep_session
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.form_page import Filled, answer_form, show_form
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import PAGES, pages_router, see_other

router = pages_router()


@router.get("/staff/recover")
async def show_recovery(request: Request) -> Response:
    return await _recovery(request, Filled())


@router.post("/staff/recover")
async def recover(
    request: Request, here: ServiceDep, settings: SettingsDep, key: IdempotencyKey
) -> Response:
    async def work(form: FormData) -> str:
        body = RecoveryBody(email=form.one("email") or "")
        await tries.count_recovery(here.mongo, settings, body.email, client_of(request))
        per_hour = settings.links_per_hour
        await once(here, key, lambda tx: password_links.ask(tx, body.email, per_hour))
        return "/staff/recover/sent"

    return await answer_form(request, work, partial(_recovery, request))


@router.get("/staff/recover/sent")
async def sent(request: Request) -> Response:
    return PAGES.render(request, "staff_recover_sent.html")


@router.get("/staff/password/{token}")
async def show(token: str, request: Request, here: ServiceDep, settings: SettingsDep) -> Response:
    return await _page(request, here, settings, token, Filled())


@router.post("/staff/password/{token}", dependencies=[LIMITED])
async def choose(token: str, request: Request, here: ServiceDep, settings: SettingsDep) -> Response:
    async def work(form: FormData) -> Response:
        body = PasswordBody(token=token, password="".join(form.many("password")))
        staff, secret = await choose_password(here, settings, body)
        response = see_other(settings, "/staff")
        keep_session(response, settings, staff, secret)
        give_token(response, settings, staff)
        return response

    return await answer_form(request, work, partial(_page, request, here, settings, token))


async def _recovery(request: Request, filled: Filled) -> Response:
    return show_form(request, "staff_recover.html", filled)


async def _page(
    request: Request, here: Service, settings: Settings, token: str, filled: Filled
) -> Response:
    account = await password_links.opened(here.mongo, settings, token)
    return show_form(request, "staff_password.html", filled, account=account, token=token)

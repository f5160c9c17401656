"""The page of one's own staff account: name, password, and signing out everywhere."""

from functools import partial

from doorpakken_plumbing.http.idempotency import IdempotencyKey, once
from doorpakken_plumbing.identity.staff import SignedIn, Staff
from doorpakken_plumbing.service import Service, ServiceDep
from fastapi import Request, Response

from doorpakken_registration.staff import accounts, colleagues
from doorpakken_registration.staff import staff as work_of_staff
from doorpakken_registration.staff.routes.fields import OwnNameBody, PasswordChangeBody
from doorpakken_registration.staff.routes.own_account import replace_password
from doorpakken_registration.staff.routes.staff import forget_cookies
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.form_page import Filled, answer_form, as_done, show_form
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import pages_router, see_other

router = pages_router()

PATH = "/staff/account"


@router.get(PATH)
async def show(request: Request, here: ServiceDep, staff: SignedIn) -> Response:
    return await _page(request, here, staff, Filled())


@router.post(PATH)
async def rename(
    request: Request, here: ServiceDep, staff: SignedIn, key: IdempotencyKey
) -> Response:
    async def work(form: FormData) -> str:
        body = OwnNameBody.model_validate({"name": form.one("name") or ""})
        name, staff_id = body.name, staff.staff_id
        await once(here, key, as_done(lambda tx: accounts.rename(tx, staff_id, name)))
        return f"{PATH}?done=name"

    return await answer_form(request, work, partial(_page, request, here, staff))


@router.post(f"{PATH}/password")
async def change_password(
    request: Request, here: ServiceDep, settings: SettingsDep, staff: SignedIn
) -> Response:
    async def work(form: FormData) -> str:
        body = PasswordChangeBody(
            current="".join(form.many("current")), password="".join(form.many("password"))
        )
        await replace_password(here, settings, request, staff, body)
        return f"{PATH}?done=password"

    return await answer_form(request, work, partial(_page, request, here, staff))


@router.post(f"{PATH}/sign-out-everywhere")
async def sign_out_everywhere(here: ServiceDep, settings: SettingsDep, staff: SignedIn) -> Response:
    await here.transact(lambda tx: work_of_staff.sign_out_everywhere(tx, staff))
    response = see_other(settings, "/staff/login")
    forget_cookies(response)
    return response


async def _page(request: Request, here: Service, staff: Staff, filled: Filled) -> Response:
    colleague = await colleagues.get(here.mongo, staff.staff_id)
    return show_form(
        request,
        "staff_account.html",
        filled,
        staff=staff,
        colleague=colleague,
        values={"name": filled.values.get("name", colleague.name)},
        done=request.query_params.get("done", ""),
    )

"""Pages on which staff sign in, renew a token on the way from another service, and sign out.
Redirects lead to our own pages only."""

from urllib.parse import quote

from doorpakken_plumbing.http.errors import Refusal
from doorpakken_plumbing.identity.staff import MaybeSignedIn
from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from doorpakken_registration.settings import Settings
from doorpakken_registration.staff import staff as work
from doorpakken_registration.staff.routes.staff import (
    SESSION_COOKIE,
    forget_cookies,
    give_token,
    keep_session,
    open_session,
)
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import PAGES, Errors, errors_of, pages_router, see_other

router = pages_router()


@router.get("/staff/login")
async def show(request: Request, settings: SettingsDep, next: str = "") -> Response:
    return _page(request, "", safe_next(settings, next), [])


@router.post("/staff/login")
async def login(request: Request, here: ServiceDep, settings: SettingsDep) -> Response:
    form = await FormData.read(request)
    email, going = form.one("email") or "", safe_next(settings, form.one("next") or "")
    password = "".join(form.many("password"))
    try:
        staff, secret = await open_session(here, settings, request, email, password)
    except Refusal as refusal:
        return _page(request, email, going, errors_of(refusal), refusal.status)
    response = RedirectResponse(going, 303)
    keep_session(response, settings, staff, secret)
    give_token(response, settings, staff)
    return response


@router.get("/staff/renew")
async def renew(
    request: Request, here: ServiceDep, settings: SettingsDep, next: str = ""
) -> Response:
    going = safe_next(settings, next)
    staff = await work.renew(here.mongo, request.cookies.get(SESSION_COOKIE, ""))
    if staff is None:
        return see_other(settings, f"/staff/login?next={quote(going, safe='')}")
    response = RedirectResponse(going, 303)
    give_token(response, settings, staff)
    return response


@router.post("/staff/logout")
async def logout(
    request: Request, here: ServiceDep, settings: SettingsDep, signed_in: MaybeSignedIn
) -> Response:
    secret = request.cookies.get(SESSION_COOKIE, "")
    staff = signed_in or await work.renew(here.mongo, secret)
    if staff:
        await here.transact(lambda tx: work.sign_out(tx, staff))
    response = see_other(settings, "/")
    forget_cookies(response)
    return response


def safe_next(settings: Settings, wanted: str) -> str:
    """Prevents open redirects: another URL than ours gives the home page, none that of staff."""
    if not wanted:
        return f"{settings.registration_url}/staff"
    if any(wanted.startswith(f"{url}/") for url in settings.public_urls):
        return wanted
    return f"{settings.registration_url}/"


def _page(request: Request, email: str, going: str, errors: Errors, status: int = 200) -> Response:
    return PAGES.render(
        request,
        "staff_login.html",
        status=status,
        values={"email": email, "next": going},
        errors=errors,
    )

"""HTTP endpoints for staff to sign in and out: a token for programs, cookies for browsers."""

from datetime import datetime, timedelta

from doorpakken_plumbing.http.errors import Unauthorised
from doorpakken_plumbing.http.openapi import problems
from doorpakken_plumbing.identity.clients import client_of
from doorpakken_plumbing.identity.staff import (
    COOKIE,
    TOKEN_SECONDS,
    SignedIn,
    Staff,
    set_cookie,
    sign_token,
)
from doorpakken_plumbing.service import Service, ServiceDep
from doorpakken_plumbing.time import clock
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from doorpakken_registration.settings import Settings
from doorpakken_registration.staff import sign_in_tries as tries
from doorpakken_registration.staff import staff as work
from doorpakken_registration.web.fields import Body
from doorpakken_registration.web.own_settings import SettingsDep

router = APIRouter(prefix="/api/v1/staff", tags=["staff"])

SESSION_COOKIE = "staff_session"
# Kept after sign-out: it gives no access, and only marks a browser that signed in before.
DEVICE_COOKIE = "staff_device"


class SignIn(Body):
    """Who you are."""

    email: str = Field(max_length=200)
    password: str = Field(max_length=200)


class TokenView(BaseModel):
    """A bearer token, good for ten minutes."""

    token: str
    expires_at: datetime


@router.post("/login", summary="Sign in", responses=problems(401, 429))
async def login(
    body: SignIn, request: Request, response: Response, here: ServiceDep, settings: SettingsDep
) -> TokenView:
    """Also sets the cookies `staff` (the token) and `staff_session` (renews it for 12 hours);
    `staff_device` only tells this browser from one that guesses."""
    staff, secret = await open_session(here, settings, request, body.email, body.password)
    keep_session(response, settings, staff, secret)
    return give_token(response, settings, staff)


@router.get("/renew", summary="Get a new token", responses=problems(401))
async def renew(
    request: Request, response: Response, here: ServiceDep, settings: SettingsDep
) -> TokenView:
    """By the cookie `staff_session`."""
    staff = await work.renew(here.mongo, request.cookies.get(SESSION_COOKIE, ""))
    if staff is None:
        raise Unauthorised("This sign-in is over. Sign in again.")
    return give_token(response, settings, staff)


@router.post("/logout", status_code=204, summary="Sign out")
async def logout(response: Response, here: ServiceDep, staff: SignedIn) -> None:
    """All tokens of this sign-in are refused from now on."""
    await here.transact(lambda tx: work.sign_out(tx, staff))
    forget_cookies(response)


async def open_session(
    here: Service, settings: Settings, request: Request, email: str, password: str
) -> tuple[Staff, str]:
    """Returns the session's secret too; raises NotRecognised or TooMany."""
    device = request.cookies.get(DEVICE_COOKIE, "")
    account = await work.sign_in(here.mongo, settings, email, password, client_of(request), device)
    hours = settings.staff_session_hours
    return await here.transact(lambda tx: work.open_session(tx, account, hours))


def give_token(response: Response, settings: Settings, staff: Staff) -> TokenView:
    """Also sets the token's cookie."""
    token = sign_token(settings.staff_private_key.get_secret_value(), staff)
    set_cookie(response, token, secure=settings.secure_cookies)
    expires_at = clock.real_now() + timedelta(seconds=TOKEN_SECONDS)
    return TokenView(token=token, expires_at=expires_at)


def keep_session(response: Response, settings: Settings, staff: Staff, secret: str) -> None:
    """Sets the cookie that renews tokens, and the one that marks a known browser."""
    device = tries.device_token(settings, staff.staff_id, staff.session_id)
    kept = {
        SESSION_COOKIE: (secret, settings.staff_session_hours * 3600),
        DEVICE_COOKIE: (device, settings.staff_device_days * 24 * 3600),
    }
    for name, (value, seconds) in kept.items():
        response.set_cookie(
            name,
            value,
            max_age=int(seconds),
            httponly=True,
            samesite="lax",
            secure=settings.secure_cookies,
        )


def forget_cookies(response: Response) -> None:
    response.delete_cookie(COOKIE)
    response.delete_cookie(SESSION_COOKIE)

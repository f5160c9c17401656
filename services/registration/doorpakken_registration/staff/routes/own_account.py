"""HTTP endpoints of one's own staff account: name, password, signing out everywhere; and choosing a
password with a mailed link. Whether an address is known is never told."""

from doorpakken_plumbing.http.idempotency import IdempotencyKey, once
from doorpakken_plumbing.http.openapi import problems
from doorpakken_plumbing.identity.clients import client_of
from doorpakken_plumbing.identity.limits import in_a_hall
from doorpakken_plumbing.identity.staff import SignedIn, Staff
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import Service, ServiceDep
from fastapi import APIRouter, Request, Response

from doorpakken_registration.settings import Settings
from doorpakken_registration.staff import accounts, colleagues, password_links, passwords
from doorpakken_registration.staff import sign_in_tries as tries
from doorpakken_registration.staff import staff as work
from doorpakken_registration.staff.routes.accounts import AccountView, view_of
from doorpakken_registration.staff.routes.fields import (
    OwnNameBody,
    PasswordBody,
    PasswordChangeBody,
    RecoveryBody,
)
from doorpakken_registration.staff.routes.staff import (
    TokenView,
    forget_cookies,
    give_token,
    keep_session,
)
from doorpakken_registration.web.fields import Received
from doorpakken_registration.web.own_settings import SettingsDep

router = APIRouter(prefix="/api/v1/staff", tags=["staff"])

LIMITED = in_a_hall("staff-password", each=2)


@router.get("/me", summary="Show your own account", responses=problems(404))
async def show(here: ServiceDep, staff: SignedIn) -> AccountView:
    """With your roles."""
    return view_of(await colleagues.get(here.mongo, staff.staff_id))


@router.put("/me/name", status_code=204, summary="Change your name", responses=problems(404, 409))
async def rename(body: OwnNameBody, here: ServiceDep, staff: SignedIn) -> None:
    """As colleagues, and people you mail, see it."""
    await here.transact(lambda tx: accounts.rename(tx, staff.staff_id, body.name))


@router.post(
    "/me/password", status_code=204, summary="Change your password", responses=problems(404, 429)
)
async def change_password(
    body: PasswordChangeBody,
    request: Request,
    here: ServiceDep,
    settings: SettingsDep,
    staff: SignedIn,
) -> None:
    """All your other sessions end."""
    await replace_password(here, settings, request, staff, body)


@router.post(
    "/me/sign-out-everywhere",
    status_code=204,
    summary="Sign out on all devices",
    responses=problems(404),
)
async def sign_out_everywhere(response: Response, here: ServiceDep, staff: SignedIn) -> None:
    """This one too."""
    await here.transact(lambda tx: work.sign_out_everywhere(tx, staff))
    forget_cookies(response)


@router.post(
    "/recoveries",
    status_code=202,
    summary="Have a link mailed to choose a new password",
    response_model=Received,
    responses=problems(429),
)
async def recover(
    body: RecoveryBody,
    request: Request,
    here: ServiceDep,
    settings: SettingsDep,
    key: IdempotencyKey,
) -> Response:
    """Everybody gets the same 202, whether or not the address is known. The link works for four
    hours."""
    await tries.count_recovery(here.mongo, settings, body.email, client_of(request))
    per_hour = settings.links_per_hour
    answer = await once(here, key, lambda tx: password_links.ask(tx, body.email, per_hour))
    return answer.response()


@router.post(
    "/passwords",
    summary="Choose a password with a mailed link",
    dependencies=[LIMITED],
    responses=problems(404, 410),
)
async def choose(
    body: PasswordBody, response: Response, here: ServiceDep, settings: SettingsDep
) -> TokenView:
    """The link works once; you are signed in, and signed out everywhere else."""
    staff, secret = await choose_password(here, settings, body)
    keep_session(response, settings, staff, secret)
    return give_token(response, settings, staff)


async def choose_password(
    here: Service, settings: Settings, body: PasswordBody
) -> tuple[Staff, str]:
    """Returns the session's secret too; raises LinkUsed or LinkRefused."""
    await password_links.opened(here.mongo, settings, body.token)
    password_hash = await passwords.hash_of(body.password)

    async def use(tx: Transaction) -> tuple[Staff, str]:
        account = await password_links.use(tx, settings, body.token, password_hash)
        return await work.open_session(tx, account, settings.staff_session_hours)

    return await here.transact(use)


async def replace_password(
    here: Service, settings: Settings, request: Request, staff: Staff, body: PasswordChangeBody
) -> None:
    """Raises NotFound, WrongPassword or TooMany."""
    names = await tries.count_own(here.mongo, settings, staff.staff_id, client_of(request))
    account = await accounts.check_password(here.mongo, staff, body.current)
    await tries.forgive(here.mongo, names)
    password_hash = await passwords.hash_of(body.password)
    known = account.password_hash
    await here.transact(lambda tx: accounts.change_password(tx, staff, known, password_hash))

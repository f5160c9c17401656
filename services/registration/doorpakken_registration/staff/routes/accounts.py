"""HTTP endpoints of staff accounts, for administrators of all gatherings: list, invite, change
roles and block."""

from typing import Literal

from doorpakken_plumbing.http.etags import IfSeen, Showing
from doorpakken_plumbing.http.idempotency import IdempotencyKey, StoredResponse, once
from doorpakken_plumbing.http.openapi import problems
from doorpakken_plumbing.identity.staff import EVERYWHERE, SignedIn
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import ServiceDep
from fastapi import APIRouter, Response
from pydantic import BaseModel

from doorpakken_registration.people.model.person import Introduction
from doorpakken_registration.staff import account_states, accounts, colleagues
from doorpakken_registration.staff.colleagues import Colleague
from doorpakken_registration.staff.model.staff import ADMINISTRATOR, Account
from doorpakken_registration.staff.routes.fields import InvitationBody, RolesBody
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.paging import Listed, WhichPart

router = APIRouter(prefix="/api/v1/staff/accounts", tags=["staff"])


class AccountState(BaseModel):
    """A staff account; `invited` is who chose no password yet."""

    id: str
    person_id: str
    email: str
    roles: dict[str, str]
    state: Literal["invited", "active", "blocked"]


class AccountView(AccountState):
    """A staff account with the name of its person."""

    name: str


class AccountList(Listed[AccountView]):
    """Some colleagues, by e-mail address"""


@router.get("", summary="List colleagues", responses=problems(403))
async def list_all(here: ServiceDep, staff: SignedIn, asked: WhichPart) -> AccountList:
    """Also who is invited or blocked."""
    staff.require(ADMINISTRATOR, EVERYWHERE)
    page = await colleagues.page(here.mongo, asked.part)
    return AccountList(items=[view_of(one) for one in page.items], next=asked.next(page))


@router.post(
    "",
    status_code=201,
    summary="Invite a colleague",
    response_model=AccountState,
    responses=problems(403, 409, 429),
)
async def invite(
    body: InvitationBody,
    here: ServiceDep,
    settings: SettingsDep,
    staff: SignedIn,
    key: IdempotencyKey,
) -> Response:
    """They get a mail with a link to choose a password, which works for seven days."""
    staff.require(ADMINISTRATOR, EVERYWHERE)
    who = Introduction(body.name, body.email, None, body.language)

    async def work(tx: Transaction) -> StoredResponse:
        made = await accounts.invite(tx, staff.staff_id, who, body.roles, settings.links_per_hour)
        return StoredResponse(201, _state_of(made).model_dump())

    return (await once(here, key, work)).response()


@router.get(
    "/{staff_id}",
    summary="Show a colleague",
    response_model=AccountView,
    responses=problems(403, 404),
)
async def show(staff_id: str, here: ServiceDep, staff: SignedIn, showing: Showing) -> Response:
    """With all roles."""
    staff.require(ADMINISTRATOR, EVERYWHERE)
    found = await colleagues.get(here.mongo, staff_id)
    return showing.show(found.account, view_of(found))


@router.put(
    "/{staff_id}/roles",
    summary="Change what a colleague may do",
    response_model=AccountState,
    responses=problems(403, 404, 409),
)
async def change_roles(
    staff_id: str,
    body: RolesBody,
    here: ServiceDep,
    staff: SignedIn,
    key: IdempotencyKey,
    seen: IfSeen,
) -> Response:
    """At once, also for who is signed in. The last administrator keeps that role."""
    staff.require(ADMINISTRATOR, EVERYWHERE)

    async def work(tx: Transaction) -> StoredResponse:
        account = await account_states.get(tx, staff_id)
        seen.check(account)
        after = await accounts.change_roles(tx, staff.staff_id, account, body.roles)
        return StoredResponse(200, _state_of(after).model_dump())

    return (await once(here, key, work)).response()


@router.post(
    "/{staff_id}/block",
    summary="Block a colleague",
    response_model=AccountState,
    responses=problems(403, 404, 409),
)
async def block(staff_id: str, here: ServiceDep, staff: SignedIn, key: IdempotencyKey) -> Response:
    """They are signed out everywhere, at once. Not the last administrator."""
    staff.require(ADMINISTRATOR, EVERYWHERE)

    async def work(tx: Transaction) -> StoredResponse:
        after = await accounts.block(tx, staff.staff_id, await account_states.get(tx, staff_id))
        return StoredResponse(200, _state_of(after).model_dump())

    return (await once(here, key, work)).response()


@router.post(
    "/{staff_id}/unblock",
    summary="Let a blocked colleague in again",
    response_model=AccountState,
    responses=problems(403, 404),
)
async def unblock(
    staff_id: str, here: ServiceDep, staff: SignedIn, key: IdempotencyKey
) -> Response:
    """With the roles and the password they had."""
    staff.require(ADMINISTRATOR, EVERYWHERE)

    async def work(tx: Transaction) -> StoredResponse:
        after = await accounts.unblock(tx, staff.staff_id, await account_states.get(tx, staff_id))
        return StoredResponse(200, _state_of(after).model_dump())

    return (await once(here, key, work)).response()


@router.post(
    "/{staff_id}/invite",
    summary="Mail an invitation again",
    response_model=AccountState,
    responses=problems(403, 404, 409, 429),
)
async def invite_again(
    staff_id: str, here: ServiceDep, settings: SettingsDep, staff: SignedIn, key: IdempotencyKey
) -> Response:
    """For who did not choose a password yet; some an hour at most."""
    staff.require(ADMINISTRATOR, EVERYWHERE)

    async def work(tx: Transaction) -> StoredResponse:
        after = await accounts.invite_again(tx, staff.staff_id, staff_id, settings.links_per_hour)
        return StoredResponse(200, _state_of(after).model_dump())

    return (await once(here, key, work)).response()


def view_of(found: Colleague) -> AccountView:
    return AccountView(name=found.name, **_state_of(found.account).model_dump())


def _state_of(account: Account) -> AccountState:
    return AccountState(
        id=account.id,
        person_id=account.person_id,
        email=account.email,
        roles=dict(account.roles),
        state=account.state,
    )

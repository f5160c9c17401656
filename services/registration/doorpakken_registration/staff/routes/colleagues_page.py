"""Pages on which an administrator sees colleagues, invites them, changes their roles and blocks
them."""

from collections.abc import Awaitable, Callable
from functools import partial

from doorpakken_plumbing.http.idempotency import IdempotencyKey, Key, once
from doorpakken_plumbing.identity.staff import EVERYWHERE, SignedIn, Staff
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import Service, ServiceDep
from fastapi import Request, Response

from doorpakken_registration.common.store.paging import Part
from doorpakken_registration.gatherings.model.gathering import Gathering
from doorpakken_registration.gatherings.store import gatherings as gatherings_store
from doorpakken_registration.people.model.person import Introduction
from doorpakken_registration.staff import account_states, accounts, acts_shown, colleagues
from doorpakken_registration.staff.model.staff import ADMINISTRATOR
from doorpakken_registration.staff.routes.fields import ROLES, InvitationBody, RolesBody
from doorpakken_registration.web.form import FormData, Mistyped
from doorpakken_registration.web.form_page import Filled, answer_form, as_done, show_form
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import PAGES, pages_router

router = pages_router()

SHOWN_MAX = 1000
PATH = "/staff/colleagues"


@router.get(PATH)
async def show_list(request: Request, here: ServiceDep, staff: SignedIn) -> Response:
    staff.require(ADMINISTRATOR, EVERYWHERE)
    page = await colleagues.page(here.mongo, Part(SHOWN_MAX))
    gatherings = await gatherings_store.list_gatherings(here.mongo, drafts=None)
    titles = {one.id: one.title for one in gatherings}
    return PAGES.render(
        request, "colleagues.html", staff=staff, colleagues=page.items, titles=titles
    )


@router.get(f"{PATH}/invite")
async def show_invitation(request: Request, here: ServiceDep, staff: SignedIn) -> Response:
    staff.require(ADMINISTRATOR, EVERYWHERE)
    return await _invitation(request, here, staff, Filled({"place": EVERYWHERE}))


@router.post(f"{PATH}/invite")
async def invite(
    request: Request, here: ServiceDep, settings: SettingsDep, staff: SignedIn, key: IdempotencyKey
) -> Response:
    staff.require(ADMINISTRATOR, EVERYWHERE)

    async def work(form: FormData) -> str:
        body = InvitationBody.model_validate(
            {
                "name": form.one("name"),
                "email": form.one("email"),
                "roles": {form.one("place") or EVERYWHERE: _role(form, "roles")},
            }
        )
        who = Introduction(body.name, body.email, None, body.language)
        per_hour = settings.links_per_hour

        async def ask(tx: Transaction) -> None:
            await accounts.invite(tx, staff.staff_id, who, body.roles, per_hour)

        await once(here, key, as_done(ask))
        return PATH

    return await answer_form(request, work, partial(_invitation, request, here, staff))


@router.get(f"{PATH}/{{staff_id}}")
async def show(staff_id: str, request: Request, here: ServiceDep, staff: SignedIn) -> Response:
    staff.require(ADMINISTRATOR, EVERYWHERE)
    return await _page(request, here, staff, staff_id, Filled())


@router.post(f"{PATH}/{{staff_id}}")
async def change_roles(
    staff_id: str, request: Request, here: ServiceDep, staff: SignedIn, key: IdempotencyKey
) -> Response:
    staff.require(ADMINISTRATOR, EVERYWHERE)

    async def work(form: FormData) -> str:
        given = {name: text for name, text in form.pairs if name.startswith("role-") and text}
        body = RolesBody.model_validate(
            {"roles": {name.removeprefix("role-"): _role(form, name) for name in given}}
        )

        async def change(tx: Transaction) -> None:
            account = await account_states.get(tx, staff_id)
            await accounts.change_roles(tx, staff.staff_id, account, body.roles)

        await once(here, key, as_done(change))
        return f"{PATH}/{staff_id}"

    return await answer_form(request, work, partial(_page, request, here, staff, staff_id))


@router.post(f"{PATH}/{{staff_id}}/block")
async def block(
    staff_id: str, request: Request, here: ServiceDep, staff: SignedIn, key: IdempotencyKey
) -> Response:
    async def end(tx: Transaction) -> None:
        await accounts.block(tx, staff.staff_id, await account_states.get(tx, staff_id))

    return await _press(request, here, staff, staff_id, key, end)


@router.post(f"{PATH}/{{staff_id}}/unblock")
async def unblock(
    staff_id: str, request: Request, here: ServiceDep, staff: SignedIn, key: IdempotencyKey
) -> Response:
    async def begin(tx: Transaction) -> None:
        await accounts.unblock(tx, staff.staff_id, await account_states.get(tx, staff_id))

    return await _press(request, here, staff, staff_id, key, begin)


@router.post(f"{PATH}/{{staff_id}}/invite")
async def invite_again(
    staff_id: str,
    request: Request,
    here: ServiceDep,
    settings: SettingsDep,
    staff: SignedIn,
    key: IdempotencyKey,
) -> Response:
    async def ask(tx: Transaction) -> None:
        await accounts.invite_again(tx, staff.staff_id, staff_id, settings.links_per_hour)

    return await _press(request, here, staff, staff_id, key, ask, done="?sent=1")


async def _press(
    request: Request,
    here: Service,
    staff: Staff,
    staff_id: str,
    key: Key | None,
    act: Callable[[Transaction], Awaitable[None]],
    *,
    done: str = "",
) -> Response:
    """Answers a button without fields on the page of a colleague."""
    staff.require(ADMINISTRATOR, EVERYWHERE)

    async def work(_form: FormData) -> str:
        await once(here, key, as_done(act))
        return f"{PATH}/{staff_id}{done}"

    return await answer_form(request, work, partial(_page, request, here, staff, staff_id))


def _role(form: FormData, name: str) -> str:
    role = form.one(name)
    if role not in ROLES:
        raise Mistyped(["roles"])
    return role


async def _invitation(request: Request, here: Service, staff: Staff, filled: Filled) -> Response:
    gatherings = await _current_gatherings(here)
    return show_form(request, "colleague_invite.html", filled, staff=staff, gatherings=gatherings)


async def _page(
    request: Request, here: Service, staff: Staff, staff_id: str, filled: Filled
) -> Response:
    colleague = await colleagues.get(here.mongo, staff_id)
    roles = colleague.account.roles
    values = {f"role-{place}": role for place, role in roles.items()} | dict(filled.values)
    return show_form(
        request,
        "colleague.html",
        filled,
        staff=staff,
        colleague=colleague,
        gatherings=await _current_gatherings(here, *roles),
        values=values,
        acts=await acts_shown.on_object(here.mongo, staff_id),
        was_sent=request.query_params.get("sent") == "1",
    )


async def _current_gatherings(here: Service, *also: str) -> list[Gathering]:
    """Those that are not over, and `also` the ones with these ids."""
    found = await gatherings_store.list_gatherings(here.mongo, drafts=None)
    return [one for one in found if one.id in also or one.state in ("draft", "published", "closed")]

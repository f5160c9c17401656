"""Pages on which staff find, change and merge organisations, and choose their contacts.
A form that the API would refuse is shown again as it was filled in."""

from collections.abc import Awaitable, Callable
from typing import Any

from doorpakken_plumbing.http.errors import Refusal
from doorpakken_plumbing.http.idempotency import IdempotencyKey, Key, StoredResponse, once
from doorpakken_plumbing.identity.staff import EVERYWHERE, SignedIn, Staff
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import Service, ServiceDep
from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError

from doorpakken_registration.directory import history, organisation_merge
from doorpakken_registration.directory.history import OrganisationHistory
from doorpakken_registration.directory.organisation_merge import OrganisationMerge
from doorpakken_registration.directory.routes.merge_page import Merging, Pair, choices
from doorpakken_registration.directory.routes.organisations import ContactsBody, OrganisationBody
from doorpakken_registration.directory.routes.persons import Search, Skip
from doorpakken_registration.organisations import organisations
from doorpakken_registration.organisations.store import organisations as store
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.store import persons as persons_store
from doorpakken_registration.settings import Settings
from doorpakken_registration.web.fields import require_public
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import PAGES, Errors, errors_of, new_key, pages_router

router = pages_router()

SHOWN_MAX = 50


@router.get("/staff/organisations")
async def list_all(
    request: Request, here: ServiceDep, staff: SignedIn, search: Search = "", skip: Skip = 0
) -> Response:
    staff.require("reader", EVERYWHERE)
    leaf = await store.page_organisations(here.mongo, search, skip=skip, limit=SHOWN_MAX)
    return PAGES.render(
        request,
        "organisations.html",
        staff=staff,
        leaf=leaf,
        search=search,
        skip=skip,
        shown_max=SHOWN_MAX,
    )


@router.get("/staff/organisations/{organisation_id}")
async def show(
    organisation_id: str,
    request: Request,
    here: ServiceDep,
    settings: SettingsDep,
    staff: SignedIn,
    search: Search = "",
) -> Response:
    staff.require("reader", EVERYWHERE)
    organisation = await organisations.get(here.mongo, organisation_id)
    if organisation.merged_into:
        return _to(settings, organisation.merged_into)
    return await _page(request, here, staff, organisation_id, None, [], search=search)


@router.post("/staff/organisations/{organisation_id}")
async def change(
    organisation_id: str,
    request: Request,
    here: ServiceDep,
    settings: SettingsDep,
    staff: SignedIn,
    key: IdempotencyKey,
) -> Response:
    staff.require("organiser", EVERYWHERE)
    form = await FormData.read(request)
    try:
        said = {"name": form.one("name") or "", "kind": form.one("kind") or ""}
        body = OrganisationBody.model_validate(said)
        require_public([("name", body.name)])
        await _do(
            here, key, lambda tx: organisations.change(tx, organisation_id, body.name, body.kind)
        )
    except (ValidationError, Refusal) as problem:
        other = problem.extra.get("id") if isinstance(problem, organisations.NameTaken) else None
        errors = errors_of(problem)
        return await _page(request, here, staff, organisation_id, form, errors, other=other)
    return _to(settings, organisation_id)


@router.post("/staff/organisations/{organisation_id}/contacts")
async def set_contacts(
    organisation_id: str,
    request: Request,
    here: ServiceDep,
    settings: SettingsDep,
    staff: SignedIn,
    key: IdempotencyKey,
) -> Response:
    staff.require("organiser", EVERYWHERE)
    form = await FormData.read(request)
    try:
        ids = ContactsBody(person_ids=tuple(form.many("contact"))).person_ids
        await _do(here, key, lambda tx: organisations.set_contacts(tx, organisation_id, ids))
    except (ValidationError, Refusal) as problem:
        errors = errors_of(problem)
        return await _page(request, here, staff, organisation_id, None, errors)
    return _to(settings, organisation_id)


@router.get("/staff/organisations/{organisation_id}/merge")
async def choose(
    organisation_id: str, request: Request, here: ServiceDep, staff: SignedIn, search: Search = ""
) -> Response:
    staff.require("organiser", EVERYWHERE)
    organisation = await organisations.get_open(here.mongo, organisation_id)
    leaf = await store.page_organisations(here.mongo, search, skip=0, limit=SHOWN_MAX)
    return choices(request, staff, MERGING, Pair(organisation, organisation), leaf.items, search)


@router.get("/staff/organisations/{organisation_id}/merge/{into}")
async def ask(
    organisation_id: str, into: str, request: Request, here: ServiceDep, staff: SignedIn
) -> Response:
    staff.require("organiser", EVERYWHERE)
    return await MERGING.ask(request, here, staff, organisation_id, into)


@router.post("/staff/organisations/{organisation_id}/merge/{into}")
async def merge(
    organisation_id: str,
    into: str,
    request: Request,
    here: ServiceDep,
    settings: SettingsDep,
    staff: SignedIn,
    key: IdempotencyKey,
) -> Response:
    staff.require("organiser", EVERYWHERE)
    return await MERGING.merge(request, here, settings, staff, organisation_id, into, key)


async def _pair(here: Service, organisation_id: str, into: str) -> Pair:
    gone = await organisations.get(here.mongo, organisation_id)
    return Pair(gone, await organisations.get(here.mongo, into))


async def _prepared(here: Service, organisation_id: str, into: str) -> OrganisationMerge:
    return await organisation_merge.prepare(here.mongo, organisation_id, into)


MERGING = Merging("organisations", _pair, _prepared, organisation_merge.merge)


async def _do(
    here: Service, key: Key | None, work: Callable[[Transaction], Awaitable[object]]
) -> None:
    async def answered(tx: Transaction) -> StoredResponse:
        await work(tx)
        return StoredResponse(200)

    await once(here, key, answered)


def _to(settings: Settings, organisation_id: str) -> Response:
    path = f"/staff/organisations/{organisation_id}"
    return RedirectResponse(f"{settings.registration_url}{path}", 303)


async def _candidates(here: Service, found: OrganisationHistory, search: str) -> dict[str, Person]:
    known = [*found.contacts, *(member.person for member in found.members)]
    if search:
        leaf = await persons_store.page_persons(here.mongo, search, skip=0, limit=SHOWN_MAX)
        known += leaf.items
    return {one.id: one for one in known}


async def _page(
    request: Request,
    here: Service,
    staff: Staff,
    organisation_id: str,
    form: FormData | None,
    errors: Errors,
    *,
    search: str = "",
    other: str | None = None,
) -> Response:
    organisation = await organisations.get(here.mongo, organisation_id)
    found = await history.of_organisation(here.mongo, organisation)
    context: dict[str, Any] = {
        "staff": staff,
        "may_change": staff.may("organiser", EVERYWHERE),
        "history": found,
        "candidates": list((await _candidates(here, found, search)).values()),
        "values": form.values() if form else vars(organisation),
        "search": search,
        "errors": errors,
        "other": other,
        "key": new_key(),
    }
    return PAGES.render(
        request, "staff_organisation.html", status=422 if errors else 200, **context
    )

"""Pages on which staff find, change and merge people, and see their history.
A form that the API would refuse is shown again as it was filled in."""

from typing import Any

from doorpakken_plumbing.http.errors import Refusal
from doorpakken_plumbing.http.idempotency import IdempotencyKey, StoredResponse, once
from doorpakken_plumbing.identity.staff import EVERYWHERE, SignedIn, Staff
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import Service, ServiceDep
from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError

from doorpakken_registration.directory import history, person_merge
from doorpakken_registration.directory.person_merge import PersonMerge
from doorpakken_registration.directory.routes.merge_page import Merging, Pair, choices
from doorpakken_registration.directory.routes.persons import Search, Skip
from doorpakken_registration.people import persons
from doorpakken_registration.people.routes.who import PersonBody
from doorpakken_registration.people.store import persons as store
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import PAGES, Errors, errors_of, new_key, pages_router

router = pages_router()

SHOWN_MAX = 50
FIELDS = ("name", "email", "phone", "language")


@router.get("/staff/people")
async def list_all(
    request: Request, here: ServiceDep, staff: SignedIn, search: Search = "", skip: Skip = 0
) -> Response:
    staff.require("reader", EVERYWHERE)
    leaf = await store.page_persons(here.mongo, search, skip=skip, limit=SHOWN_MAX)
    return PAGES.render(
        request,
        "people.html",
        staff=staff,
        leaf=leaf,
        search=search,
        skip=skip,
        shown_max=SHOWN_MAX,
    )


@router.get("/staff/people/{person_id}")
async def show(person_id: str, request: Request, here: ServiceDep, staff: SignedIn) -> Response:
    staff.require("reader", EVERYWHERE)
    return await _page(request, here, staff, person_id, None, [])


@router.post("/staff/people/{person_id}")
async def change(
    person_id: str,
    request: Request,
    here: ServiceDep,
    settings: SettingsDep,
    staff: SignedIn,
    key: IdempotencyKey,
) -> Response:
    staff.require("organiser", EVERYWHERE)
    form = await FormData.read(request)
    try:
        body = PersonBody.model_validate({name: form.one(name) for name in FIELDS})

        async def work(tx: Transaction) -> StoredResponse:
            await persons.change(tx, person_id, body.who)
            return StoredResponse(200)

        await once(here, key, work)
    except (ValidationError, Refusal) as problem:
        other = problem.extra.get("id") if isinstance(problem, persons.PersonKnown) else None
        errors = errors_of(problem)
        return await _page(request, here, staff, person_id, form, errors, other=other)
    return RedirectResponse(f"{settings.registration_url}/staff/people/{person_id}", 303)


@router.get("/staff/people/{person_id}/merge")
async def choose(
    person_id: str, request: Request, here: ServiceDep, staff: SignedIn, search: Search = ""
) -> Response:
    staff.require("organiser", EVERYWHERE)
    person = await persons.get(here.mongo, person_id)
    wanted = search or person.name
    leaf = await store.page_persons(here.mongo, wanted, skip=0, limit=SHOWN_MAX)
    return choices(request, staff, MERGING, Pair(person, person), leaf.items, search)


@router.get("/staff/people/{person_id}/merge/{into}")
async def ask(
    person_id: str, into: str, request: Request, here: ServiceDep, staff: SignedIn
) -> Response:
    staff.require("organiser", EVERYWHERE)
    return await MERGING.ask(request, here, staff, person_id, into)


@router.post("/staff/people/{person_id}/merge/{into}")
async def merge(
    person_id: str,
    into: str,
    request: Request,
    here: ServiceDep,
    settings: SettingsDep,
    staff: SignedIn,
    key: IdempotencyKey,
) -> Response:
    staff.require("organiser", EVERYWHERE)
    return await MERGING.merge(request, here, settings, staff, person_id, into, key)


async def _pair(here: Service, person_id: str, into: str) -> Pair:
    return Pair(await persons.get(here.mongo, person_id), await persons.get(here.mongo, into))


async def _prepared(here: Service, person_id: str, into: str) -> PersonMerge:
    return await person_merge.prepare(here.mongo, person_id, into)


MERGING = Merging("people", _pair, _prepared, person_merge.merge)


async def _page(
    request: Request,
    here: Service,
    staff: Staff,
    person_id: str,
    form: FormData | None,
    errors: Errors,
    *,
    other: str | None = None,
) -> Response:
    found = await history.of_person(here.mongo, await persons.get(here.mongo, person_id))
    context: dict[str, Any] = {
        "staff": staff,
        "may_change": staff.may("organiser", EVERYWHERE),
        "history": found,
        "values": form.values() if form else vars(found.person),
        "errors": errors,
        "other": other,
        "key": new_key(),
    }
    return PAGES.render(request, "staff_person.html", status=422 if errors else 200, **context)

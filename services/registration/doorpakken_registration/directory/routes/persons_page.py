"""Pages on which staff find, change and merge people, and see their history.
A form that the API would refuse is shown again as it was filled in."""

from functools import partial

from doorpakken_plumbing.http.idempotency import IdempotencyKey, once
from doorpakken_plumbing.identity.staff import EVERYWHERE, SignedIn, Staff
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import Service, ServiceDep
from fastapi import Request, Response

from doorpakken_registration.commitments import own_promises
from doorpakken_registration.directory import history, person_change, person_merge
from doorpakken_registration.directory.routes.noun_api import note_person
from doorpakken_registration.directory.routes.noun_pages import Noun
from doorpakken_registration.people import persons, short_codes
from doorpakken_registration.people.routes.who import PersonBody
from doorpakken_registration.people.store import persons as store
from doorpakken_registration.staff import accounts, acts_shown
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.form_page import (
    Edited,
    Filled,
    answer_form,
    as_done,
    seen_in,
    show_form,
)
from doorpakken_registration.web.own_settings import own_settings
from doorpakken_registration.web.page import new_key

FIELDS = ("name", "email", "phone", "language")
PEOPLE = Noun(
    path="people",
    template="people.html",
    find=store.page_persons,
    get=persons.get,
    get_open=persons.get,
    search_for=lambda person: person.name,
    prepare=person_merge.prepare,
    merge=person_merge.merge,
    merged="person_merged",
)

router = PEOPLE.router()


@router.get("/staff/people/{person_id}")
async def show(person_id: str, request: Request, here: ServiceDep, staff: SignedIn) -> Response:
    staff.require("reader", EVERYWHERE)
    return await _page(request, here, staff, person_id, Filled())


@router.post("/staff/people/{person_id}")
async def change(
    person_id: str, request: Request, here: ServiceDep, staff: SignedIn, key: IdempotencyKey
) -> Response:
    staff.require("organiser", EVERYWHERE)

    await accounts.require_may_change(here.mongo, staff, person_id)

    async def work(form: FormData) -> str:
        body = PersonBody.model_validate({name: form.one(name) for name in FIELDS})
        seen = seen_in(form)

        async def change(tx: Transaction) -> None:
            seen.check(await persons.get(tx, person_id))
            await person_change.change(tx, person_id, body.who)
            await note_person(tx, staff, "person_changed", person_id)

        await once(here, key, as_done(change))
        return f"/staff/people/{person_id}"

    return await answer_form(request, work, partial(_page, request, here, staff, person_id))


async def _page(
    request: Request, here: Service, staff: Staff, person_id: str, filled: Filled
) -> Response:
    found = await history.of_person(here.mongo, await persons.get(here.mongo, person_id))
    problem, may_change = filled.problem, staff.may("organiser", EVERYWHERE)
    settings = await own_settings(request)
    return show_form(
        request,
        "staff_person.html",
        filled,
        staff=staff,
        code=short_codes.code_of(settings, found.person) if may_change else None,
        may_change=may_change,
        history=found,
        promises=await own_promises.list_of(here.mongo, found.person),
        edited=Edited(found.person, vars(found.person)),
        acts=await acts_shown.for_person(here.mongo, person_id),
        other=problem.extra.get("id") if isinstance(problem, persons.PersonKnown) else None,
        key=new_key(),
    )

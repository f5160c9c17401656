"""Pages on which staff find, change and merge organisations, and choose their contacts.
A form that the API would refuse is shown again as it was filled in."""

from collections.abc import Sequence
from functools import partial

from doorpakken_plumbing.http.idempotency import IdempotencyKey, once
from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.identity.staff import EVERYWHERE, SignedIn, Staff
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import Service, ServiceDep
from fastapi import Request, Response

from doorpakken_registration.directory import history, organisation_merge
from doorpakken_registration.directory.history import OrganisationHistory
from doorpakken_registration.directory.routes.noun_api import Search
from doorpakken_registration.directory.routes.noun_pages import SHOWN_MAX, Noun
from doorpakken_registration.directory.routes.organisations import ContactsBody, OrganisationBody
from doorpakken_registration.organisations import organisations
from doorpakken_registration.organisations.store import organisations as store
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.store import persons as persons_store
from doorpakken_registration.staff import acts_shown
from doorpakken_registration.web.fields import require_public
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.form_page import (
    Edited,
    Filled,
    answer_form,
    as_done,
    seen_in,
    show_form,
)
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import new_key, see_other

ORGANISATIONS = Noun(
    path="organisations",
    template="organisations.html",
    find=store.page_organisations,
    get=organisations.get,
    get_open=organisations.get_open,
    search_for=lambda organisation: "",
    prepare=organisation_merge.prepare,
    merge=organisation_merge.merge,
    merged="organisation_merged",
)

router = ORGANISATIONS.router()


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
        return see_other(settings, f"/staff/organisations/{organisation.merged_into}")
    return await _page(request, here, staff, organisation_id, Filled(), search=search)


@router.post("/staff/organisations/{organisation_id}")
async def change(
    organisation_id: str, request: Request, here: ServiceDep, staff: SignedIn, key: IdempotencyKey
) -> Response:
    staff.require("organiser", EVERYWHERE)

    async def work(form: FormData) -> str:
        said = {"name": form.one("name") or "", "kind": form.one("kind") or ""}
        body = OrganisationBody.model_validate(said)
        require_public([("name", body.name)])
        name, kind = body.name, body.kind
        seen = seen_in(form)

        async def change(tx: Transaction) -> None:
            seen.check(await organisations.get(tx, organisation_id))
            await organisations.change(tx, organisation_id, name, kind)
            await acts.note(tx, staff.staff_id, "organisation_changed", organisation_id)

        await once(here, key, as_done(change))
        return f"/staff/organisations/{organisation_id}"

    return await answer_form(request, work, partial(_page, request, here, staff, organisation_id))


@router.post("/staff/organisations/{organisation_id}/contacts")
async def set_contacts(
    organisation_id: str, request: Request, here: ServiceDep, staff: SignedIn, key: IdempotencyKey
) -> Response:
    staff.require("organiser", EVERYWHERE)

    async def work(form: FormData) -> str:
        ids = ContactsBody(person_ids=tuple(form.many("contact"))).person_ids
        seen = seen_in(form)

        async def change(tx: Transaction) -> None:
            seen.check(await organisations.get(tx, organisation_id))
            await organisations.set_contacts(tx, organisation_id, ids)
            await acts.note(tx, staff.staff_id, "contacts_changed", organisation_id)

        await once(here, key, as_done(change))
        return f"/staff/organisations/{organisation_id}"

    again = partial(_page, request, here, staff, organisation_id)
    return await answer_form(request, work, again, many=("contact",))


async def _candidates(
    here: Service, found: OrganisationHistory, search: str, chosen: Sequence[str]
) -> dict[str, Person]:
    known = [*found.contacts, *(member.person for member in found.members)]
    known += await persons_store.list_persons(here.mongo, chosen)
    if search:
        leaf = await persons_store.page_persons(here.mongo, search, skip=0, limit=SHOWN_MAX)
        known += leaf.items
    return {one.id: one for one in known}


async def _page(
    request: Request,
    here: Service,
    staff: Staff,
    organisation_id: str,
    filled: Filled,
    *,
    search: str = "",
) -> Response:
    organisation = await organisations.get(here.mongo, organisation_id)
    found = await history.of_organisation(here.mongo, organisation)
    problem, chosen = filled.problem, filled.values.get("contact", ())
    return show_form(
        request,
        "staff_organisation.html",
        filled,
        staff=staff,
        may_change=staff.may("organiser", EVERYWHERE),
        history=found,
        acts=await acts_shown.on_object(here.mongo, organisation_id),
        candidates=list((await _candidates(here, found, search, chosen)).values()),
        edited=Edited(organisation, vars(organisation) | {"contact": [*organisation.contacts]}),
        search=search,
        other=problem.extra.get("id") if isinstance(problem, organisations.NameTaken) else None,
        key=new_key(),
    )

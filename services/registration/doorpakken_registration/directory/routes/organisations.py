"""HTTP endpoints of organisations, for staff of all gatherings: find, read, change and merge."""

from typing import Annotated

from doorpakken_events.words import Kind
from doorpakken_plumbing.http.etags import IfSeen, Showing
from doorpakken_plumbing.http.idempotency import IdempotencyKey, StoredResponse, once
from doorpakken_plumbing.http.openapi import problems
from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.identity.staff import EVERYWHERE, SignedIn
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import ServiceDep
from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from doorpakken_registration.directory import history, organisation_merge
from doorpakken_registration.directory.history import Member
from doorpakken_registration.directory.routes.noun_api import (
    Into,
    Merged,
    OfferedView,
    PitchedView,
    Search,
    SupportView,
    answer_merge,
    noted_merge,
    support_view,
)
from doorpakken_registration.organisations import organisations
from doorpakken_registration.organisations.store import organisations as store
from doorpakken_registration.people.model.person import Organisation
from doorpakken_registration.web.fields import Body, Id, Name, require_public
from doorpakken_registration.web.paging import Listed, WhichPart

router = APIRouter(prefix="/api/v1/organisations", tags=["organisations"])

CONTACTS_MAX = 20


class OrganisationBody(Body):
    """What an organisation is from now on; everybody sees its name."""

    name: Name
    kind: Kind


class ContactsBody(Body):
    """Who to turn to, the first one first; empty for nobody."""

    person_ids: Annotated[tuple[Id, ...], Field(max_length=CONTACTS_MAX)]


class OrganisationView(BaseModel):
    """An organisation as staff see it; `merged_into` names the one that it became."""

    id: str
    version: int
    name: str
    kind: str
    contacts: list[str]
    merged_into: str | None


class OrganisationList(Listed[OrganisationView]):
    """Some organisations by name"""


class CameView(BaseModel):
    """Once that somebody came for the organisation."""

    gathering_id: str
    title: str
    attendee_id: str
    kind: str
    state: str


class MemberView(BaseModel):
    """Somebody who came for the organisation, the last time first."""

    person_id: str
    name: str
    gatherings: list[CameView]


class ContactView(BaseModel):
    """Who to turn to."""

    person_id: str
    name: str
    email: str | None
    phone: str | None


class OrganisationHistoryView(OrganisationView):
    """An organisation with who came for it, what it pitched and what it supports."""

    contact_persons: list[ContactView]
    people: list[MemberView]
    pitches: list[PitchedView]
    endorsements: list[SupportView]
    offers: list[OfferedView]


class MergedOrganisation(Merged):
    """Which one is left, and how many things became its own."""


@router.get("", summary="Find organisations", responses=problems(403))
async def list_all(
    here: ServiceDep, staff: SignedIn, asked: WhichPart, search: Search = ""
) -> OrganisationList:
    """By a part of the name; without a search all of them. None that was merged."""
    staff.require("reader", EVERYWHERE)
    page = await store.page_organisations_by_name(here.mongo, search, asked.part)
    items = [OrganisationView.model_validate(_fields(one)) for one in page.items]
    return OrganisationList(items=items, next=asked.next(page))


@router.get(
    "/{organisation_id}",
    summary="Show an organisation",
    response_model=OrganisationHistoryView,
    responses=problems(403, 404),
)
async def show(
    organisation_id: str, here: ServiceDep, staff: SignedIn, showing: Showing
) -> Response:
    """Also one that was merged, so that an old id leads on."""
    staff.require("reader", EVERYWHERE)
    organisation = await organisations.get(here.mongo, organisation_id)
    found = await history.of_organisation(here.mongo, organisation)
    said = _fields(organisation) | {
        "contact_persons": [
            {"person_id": one.id, "name": one.name, "email": one.email, "phone": one.phone}
            for one in found.contacts
        ],
        "people": [_member(one) for one in found.members],
        "pitches": [PitchedView(**vars(one)) for one in found.pitches],
        "endorsements": [support_view(one) for one in found.support],
        "offers": [OfferedView(**vars(one)) for one in found.offers],
    }
    return showing.show(organisation, OrganisationHistoryView.model_validate(said))


@router.put(
    "/{organisation_id}",
    summary="Change an organisation",
    response_model=OrganisationView,
    responses=problems(403, 404, 409),
)
async def change(
    organisation_id: str,
    body: OrganisationBody,
    here: ServiceDep,
    staff: SignedIn,
    key: IdempotencyKey,
    seen: IfSeen,
) -> Response:
    """Its name and kind, for everybody; a name of another one is refused."""
    staff.require("organiser", EVERYWHERE)
    require_public([("name", body.name)])

    async def work(tx: Transaction) -> StoredResponse:
        seen.check(await organisations.get(tx, organisation_id))
        await acts.note(tx, staff.staff_id, "organisation_changed", organisation_id)
        changed = await organisations.change(tx, organisation_id, body.name, body.kind)
        return StoredResponse(200, _fields(changed))

    return (await once(here, key, work)).response()


@router.put(
    "/{organisation_id}/contacts",
    summary="Say who to turn to",
    response_model=OrganisationView,
    responses=problems(403, 404, 409),
)
async def set_contacts(
    organisation_id: str,
    body: ContactsBody,
    here: ServiceDep,
    staff: SignedIn,
    key: IdempotencyKey,
    seen: IfSeen,
) -> Response:
    """In the place of those it had; said to nobody else."""
    staff.require("organiser", EVERYWHERE)

    async def work(tx: Transaction) -> StoredResponse:
        seen.check(await organisations.get(tx, organisation_id))
        await acts.note(tx, staff.staff_id, "contacts_changed", organisation_id)
        changed = await organisations.set_contacts(tx, organisation_id, body.person_ids)
        return StoredResponse(200, _fields(changed))

    return (await once(here, key, work)).response()


@router.post(
    "/{organisation_id}/merge",
    summary="Merge an organisation into another",
    response_model=MergedOrganisation,
    responses=problems(403, 404, 409),
)
async def merge(
    organisation_id: str, body: Into, here: ServiceDep, staff: SignedIn, key: IdempotencyKey
) -> Response:
    """All of the first is the other's, and its name finds the other. It cannot be undone."""
    staff.require("organiser", EVERYWHERE)

    merge_in = noted_merge(organisation_merge.merge, staff, "organisation_merged")
    return await answer_merge(here, key, merge_in, organisation_id, body.into)


def _fields(organisation: Organisation) -> dict[str, object]:
    return {
        "id": organisation.id,
        "version": organisation.version,
        "name": organisation.name,
        "kind": organisation.kind,
        "contacts": organisation.contacts,
        "merged_into": organisation.merged_into,
    }


def _member(member: Member) -> MemberView:
    return MemberView(
        person_id=member.person.id,
        name=member.person.name,
        gatherings=[
            CameView(
                gathering_id=gathering.id,
                title=gathering.title,
                attendee_id=attendee.id,
                kind=attendee.kind,
                state=attendee.state,
            )
            for gathering, attendee in member.stays
        ],
    )

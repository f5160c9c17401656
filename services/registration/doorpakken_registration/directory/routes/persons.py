"""HTTP endpoints of people, for staff of all gatherings: find, read, change and merge."""

from datetime import datetime

from doorpakken_plumbing.http.etags import IfSeen, Showing
from doorpakken_plumbing.http.idempotency import IdempotencyKey, StoredResponse, once
from doorpakken_plumbing.http.openapi import problems
from doorpakken_plumbing.identity.staff import EVERYWHERE, SignedIn
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import ServiceDep
from fastapi import APIRouter, Response
from pydantic import BaseModel

from doorpakken_registration.directory import history, person_change, person_merge
from doorpakken_registration.directory.history import Chapter
from doorpakken_registration.directory.routes.noun_api import (
    Into,
    Merged,
    OfferedView,
    PitchedView,
    Search,
    SupportView,
    answer_merge,
    note_person,
    noted_merge,
    support_view,
)
from doorpakken_registration.people import persons
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.routes.who import PersonBody
from doorpakken_registration.people.store import persons as store
from doorpakken_registration.staff import accounts
from doorpakken_registration.web.paging import Listed, WhichPart

router = APIRouter(prefix="/api/v1/persons", tags=["persons"])


class PersonView(BaseModel):
    """A person as staff see them."""

    id: str
    version: int
    name: str
    email: str | None
    phone: str | None
    language: str


class PersonList(Listed[PersonView]):
    """Some people by name"""


class AttendedView(BaseModel):
    """How a person took part in a gathering."""

    id: str
    state: str
    kind: str
    organisation_id: str | None
    organisation: str | None


class SeatView(BaseModel):
    """A seat or a place in line, also one that is over."""

    id: str
    session_id: str
    title: str
    starts_at: datetime | None
    state: str
    place: int | None
    reason: str | None


class SaidView(BaseModel):
    """What was answered to a wave of invitations."""

    wave_id: str
    answer: str
    reason: str | None


class ChapterView(BaseModel):
    """One gathering of a person; `attendee` is null for who only pitched or helps there. `wishes`
    are titles of pitches."""

    gathering_id: str
    title: str
    starts_at: datetime
    attendee: AttendedView | None
    sign_ups: list[SeatView]
    answers: list[SaidView]
    pitches: list[PitchedView]
    endorsements: list[SupportView]
    offers: list[OfferedView]
    wishes: list[str]


class PersonHistoryView(PersonView):
    """A person with their gatherings, the last one first, and the organisations they answer for."""

    contact_of: list[str]
    gatherings: list[ChapterView]


class MergedPerson(Merged):
    """Who is left, and how many things became theirs."""


@router.get("", summary="Find people", responses=problems(403))
async def list_all(
    here: ServiceDep, staff: SignedIn, asked: WhichPart, search: Search = ""
) -> PersonList:
    """By name, by address or by a part of either; without a search everybody."""
    staff.require("reader", EVERYWHERE)
    page = await store.page_persons_by_name(here.mongo, search, asked.part)
    items = [PersonView(**_fields(one)) for one in page.items]
    return PersonList(items=items, next=asked.next(page))


@router.get(
    "/{person_id}",
    summary="Show a person",
    response_model=PersonHistoryView,
    responses=problems(403, 404),
)
async def show(person_id: str, here: ServiceDep, staff: SignedIn, showing: Showing) -> Response:
    """With all gatherings, sessions, answers, pitches and support."""
    staff.require("reader", EVERYWHERE)
    found = await history.of_person(here.mongo, await persons.get(here.mongo, person_id))
    view = PersonHistoryView(
        **_fields(found.person),
        contact_of=[one.id for one in found.contact_of],
        gatherings=[_chapter(one) for one in found.chapters],
    )
    return showing.show(found.person, view)


@router.put(
    "/{person_id}",
    summary="Change who somebody is",
    response_model=PersonView,
    responses=problems(403, 404, 409),
)
async def change(
    person_id: str,
    body: PersonBody,
    here: ServiceDep,
    staff: SignedIn,
    key: IdempotencyKey,
    seen: IfSeen,
) -> Response:
    """Links that were sent to an address that is taken away stop working."""
    staff.require("organiser", EVERYWHERE)
    await accounts.require_may_change(here.mongo, staff, person_id)

    async def work(tx: Transaction) -> StoredResponse:
        seen.check(await persons.get(tx, person_id))
        await note_person(tx, staff, "person_changed", person_id)
        return StoredResponse(200, _fields(await person_change.change(tx, person_id, body.who)))

    return (await once(here, key, work)).response()


@router.post(
    "/{person_id}/merge",
    summary="Merge a person into another",
    response_model=MergedPerson,
    responses=problems(403, 404, 409),
)
async def merge(
    person_id: str, body: Into, here: ServiceDep, staff: SignedIn, key: IdempotencyKey
) -> Response:
    """All of the first is the other's; the first is gone. It cannot be undone."""
    staff.require("organiser", EVERYWHERE)
    await accounts.require_may_change(here.mongo, staff, person_id, body.into)
    merge_in = noted_merge(person_merge.merge, staff, "person_merged")
    return await answer_merge(here, key, merge_in, person_id, body.into)


def _fields(person: Person) -> dict[str, str | int | None]:
    return {
        "id": person.id,
        "version": person.version,
        "name": person.name,
        "email": person.email,
        "phone": person.phone,
        "language": person.language,
    }


def _chapter(chapter: Chapter) -> ChapterView:
    attendee, organisation = chapter.attendee, chapter.organisation
    name = organisation.name if organisation else None
    return ChapterView(
        gathering_id=chapter.gathering.id,
        title=chapter.gathering.title,
        starts_at=chapter.gathering.starts_at,
        attendee=AttendedView(**vars(attendee), organisation=name) if attendee else None,
        sign_ups=[
            SeatView(
                **vars(one.sign_up),
                title=one.title,
                starts_at=one.session.starts_at if one.session else None,
            )
            for one in chapter.seats
        ],
        answers=[SaidView(**vars(one)) for one in chapter.answers],
        pitches=[PitchedView(**vars(one)) for one in chapter.pitches],
        endorsements=[support_view(one) for one in chapter.support],
        offers=[OfferedView(**vars(one)) for one in chapter.offers],
        wishes=list(chapter.wishes),
    )

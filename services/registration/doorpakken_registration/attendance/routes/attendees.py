"""HTTP endpoints of attendees: anybody signs up; staff register, read, check in and cancel."""

from typing import Literal

from doorpakken_events.words import Kind
from doorpakken_plumbing.http.errors import Forbidden
from doorpakken_plumbing.http.etags import IfSeen, Showing
from doorpakken_plumbing.http.idempotency import IdempotencyKey, Key, StoredResponse
from doorpakken_plumbing.http.openapi import problems
from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.identity.limits import in_a_hall
from doorpakken_plumbing.identity.staff import MaybeSignedIn, SignedIn, Staff
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import Service, ServiceDep
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from doorpakken_registration.attendance import attendee_changes, attendee_lists, registration
from doorpakken_registration.attendance.check_in import Act, Change, decide
from doorpakken_registration.attendance.routes.details import (
    LISTING,
    AttendeeBody,
    DetailsBody,
    details_of,
    registration_of,
)
from doorpakken_registration.following.routes.followers import WORDS
from doorpakken_registration.gatherings import attendees, gatherings
from doorpakken_registration.gatherings.attendees import summary
from doorpakken_registration.gatherings.model.attendee import Attendee
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.routes.visitor import MaybeVisitor, nobody
from doorpakken_registration.web.even import even_time
from doorpakken_registration.web.fields import SignedUp
from doorpakken_registration.web.own_settings import own_settings
from doorpakken_registration.web.page import PAGES
from doorpakken_registration.web.paging import Listed, WhichPart
from doorpakken_registration.web.same_person import count_person

router = APIRouter(prefix="/api/v1", tags=["attendees"])


AttendeeState = Literal["registered", "waitlisted", "offered", "cancelled", "checked_in"]


class AttendeeMade(BaseModel):
    """Who was registered; `state` is `registered`, or `waitlisted` when the gathering is full."""

    id: str
    person_id: str
    organisation_id: str | None
    state: str


class AttendeeView(BaseModel):
    """An attendee as staff see them; `invitation` tells how the invitation fared."""

    id: str
    person_id: str
    name: str
    email: str | None
    phone: str | None
    language: str
    kind: str
    organisation_id: str | None
    organisation: str | None
    availability: list[str]
    interests: list[str]
    offers: list[str]
    state: str
    invitation: str | None


class AttendeeList(Listed[AttendeeView]):
    """Some of a gathering's attendees in order of registration"""


@router.post(
    "/gatherings/{gathering_id}/attendees",
    status_code=202,
    summary="Sign up, or register somebody as staff",
    dependencies=[in_a_hall("sign-up", each=2)],
    response_model=SignedUp,
    responses={
        201: {"model": AttendeeMade, "description": "Registered by staff"},
        **problems(404, 409),
    },
)
async def register(
    gathering_id: str,
    body: AttendeeBody,
    request: Request,
    here: ServiceDep,
    staff: MaybeSignedIn,
    visitor: MaybeVisitor,
    key: IdempotencyKey,
) -> Response:
    """Everybody gets the same 202 and a mail; staff get 201 with ids, or 409 for a known person.
    What is told in a known person's name waits until they say, behind their link, that it is
    theirs."""
    if staff:
        staff.require("organiser", gathering_id)
    await count_person(
        request, staff, "sign-up", name=body.name, addresses=(body.email, body.phone)
    )
    # Not a dependency, since FastAPI takes time for each and a full hall signs up at once.
    settings = await own_settings(request)
    asked = registration_of(
        gathering_id,
        body,
        listing_words=PAGES.text(request, LISTING),
        news_words=PAGES.text(request, WORDS),
        staff_id=staff.staff_id if staff else None,
        links_per_hour=settings.links_per_hour,
        visitor=visitor,
        sends_link=staff is None,
    )
    lane = attendees.lane_of(gathering_id)
    if staff:
        return (
            await here.lanes.submit(lane, asked, registration.register, idempotency=key)
        ).response()
    async with even_time():
        return (
            await here.lanes.submit(lane, asked, registration.register, idempotency=key)
        ).response()


@router.get(
    "/gatherings/{gathering_id}/attendees",
    summary="List attendees with their names",
    responses=problems(403, 404),
)
async def list_all(
    gathering_id: str,
    here: ServiceDep,
    staff: SignedIn,
    asked: WhichPart,
    state: AttendeeState | None = None,
    kind: Kind | None = None,
) -> AttendeeList:
    """For staff; in order of registration."""
    staff.require("reader", gathering_id)
    await gatherings.get(here.mongo, gathering_id)
    page = await attendee_lists.page(here.mongo, gathering_id, asked.part, state=state, kind=kind)
    return AttendeeList(items=[AttendeeView(**one) for one in page.items], next=asked.next(page))


@router.get(
    "/attendees/{attendee_id}",
    summary="Look at an attendee",
    response_model=AttendeeView,
    responses=problems(403, 404),
)
async def get(attendee_id: str, here: ServiceDep, staff: SignedIn, showing: Showing) -> Response:
    """For staff."""
    found = await attendees.get(here.mongo, attendee_id)
    staff.require("reader", found.gathering_id)
    [shown] = await attendee_lists.list_shown(here.mongo, found.gathering_id, [found])
    return showing.show(found, AttendeeView.model_validate(shown))


@router.put(
    "/attendees/{attendee_id}/details",
    summary="Change what an attendee told",
    response_model=AttendeeMade,
    responses=problems(403, 404, 409),
)
async def change_details(
    attendee_id: str,
    body: DetailsBody,
    request: Request,
    here: ServiceDep,
    staff: MaybeSignedIn,
    visitor: MaybeVisitor,
    seen: IfSeen,
) -> Response:
    """All of it from now on, by the person's link or by staff; what is left out is taken away."""
    attendee = await _acting_on(here, attendee_id, staff, visitor)
    wanted = details_of(body, PAGES.text(request, LISTING))
    about = {"gathering_id": attendee.gathering_id, "person_id": attendee.person_id}
    by = _staff_for(attendee, staff, visitor)

    async def work(tx: Transaction) -> StoredResponse:
        seen.check(await attendees.get(tx, attendee_id))
        changed = await attendee_changes.change(tx, attendee_id, wanted)
        await acts.note(tx, by, "details_changed", attendee_id, **about)
        return StoredResponse(200, summary(changed))

    return (await here.transact(work)).response()


@router.post(
    "/attendees/{attendee_id}/check-in",
    summary="Check in",
    response_model=AttendeeMade,
    responses=problems(403, 404, 409),
)
async def check_in(
    attendee_id: str, here: ServiceDep, staff: SignedIn, key: IdempotencyKey
) -> Response:
    """They are present; again is fine. Also somebody from the waitlist who came anyway."""
    return await _at_the_door(here, attendee_id, staff, Act.CHECK_IN, key)


@router.delete(
    "/attendees/{attendee_id}/check-in",
    summary="Undo a check-in",
    response_model=AttendeeMade,
    responses=problems(403, 404, 409),
)
async def undo_check_in(
    attendee_id: str, here: ServiceDep, staff: SignedIn, key: IdempotencyKey
) -> Response:
    """They did not come; what a plan has for them is taken back. Until their invitation was sent;
    again is fine."""
    return await _at_the_door(here, attendee_id, staff, Act.UNDO, key)


@router.delete(
    "/attendees/{attendee_id}",
    summary="Cancel",
    response_model=AttendeeMade,
    responses=problems(403, 404, 409),
)
async def cancel(
    attendee_id: str,
    here: ServiceDep,
    staff: MaybeSignedIn,
    visitor: MaybeVisitor,
    key: IdempotencyKey,
    seen: IfSeen,
) -> Response:
    """They will not come; their sign-ups for sessions end. By staff, or by the person's link."""
    attendee = await _acting_on(here, attendee_id, staff, visitor)
    by = _staff_for(attendee, staff, visitor)
    asked = Change(attendee.gathering_id, attendee_id, Act.CANCEL, seen, staff_id=by)
    return await _submit(here, asked, key)


async def _at_the_door(
    here: Service, attendee_id: str, staff: Staff, act: Act, key: Key | None
) -> Response:
    attendee = await attendees.get(here.mongo, attendee_id)
    staff.require("door", attendee.gathering_id)
    return await _submit(
        here, Change(attendee.gathering_id, attendee_id, act, staff_id=staff.staff_id), key
    )


async def _acting_on(
    here: Service, attendee_id: str, staff: Staff | None, visitor: Person | None
) -> Attendee:
    """The attendee, when the visitor is this person or staff may act for them; raises
    Unauthorised, Forbidden or NotFound."""
    if not (staff or visitor):
        raise nobody()
    attendee = await attendees.get(here.mongo, attendee_id)
    if not visitor or visitor.id != attendee.person_id:
        if staff is None:
            raise Forbidden("You can do this only for yourself.")
        staff.require("organiser", attendee.gathering_id)
    return attendee


def _staff_for(attendee: Attendee, staff: Staff | None, visitor: Person | None) -> str | None:
    """None for the person themselves, also when they are signed in as staff."""
    is_own = visitor is not None and visitor.id == attendee.person_id
    return staff.staff_id if staff and not is_own else None


async def _submit(here: Service, asked: Change, key: Key | None) -> Response:
    lane = attendees.lane_of(asked.gathering_id)
    answer = await here.lanes.submit(lane, asked, decide, idempotency=key)
    return answer.response()

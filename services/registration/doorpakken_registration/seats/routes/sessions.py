"""HTTP API for work sessions and sign-ups: open to read, staff and visitors join and leave."""

from datetime import datetime
from typing import Literal

from doorpakken_plumbing.http.errors import Forbidden, Invalid, NotFound
from doorpakken_plumbing.http.idempotency import IdempotencyKey
from doorpakken_plumbing.http.openapi import problems
from doorpakken_plumbing.identity.staff import MaybeSignedIn, Staff
from doorpakken_plumbing.service import ServiceDep
from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.gatherings.store import attendees as attendees_store
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.routes.visitor import MaybeVisitor, nobody
from doorpakken_registration.seats import seats_lane, sessions, sign_ups
from doorpakken_registration.web.fields import Body, Id
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.paging import Listed, WhichPart

router = APIRouter(prefix="/api/v1", tags=["sessions"])

State = Literal["scheduled", "cancelled"]


class SignUpBody(Body):
    """Staff say for whom; a visitor joins in their own name."""

    attendee_id: Id | None = None


class SignUpView(BaseModel):
    """`active` has a seat; `held` (by the plan), `offered` (from the line) and `conflict` (at one
    time with another) keep one until `hold_until`; `waitlisted` has a `place` in line from 1."""

    id: str
    session_id: str
    attendee_id: str
    state: str
    place: int | None
    hold_until: datetime | None


class SessionView(BaseModel):
    """A work session with its seats; `taken` counts kept ones too."""

    id: str
    pitch_id: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    address: str
    link: str | None = Field(
        description="always null: who has a seat finds it on their own page and in their mail"
    )
    capacity_min: int
    capacity_max: int
    taken: int
    waitlisted: int
    over_by: int
    state: str


class SessionList(Listed[SessionView]):
    """Sessions by their start"""


@router.get(
    "/gatherings/{gathering_id}/sessions", summary="List work sessions", responses=problems(404)
)
async def list_all(
    gathering_id: str, here: ServiceDep, asked: WhichPart, state: State | None = None
) -> SessionList:
    """For everybody."""
    await gatherings.get_public(here.mongo, gathering_id)
    page = await sessions.page_with_titles(here.mongo, gathering_id, asked.part, state)
    return SessionList(
        items=[
            SessionView(
                **vars(session) | {"link": None},
                title=title,
                waitlisted=session.waiting,
                over_by=session.over_by,
            )
            for session, title in page.items
        ],
        next=asked.next(page),
    )


@router.post(
    "/sessions/{session_id}/sign-ups",
    status_code=201,
    summary="Join a session",
    response_model=SignUpView,
    responses=problems(403, 404, 409),
)
async def join(
    session_id: str,
    body: SignUpBody,
    here: ServiceDep,
    settings: SettingsDep,
    staff: MaybeSignedIn,
    visitor: MaybeVisitor,
    key: IdempotencyKey,
) -> Response:
    """A seat, also one that was kept for them; in a full session the last place in line."""
    gathering_id = await sign_ups.gathering_of(here.mongo, session_id)
    attendee_id = await attendee_for(here, gathering_id, body.attendee_id, staff, visitor)
    by = staff.staff_id if staff and body.attendee_id else None
    asked = sign_ups.Join(session_id, attendee_id, settings.sessions_per_person, by)
    return (await seats_lane.submit(here.lanes, gathering_id, asked, key)).response()


@router.delete(
    "/sign-ups/{sign_up_id}",
    summary="Leave a session",
    response_model=SignUpView,
    responses=problems(403, 404),
)
async def leave(
    sign_up_id: str,
    here: ServiceDep,
    staff: MaybeSignedIn,
    visitor: MaybeVisitor,
    key: IdempotencyKey,
) -> Response:
    """Frees the seat, which goes to the next in line, or the place in line; again is fine."""
    if not (staff or visitor):
        raise nobody()
    sign_up = await sign_ups.get(here.mongo, sign_up_id)
    by = None
    if not visitor or visitor.id != sign_up.person_id:
        if staff is None:
            raise Forbidden("You can leave only for yourself.")
        staff.require("organiser", sign_up.gathering_id)
        by = staff.staff_id
    asked = sign_ups.Leave(sign_up_id, sign_up.session_id, sign_up.attendee_id, staff_id=by)
    return (await seats_lane.submit(here.lanes, sign_up.gathering_id, asked, key)).response()


async def attendee_for(
    here: ServiceDep,
    gathering_id: str,
    attendee_id: str | None,
    staff: Staff | None,
    visitor: Person | None,
) -> str:
    """The one that staff name, else the visitor's own. Raises Invalid, Unauthorised, NotFound or
    Forbidden."""
    if staff and attendee_id:
        staff.require("organiser", gathering_id)
        return attendee_id
    if not visitor:
        raise Invalid("Say for whom: attendee_id.") if staff else nobody()
    found = await attendees_store.find_attendee_of(here.mongo, gathering_id, visitor.id)
    if found is None:
        raise NotFound("You are not registered at this gathering. Sign up first.")
    if attendee_id not in (None, found.id):
        raise Forbidden("You can choose only for yourself.")
    return found.id

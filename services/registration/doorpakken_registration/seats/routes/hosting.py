"""HTTP API for requests to lead a session, answered by the person's link or by staff for them."""

from datetime import datetime
from typing import Literal

from doorpakken_events import states
from doorpakken_plumbing.http.errors import NotFound
from doorpakken_plumbing.http.idempotency import IdempotencyKey, StoredResponse, once
from doorpakken_plumbing.http.openapi import problems
from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.identity.staff import MaybeSignedIn, Staff
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import ServiceDep
from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.routes.visitor import MaybeVisitor, nobody
from doorpakken_registration.seats import hosting
from doorpakken_registration.seats.hosting import Said, Sheet
from doorpakken_registration.seats.model.hosting import Hosting
from doorpakken_registration.web.fields import Body, Id

router = APIRouter(prefix="/api/v1/hostings", tags=["hosting"])


class HostingAnswerBody(Body):
    """`other_slot` names one of the other times, the others none. `ask` is the one you looked at;
    without it the answer is to the last ask."""

    answer: Literal["yes", "no", "other_slot"]
    slot_id: Id | None = None
    ask: int | None = Field(default=None, ge=1)

    def said(self) -> Said:
        return Said(states.HostingAnswer(self.answer), self.slot_id, self.ask)


class OtherSlotView(BaseModel):
    """A time at which the session could be instead."""

    slot_id: str
    starts_at: datetime
    ends_at: datetime


class HostingView(BaseModel):
    """Who is asked to lead which session, and when; `state` is what counts now."""

    id: str
    gathering_id: str
    session_id: str
    person_id: str
    title: str
    ask: int
    state: str
    slot_id: str | None
    starts_at: datetime
    ends_at: datetime
    place: str
    other_slots: list[OtherSlotView]


@router.get("/{hosting_id}", summary="Get who is asked to lead", responses=problems(403, 404))
async def get(
    hosting_id: str, here: ServiceDep, staff: MaybeSignedIn, visitor: MaybeVisitor
) -> HostingView:
    """For the person who is asked, and for staff."""
    asked = await _asked(here, hosting_id, visitor, staff, "reader")
    return view(await hosting.sheet_of(here.mongo, asked))


@router.post(
    "/{hosting_id}/answers",
    summary="Answer whether you lead a session",
    response_model=HostingView,
    responses=problems(403, 404, 409),
)
async def answer(
    hosting_id: str,
    body: HostingAnswerBody,
    here: ServiceDep,
    staff: MaybeSignedIn,
    visitor: MaybeVisitor,
    key: IdempotencyKey,
) -> Response:
    """A later answer replaces the earlier one."""
    found = await _asked(here, hosting_id, visitor, staff, "organiser")
    by = staff.staff_id if staff and not (visitor and visitor.id == found.person_id) else None

    async def work(tx: Transaction) -> StoredResponse:
        sheet = await hosting.answer(tx, hosting_id, body.said())
        await note_answer(tx, by, found)
        return StoredResponse(200, view(sheet).model_dump(mode="json"))

    return (await once(here, key, work)).response()


async def note_answer(tx: Transaction, staff_id: str | None, found: Hosting) -> None:
    about = {"gathering_id": found.gathering_id, "person_id": found.person_id}
    await acts.note(tx, staff_id, "host_answered", found.id, **about)


def view(sheet: Sheet) -> HostingView:
    fields = vars(sheet.hosting) | {
        "title": sheet.title,
        "state": sheet.state,
        "slot_id": sheet.wished.slot_id if sheet.wished else None,
        "place": sheet.session.place if sheet.session else "",
        "other_slots": [vars(one) for one in sheet.hosting.other_slots],
    }
    return HostingView.model_validate(fields)


async def _asked(
    here: ServiceDep, hosting_id: str, visitor: Person | None, staff: Staff | None, role: str
) -> Hosting:
    """Staff who are asked themselves need no role. Raises Unauthorised, NotFound or Forbidden."""
    if not (staff or visitor):
        raise nobody()
    found = await hosting.get(here.mongo, hosting_id)
    if visitor is None or visitor.id != found.person_id:
        if staff is None:
            raise NotFound("You are not asked this. Look at the link in the mail again.")
        staff.require(role, found.gathering_id)
    return found

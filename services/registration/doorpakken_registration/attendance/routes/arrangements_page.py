"""Pages with the arrangements to make, for organisers, and the list of participants, for attendees
who did not cancel."""

from doorpakken_plumbing.identity.staff import SignedIn
from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response

from doorpakken_registration.attendance import arrangements
from doorpakken_registration.attendance.check_in import Cancelled
from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.gatherings.store import attendees as attendees_store
from doorpakken_registration.people.routes.visitor import Visitor
from doorpakken_registration.web.page import PAGES, pages_router

router = pages_router()


@router.get("/staff/g/{gathering_id}/arrangements")
async def show(gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn) -> Response:
    staff.require("organiser", gathering_id)
    asked = await arrangements.list_asked(here.mongo, gathering_id)
    return PAGES.render(
        request,
        "arrangements.html",
        staff=staff,
        gathering=await gatherings.get(here.mongo, gathering_id),
        asked=asked,
        counted=arrangements.counted(asked),
    )


@router.get("/me/participants/{gathering_id}")
async def list_participants(
    gathering_id: str, request: Request, here: ServiceDep, visitor: Visitor
) -> Response:
    mine = await attendees_store.find_attendee_of(here.mongo, gathering_id, visitor.id)
    if mine is None or mine.is_cancelled:
        raise Cancelled("Only who comes sees who else comes.")
    return PAGES.render(
        request,
        "participants.html",
        gathering=await gatherings.get(here.mongo, gathering_id),
        attendee=mine,
        listed=await arrangements.list_participants(here.mongo, gathering_id),
    )

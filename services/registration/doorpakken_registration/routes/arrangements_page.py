"""What organisers have to arrange for who come; and, for participants, who else comes and lets
their name be seen. Refuses who is neither."""

from doorpakken_plumbing.service import Here
from doorpakken_plumbing.staff import SignedIn
from fastapi import Request, Response

from doorpakken_registration import arrangements, gatherings
from doorpakken_registration.presence import Cancelled
from doorpakken_registration.routes.page import PAGES, pages_router
from doorpakken_registration.routes.visitor import Visitor
from doorpakken_registration.store import attendees as attendees_store

router = pages_router()


@router.get("/staff/g/{gathering_id}/arrangements")
async def show(gathering_id: str, request: Request, here: Here, staff: SignedIn) -> Response:
    """How much of what, and for whom."""
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
    gathering_id: str, request: Request, here: Here, visitor: Visitor
) -> Response:
    """Who else comes and lets their name be seen."""
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

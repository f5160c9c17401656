"""The page on which staff see of each session of a gathering whether it was written what came of
it, and go to where it is written."""

from doorpakken_plumbing.identity.staff import SignedIn
from doorpakken_plumbing.service import ServiceDep
from doorpakken_plumbing.time import clock
from fastapi import Request, Response

from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.outcomes.store import outcomes as store
from doorpakken_registration.seats import sessions
from doorpakken_registration.web.page import PAGES, pages_router

router = pages_router()


@router.get("/staff/g/{gathering_id}/outcomes")
async def show(gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn) -> Response:
    staff.require("organiser", gathering_id)
    gathering = await gatherings.get(here.mongo, gathering_id)
    listed = await sessions.list_with_titles(here.mongo, gathering_id)
    held = [one for one in listed if not one[0].is_cancelled]
    found = await store.list_outcomes(here.mongo, [session.id for session, _ in held])
    return PAGES.render(
        request,
        "staff_outcomes.html",
        staff=staff,
        gathering=gathering,
        sessions=held,
        outcomes={one.id: one for one in found},
        now=clock.now(),
    )

"""The page on which organisers see who of staff did what at a gathering."""

from doorpakken_plumbing.identity.staff import SignedIn
from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response

from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.staff import acts_shown
from doorpakken_registration.web.page import PAGES, pages_router

router = pages_router()


@router.get("/staff/g/{gathering_id}/acts")
async def show(gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn) -> Response:
    staff.require("organiser", gathering_id)
    return PAGES.render(
        request,
        "staff_acts.html",
        staff=staff,
        gathering=await gatherings.get(here.mongo, gathering_id),
        acts=await acts_shown.at_gathering(here.mongo, gathering_id),
    )

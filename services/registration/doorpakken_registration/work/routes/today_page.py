"""The page on which staff begin: what waits for them at all gatherings of theirs; and that of one
gathering, with its steps."""

from doorpakken_plumbing.identity.staff import SignedIn
from doorpakken_plumbing.service import ServiceDep
from doorpakken_plumbing.time import clock
from fastapi import Request, Response

from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.web.page import PAGES, pages_router
from doorpakken_registration.work import today

router = pages_router()


@router.get("/staff")
async def show_today(request: Request, here: ServiceDep, staff: SignedIn) -> Response:
    found = await today.for_staff(here.mongo, staff, clock.now())
    return PAGES.render(request, "today.html", staff=staff, found=found.work, others=found.others)


@router.get("/staff/g/{gathering_id}/today")
async def show_gathering(
    gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn
) -> Response:
    staff.require("organiser", gathering_id)
    gathering = await gatherings.get(here.mongo, gathering_id)
    return PAGES.render(
        request,
        "gathering_today.html",
        staff=staff,
        gathering=gathering,
        found=await today.at(here.mongo, gathering, clock.now()),
    )

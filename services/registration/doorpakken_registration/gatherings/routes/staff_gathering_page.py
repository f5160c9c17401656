"""The staff page of all gatherings that they may read."""

from doorpakken_plumbing.identity.staff import SignedIn
from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response

from doorpakken_registration.gatherings.store import gatherings as store
from doorpakken_registration.web.page import PAGES, pages_router

router = pages_router()


@router.get("/staff/gatherings")
async def list_all(request: Request, here: ServiceDep, staff: SignedIn) -> Response:
    mine = staff.where("reader")
    found = await store.list_gatherings(here.mongo, drafts=mine)
    theirs = [one for one in found if mine is None or one.id in mine]
    return PAGES.render(request, "staff_gatherings.html", gatherings=theirs, staff=staff)

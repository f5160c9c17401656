"""The page to sign up for a gathering, as visitors will see it once it is published."""

from dataclasses import replace

from doorpakken_events import states
from doorpakken_plumbing.identity.staff import SignedIn
from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response

from doorpakken_registration.attendance.routes.sign_up_page import page
from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.web.form_page import Filled
from doorpakken_registration.web.page import pages_router

router = pages_router()


@router.get("/staff/g/{gathering_id}/preview")
async def preview(
    gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn
) -> Response:
    staff.require("reader", gathering_id)
    gathering = await gatherings.get(here.mongo, gathering_id)
    if gathering.state is states.Gathering.DRAFT:
        gathering = replace(gathering, state=states.Gathering.PUBLISHED)
    return await page(request, here, gathering, Filled(), is_preview=True)

"""Staff page to register somebody who walks in, and check them in at once."""

from functools import partial

from doorpakken_plumbing.http.idempotency import IdempotencyKey
from doorpakken_plumbing.identity.staff import SignedIn, Staff
from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response

from doorpakken_registration.attendance import registration
from doorpakken_registration.attendance.routes.door import WalkInBody
from doorpakken_registration.gatherings import attendees, gatherings
from doorpakken_registration.gatherings.model.gathering import Gathering
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.form_page import Filled, answer_form, show_form
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import pages_router

router = pages_router()


@router.get("/staff/g/{gathering_id}/door/walk-in")
async def show(gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn) -> Response:
    staff.require("door", gathering_id)
    gathering = await gatherings.get(here.mongo, gathering_id)
    return await _page(request, gathering, staff, Filled())


@router.post("/staff/g/{gathering_id}/door/walk-in")
async def enter(
    gathering_id: str,
    request: Request,
    here: ServiceDep,
    settings: SettingsDep,
    staff: SignedIn,
    key: IdempotencyKey,
) -> Response:
    staff.require("door", gathering_id)
    gathering = await gatherings.get(here.mongo, gathering_id)

    async def work(form: FormData) -> str:
        fields = ("name", "kind", "email", "phone")
        body = WalkInBody.model_validate({one: form.one(one) for one in fields})
        asked = body.registration(gathering_id, staff.staff_id, settings.links_per_hour)
        lane = attendees.lane_of(gathering_id)
        made = await here.lanes.submit(lane, asked, registration.register, idempotency=key)
        return f"/staff/g/{gathering_id}/door?done={made.body['id']}"

    return await answer_form(request, work, partial(_page, request, gathering, staff))


async def _page(request: Request, gathering: Gathering, staff: Staff, filled: Filled) -> Response:
    return show_form(request, "walk_in.html", filled, staff=staff, gathering=gathering)

"""The page on which staff see the support in the name of organisations that waits for a yes, and
answer for a contact person on the telephone, or for an organisation without one."""

from doorpakken_plumbing.identity.staff import SignedIn
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response

from doorpakken_registration.common.store.paging import Part
from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.organisations.store import organisations as organisations_store
from doorpakken_registration.pitches import endorsements, pitch_lane
from doorpakken_registration.pitches.routes.acting import note
from doorpakken_registration.pitches.store import endorsements as store
from doorpakken_registration.pitches.store import offers as offers_store
from doorpakken_registration.pitches.store import pitches as pitches_store
from doorpakken_registration.pitches.waiting import LOOKED_AT_MAX
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.form_page import as_done
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import PAGES, pages_router, see_other

router = pages_router()


@router.get("/staff/g/{gathering_id}/support")
async def show(gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn) -> Response:
    staff.require("organiser", gathering_id)
    gathering = await gatherings.get(here.mongo, gathering_id)
    pending = await store.list_pending_at(here.mongo, gathering_id, LOOKED_AT_MAX)
    offers = await offers_store.page_offers(
        here.mongo, gathering_id, Part(LOOKED_AT_MAX), state="pending"
    )
    ids = {one.organisation_id for one in pending if one.organisation_id}
    known = {o.id: o for o in await organisations_store.list_organisations(here.mongo, ids)}
    pitches = await pitches_store.list_pitches(here.mongo, gathering_id)
    return PAGES.render(
        request,
        "staff_support.html",
        staff=staff,
        gathering=gathering,
        pending=pending,
        offers=len(offers.items),
        organisations=known,
        titles={one.id: one.title for one in pitches},
    )


@router.post("/staff/g/{gathering_id}/support/{endorsement_id}/answer")
async def answer(
    gathering_id: str,
    endorsement_id: str,
    request: Request,
    here: ServiceDep,
    settings: SettingsDep,
    staff: SignedIn,
) -> Response:
    staff.require("organiser", (await endorsements.get(here.mongo, endorsement_id)).gathering_id)
    is_yes = (await FormData.read(request)).one("answer") == "yes"
    decide = endorsements.confirm if is_yes else endorsements.decline
    did = "support_confirmed" if is_yes else "support_declined"

    async def done(tx: Transaction) -> None:
        await note(tx, (staff, did), await decide(tx, endorsement_id, None))

    await pitch_lane.submit(here.lanes, gathering_id, as_done(done), None)
    return see_other(settings, f"/staff/g/{gathering_id}/support")

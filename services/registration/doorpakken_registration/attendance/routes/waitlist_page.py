"""The waitlist of a gathering for its organisers, with whom to phone; they enter the answers that
people give by phone."""

from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.identity.staff import SignedIn, Staff
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response

from doorpakken_registration.attendance import check_in, places, waitlist
from doorpakken_registration.gatherings import attendees, gatherings
from doorpakken_registration.gatherings.model.attendee import Attendee
from doorpakken_registration.settings import Settings
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import PAGES, pages_router, see_other

router = pages_router()


@router.get("/staff/g/{gathering_id}/waitlist")
async def show(gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn) -> Response:
    staff.require("organiser", gathering_id)
    return PAGES.render(
        request,
        "staff_waitlist.html",
        staff=staff,
        gathering=await gatherings.get(here.mongo, gathering_id),
        waiting=await waitlist.list_waiting(here.mongo, gathering_id),
    )


@router.post("/staff/attendees/{attendee_id}/accept")
async def accept(
    attendee_id: str, here: ServiceDep, settings: SettingsDep, staff: SignedIn
) -> Response:
    attendee = await _attendee(here, attendee_id, staff)
    about = {"gathering_id": attendee.gathering_id, "person_id": attendee.person_id}

    async def work(tx: Transaction) -> None:
        await places.accept(tx, attendee.id, settings.links_per_hour)
        await acts.note(tx, staff.staff_id, "place_accepted", attendee.id, **about)

    await here.transact(work)
    return _back(settings, attendee)


@router.post("/staff/attendees/{attendee_id}/cancel")
async def cancel(
    attendee_id: str, here: ServiceDep, settings: SettingsDep, staff: SignedIn
) -> Response:
    attendee = await _attendee(here, attendee_id, staff)
    asked = check_in.Change(
        attendee.gathering_id, attendee.id, check_in.Act.CANCEL, staff_id=staff.staff_id
    )
    await here.lanes.submit(attendees.lane_of(attendee.gathering_id), asked, check_in.decide)
    return _back(settings, attendee)


async def _attendee(here: ServiceDep, attendee_id: str, staff: Staff) -> Attendee:
    attendee = await attendees.get(here.mongo, attendee_id)
    staff.require("organiser", attendee.gathering_id)
    return attendee


def _back(settings: Settings, attendee: Attendee) -> Response:
    path = f"/staff/g/{attendee.gathering_id}/waitlist"
    return see_other(settings, path)

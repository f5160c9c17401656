"""The page of the holder of a personal link: their promises, gatherings and sessions. GET shows
and POST acts, since scanners open every link in a mail."""

from doorpakken_plumbing.service import ServiceDep
from doorpakken_plumbing.time import clock
from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from doorpakken_registration.attendance import attendee_changes, check_in, places, registration
from doorpakken_registration.attendance.routes.my_details_page import own_attendee
from doorpakken_registration.commitments import own_promises
from doorpakken_registration.gatherings import attendees
from doorpakken_registration.gatherings.routes.calendar_page import subscription
from doorpakken_registration.me import my_gatherings
from doorpakken_registration.me.routes import claims_page
from doorpakken_registration.people import links, passes
from doorpakken_registration.people.routes.visitor import Admitted, Visitor, home_of
from doorpakken_registration.seats import seats_lane, sign_ups
from doorpakken_registration.seats.routes.own_sign_up import own_sign_up
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import PAGES, pages_router, see_other

router = pages_router()


@router.get("/me")
async def show(
    request: Request, here: ServiceDep, settings: SettingsDep, given: Admitted
) -> Response:
    """Writes only that the link was used: once a day, and only for a request with its cookie, which
    mail scanners do not send."""
    visitor = given.person
    if await passes.is_use_due(here.mongo, given):
        await here.transact(lambda tx: passes.note_use(tx, given))
    found = await my_gatherings.list_stays(here.mongo, visitor)
    now = clock.now()
    feed = subscription(settings, f"/c/{links.calendar_token(settings, visitor)}/calendar.ics")
    return PAGES.render(
        request,
        "me.html",
        person=visitor,
        stays=found,
        led=await my_gatherings.list_led(here.mongo, visitor),
        claims=await claims_page.shown_of(here.mongo, visitor.id),
        promises=await own_promises.list_of(here.mongo, visitor),
        feed=feed,
        now=now,
    )


@router.post("/me/sign-ups/{sign_up_id}/leave")
async def leave(
    sign_up_id: str, here: ServiceDep, settings: SettingsDep, given: Admitted
) -> Response:
    sign_up = await own_sign_up(here, sign_up_id, given.person)
    asked = sign_ups.Leave(sign_up_id, sign_up.session_id, sign_up.attendee_id)
    await seats_lane.submit(here.lanes, sign_up.gathering_id, asked, None)
    return RedirectResponse(home_of(settings, given), 303)


@router.post("/me/sign-ups/{sign_up_id}/accept")
async def accept(
    sign_up_id: str, here: ServiceDep, settings: SettingsDep, given: Admitted
) -> Response:
    sign_up = await own_sign_up(here, sign_up_id, given.person)
    if not sign_up.is_active:
        limit = settings.sessions_per_person
        asked = sign_ups.Join(sign_up.session_id, sign_up.attendee_id, limit)
        await seats_lane.submit(here.lanes, sign_up.gathering_id, asked, None)
    return RedirectResponse(home_of(settings, given), 303)


@router.post("/me/attendees/{attendee_id}/cancel")
async def cancel(
    attendee_id: str, here: ServiceDep, settings: SettingsDep, visitor: Visitor
) -> Response:
    attendee = await own_attendee(here, attendee_id, visitor)
    asked = check_in.Change(attendee.gathering_id, attendee_id, check_in.Act.CANCEL)
    lane = attendees.lane_of(attendee.gathering_id)
    await here.lanes.submit(lane, asked, check_in.decide)
    return see_other(settings, "/me")


@router.post("/me/attendees/{attendee_id}/accept")
async def accept_place(
    attendee_id: str, here: ServiceDep, settings: SettingsDep, visitor: Visitor
) -> Response:
    attendee = await own_attendee(here, attendee_id, visitor)
    per_hour = settings.links_per_hour
    await here.transact(lambda tx: places.accept(tx, attendee.id, per_hour))
    return see_other(settings, "/me")


@router.post("/me/attendees/{attendee_id}/return")
async def come_back(
    attendee_id: str, here: ServiceDep, settings: SettingsDep, visitor: Visitor
) -> Response:
    attendee = await own_attendee(here, attendee_id, visitor)
    if attendee.is_cancelled:
        asked = await attendee_changes.coming_back(here.mongo, attendee, settings.links_per_hour)
        lane = attendees.lane_of(attendee.gathering_id)
        await here.lanes.submit(lane, asked, registration.register)
    return see_other(settings, "/me")

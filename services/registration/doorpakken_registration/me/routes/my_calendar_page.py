"""A person's own calendar: a file to open once, and a feed to subscribe to. A feed stops working
when its owner gets a new personal link, like every other link."""

from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response

from doorpakken_registration.gatherings.model.calendar import Appointment
from doorpakken_registration.gatherings.routes.calendar_page import OFTEN, calendar_answer
from doorpakken_registration.me import my_gatherings, own_appointments
from doorpakken_registration.people import links
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.routes.visitor import Visitor
from doorpakken_registration.settings import Settings
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import PAGES, pages_router

router = pages_router()


@router.get("/me/calendar.ics")
async def own(
    here: ServiceDep, request: Request, settings: SettingsDep, visitor: Visitor
) -> Response:
    listed = await _of(here, visitor, settings)
    return calendar_answer(PAGES.text(request, "Mijn sessies"), listed, file="mijn-sessies.ics")


@router.get("/c/{token}/calendar.ics", dependencies=[OFTEN])
async def own_feed(
    token: str, here: ServiceDep, request: Request, settings: SettingsDep
) -> Response:
    """Calendar programs send no cookie, so the token in the address identifies the person."""
    person = await links.holder(here.mongo, settings, token, links.CALENDAR)
    listed = await _of(here, person, settings)
    return calendar_answer(PAGES.text(request, "Mijn sessies"), listed)


async def _of(here: ServiceDep, person: Person, settings: Settings) -> list[Appointment]:
    theirs = await my_gatherings.list_stays(here.mongo, person)
    led = await my_gatherings.list_led(here.mongo, person)
    return own_appointments.of_person(theirs, led, settings, person.language)

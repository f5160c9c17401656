"""Calendars of gatherings: a file of one gathering, and a feed of all to subscribe to."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from doorpakken_pages.language import language_of
from doorpakken_plumbing.identity.limits import in_a_hall
from doorpakken_plumbing.service import ServiceDep
from doorpakken_plumbing.time import clock
from fastapi import Request, Response

from doorpakken_registration.gatherings import appointments, gatherings
from doorpakken_registration.gatherings.model.calendar import Appointment, calendar_of
from doorpakken_registration.gatherings.store import gatherings as store
from doorpakken_registration.settings import Settings
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import PAGES, pages_router

router = pages_router()

CALENDAR = "text/calendar; charset=utf-8"
OFTEN = in_a_hall("calendar", each=5)


@router.get("/calendar.ics", dependencies=[OFTEN])
async def feed(here: ServiceDep, request: Request, settings: SettingsDep) -> Response:
    found = await store.list_gatherings(here.mongo)
    language = language_of(request)
    listed = [appointments.of_gathering(one, settings, language) for one in found]
    return calendar_answer(PAGES.text(request, "Bijeenkomsten"), listed)


@router.get("/g/{gathering_id}/calendar.ics", dependencies=[OFTEN])
async def one(
    gathering_id: str, here: ServiceDep, request: Request, settings: SettingsDep
) -> Response:
    found = await gatherings.get_public(here.mongo, gathering_id)
    return calendar_answer(
        found.title,
        [appointments.of_gathering(found, settings, language_of(request))],
        file="bijeenkomst.ics",
    )


def subscription(settings: Settings, path: str) -> str:
    return urlsplit(f"{settings.registration_url}{path}")._replace(scheme="webcal").geturl()


def calendar_answer(name: str, listed: Iterable[Appointment], *, file: str = "") -> Response:
    response = Response(calendar_of(name, listed, clock.now()), media_type=CALENDAR)
    if file:
        response.headers["content-disposition"] = f'attachment; filename="{file}"'
    return response

"""Calendar files to open once and feeds to subscribe to: of all gatherings, of one, and of one
person. Refuses the feed of whoever got a new personal link since, like every other link."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from doorpakken_plumbing import clock
from doorpakken_plumbing.limits import in_a_hall
from doorpakken_plumbing.service import Here
from fastapi import Request, Response

from doorpakken_registration import appointments, gatherings, links, stays
from doorpakken_registration.model.calendar import Appointment, calendar_of
from doorpakken_registration.model.person import Person
from doorpakken_registration.routes.page import PAGES, pages_router
from doorpakken_registration.routes.visitor import Own, Visitor
from doorpakken_registration.settings import Settings
from doorpakken_registration.store import gatherings as store

router = pages_router()

CALENDAR = "text/calendar; charset=utf-8"
OFTEN = in_a_hall("calendar", each=5)


@router.get("/calendar.ics", dependencies=[OFTEN])
async def feed(here: Here, request: Request, settings: Own) -> Response:
    """All gatherings that are public, as a feed."""
    found = await store.list_gatherings(here.mongo)
    listed = [appointments.of_gathering(one, settings) for one in found]
    return _answer(PAGES.text(request, "Bijeenkomsten"), listed)


@router.get("/g/{gathering_id}/calendar.ics", dependencies=[OFTEN])
async def one(gathering_id: str, here: Here, settings: Own) -> Response:
    """One gathering, as a file."""
    found = await gatherings.get_public(here.mongo, gathering_id)
    return _answer(
        found.title,
        [appointments.of_gathering(found, settings)],
        file="bijeenkomst.ics",
    )


@router.get("/me/calendar.ics")
async def own(here: Here, request: Request, settings: Own, visitor: Visitor) -> Response:
    """What a visitor signed up for, as a file."""
    listed = await _of(here, visitor, settings)
    return _answer(PAGES.text(request, "Mijn sessies"), listed, file="mijn-sessies.ics")


@router.get("/c/{token}/calendar.ics", dependencies=[OFTEN])
async def own_feed(token: str, here: Here, request: Request, settings: Own) -> Response:
    """The same as a feed: a calendar brings no cookie, so the address itself says whose it is."""
    person = await links.holder(here.mongo, settings, token, links.CALENDAR)
    listed = await _of(here, person, settings)
    return _answer(PAGES.text(request, "Mijn sessies"), listed)


async def _of(here: Here, person: Person, settings: Settings) -> list[Appointment]:
    """All that stands in somebody's calendar."""
    theirs = await stays.list_stays(here.mongo, person)
    led = await stays.list_led(here.mongo, person)
    return appointments.of_person(theirs, led, settings)


def subscription(settings: Settings, path: str) -> str:
    """The address that a calendar program opens by itself."""
    return urlsplit(f"{settings.registration_url}{path}")._replace(scheme="webcal").geturl()


def _answer(name: str, listed: Iterable[Appointment], *, file: str = "") -> Response:
    response = Response(calendar_of(name, listed, clock.now()), media_type=CALENDAR)
    if file:
        response.headers["content-disposition"] = f'attachment; filename="{file}"'
    return response

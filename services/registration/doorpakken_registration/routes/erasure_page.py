"""Pages on which somebody has all of theirs wiped: what will happen, what we know, and how far it
is. Refuses to wipe at a GET; pressing twice leads to the same number."""

from datetime import timedelta

from doorpakken_plumbing import clock
from doorpakken_plumbing.links import LinkExpired, LinkRefused, read_link
from doorpakken_plumbing.service import Here, Service
from doorpakken_plumbing.staff import EVERYWHERE, VISITOR_COOKIE, SignedIn
from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from pydantic_core import to_json

from doorpakken_registration import aftermath, erasure, persons
from doorpakken_registration.routes.page import PAGES, pages_router
from doorpakken_registration.routes.visitor import MaybeVisitor, Own, nobody
from doorpakken_registration.settings import Settings
from doorpakken_registration.store import erasures as store

router = pages_router()

AGAIN_SECONDS = 2


@router.get("/me/erase")
async def show(request: Request, here: Here, visitor: MaybeVisitor) -> Response:
    """What will happen, and the question."""
    if visitor is None:
        raise nobody()
    foreseen = await aftermath.foresee(here.mongo, visitor)
    return PAGES.render(request, "erase.html", person=visitor, after=foreseen)


@router.get("/me/data")
async def download(here: Here, visitor: MaybeVisitor) -> Response:
    """All we know of them, as a file."""
    if visitor is None:
        raise nobody()
    known = await aftermath.copy_of(here.mongo, visitor)
    return Response(
        to_json(known, indent=2),
        media_type="application/json",
        headers={"Content-Disposition": 'attachment; filename="doorpakken.json"'},
    )


@router.post("/me/erase")
async def erase(request: Request, here: Here, settings: Own, visitor: MaybeVisitor) -> Response:
    """Wipes it all; who presses twice is led to the same number."""
    person_id = visitor.id if visitor else await _erased_before(request, here, settings)
    made = await erasure.submit(here.lanes, person_id)
    response = RedirectResponse(f"{settings.registration_url}/erased/{made.number}", 303)
    response.delete_cookie(VISITOR_COOKIE)
    return response


@router.get("/staff/people/{person_id}/erase")
async def ask_staff(person_id: str, request: Request, here: Here, staff: SignedIn) -> Response:
    """The question, for staff to whom somebody said it by phone or at a desk."""
    staff.require("organiser", EVERYWHERE)
    person = await persons.get(here.mongo, person_id)
    return PAGES.render(
        request, "staff_erase.html", staff=staff, settings=here.settings, person=person
    )


@router.post("/staff/people/{person_id}/erase")
async def erase_by_staff(person_id: str, here: Here, settings: Own, staff: SignedIn) -> Response:
    """Wipes it all on the person's behalf; the number is for them."""
    staff.require("organiser", EVERYWHERE)
    made = await erasure.submit(here.lanes, person_id)
    return RedirectResponse(f"{settings.registration_url}/erased/{made.number}", 303)


@router.get("/erased/{number}")
async def follow(number: str, request: Request, here: Here, settings: Own) -> Response:
    """Which services are ready; it looks again by itself until all are."""
    found = await erasure.get(here.mongo, number)
    return PAGES.render(
        request,
        "erased.html",
        erasure=found,
        again_seconds=AGAIN_SECONDS,
        kept_until=found.asked_at + timedelta(days=settings.backup_days),
    )


async def _erased_before(request: Request, here: Service, settings: Settings) -> str:
    """Whose cookie this was; refuses anybody but a person who is erased by now."""
    try:
        link = read_link(settings.links, request.cookies.get(VISITOR_COOKIE, ""), clock.now())
    except (LinkRefused, LinkExpired):
        raise nobody() from None
    if not await store.find_erasure(here.mongo, link.person_id):
        raise nobody()
    return link.person_id

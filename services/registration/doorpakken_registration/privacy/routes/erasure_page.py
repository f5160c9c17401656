"""Pages to erase a person: the preview, the data as a file, and the progress. Only a POST erases,
and a second one leads to the same number."""

from datetime import timedelta

from doorpakken_plumbing.identity.links import VISITOR, LinkExpired, LinkRefused, read_link
from doorpakken_plumbing.identity.staff import (
    EVERYWHERE,
    VISITOR_COOKIE,
    MaybeSignedIn,
    SignedIn,
)
from doorpakken_plumbing.service import Service, ServiceDep
from doorpakken_plumbing.time import clock
from fastapi import Request, Response
from pydantic_core import to_json

from doorpakken_registration.people import persons
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.routes.visitor import (
    FreshVisitor,
    MaybeAdmitted,
    admitted,
    forget,
    fresh_visitor,
)
from doorpakken_registration.privacy import erasure, erasure_preview
from doorpakken_registration.privacy.store import erasures as store
from doorpakken_registration.settings import Settings
from doorpakken_registration.staff import accounts, acts_shown
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import PAGES, pages_router, see_other

router = pages_router()

AGAIN_SECONDS = 2


@router.get("/me/erase")
async def show(request: Request, here: ServiceDep, visitor: FreshVisitor) -> Response:
    foreseen = await erasure_preview.foresee(here.mongo, visitor)
    return PAGES.render(request, "erase.html", person=visitor, after=foreseen)


@router.get("/me/data")
async def download(here: ServiceDep, visitor: FreshVisitor) -> Response:
    return await _file_of(here, visitor)


@router.post("/me/erase")
async def erase(
    request: Request, here: ServiceDep, settings: SettingsDep, found: MaybeAdmitted
) -> Response:
    person_id = await _erased_before(request, here, settings)
    if person_id is None:
        person_id = (await fresh_visitor(await admitted(request, here, settings, found))).id
    made = await erasure.submit(here.lanes, person_id)
    response = see_other(settings, f"/erased/{made.number}")
    forget(response)
    return response


@router.get("/staff/people/{person_id}/erase")
async def ask_staff(
    person_id: str, request: Request, here: ServiceDep, staff: SignedIn
) -> Response:
    staff.require("organiser", EVERYWHERE)
    await accounts.require_may_change(here.mongo, staff, person_id)
    person = await persons.get(here.mongo, person_id)
    return PAGES.render(
        request,
        "staff_erase.html",
        staff=staff,
        settings=here.settings,
        person=person,
        account=await erasure_preview.account_after(here.mongo, person),
    )


@router.get("/staff/people/{person_id}/data")
async def download_for(person_id: str, here: ServiceDep, staff: SignedIn) -> Response:
    staff.require("organiser", EVERYWHERE)
    return await _file_of(here, await persons.get(here.mongo, person_id))


@router.post("/staff/people/{person_id}/erase")
async def erase_by_staff(
    person_id: str, here: ServiceDep, settings: SettingsDep, staff: SignedIn
) -> Response:
    staff.require("organiser", EVERYWHERE)
    await accounts.require_may_change(here.mongo, staff, person_id)
    made = await erasure.submit(here.lanes, person_id, staff.staff_id)
    return see_other(settings, f"/erased/{made.number}")


@router.get("/erased/{number}")
async def follow(
    number: str,
    request: Request,
    here: ServiceDep,
    settings: SettingsDep,
    staff: MaybeSignedIn,
) -> Response:
    """Staff also see who of them did it."""
    found = await erasure.get(here.mongo, number)
    may_see = staff is not None and staff.may("reader", EVERYWHERE)
    return PAGES.render(
        request,
        "erased.html",
        erasure=found,
        again_seconds=AGAIN_SECONDS,
        kept_until=found.asked_at + timedelta(days=settings.backup_days),
        acts=await acts_shown.on_object(here.mongo, number) if may_see else [],
    )


async def _file_of(here: Service, person: Person) -> Response:
    known = await erasure_preview.copy_of(here.mongo, person)
    return Response(
        to_json(known, indent=2),
        media_type="application/json",
        headers={"Content-Disposition": 'attachment; filename="doorpakken.json"'},
    )


async def _erased_before(request: Request, here: Service, settings: Settings) -> str | None:
    """The person id in the cookie, when that person is erased; None otherwise."""
    try:
        link = read_link(settings.links, request.cookies.get(VISITOR_COOKIE, ""), clock.now())
    except (LinkRefused, LinkExpired):
        return None
    was_theirs = link.purpose == VISITOR and await store.find_erasure(here.mongo, link.person_id)
    return link.person_id if was_theirs else None

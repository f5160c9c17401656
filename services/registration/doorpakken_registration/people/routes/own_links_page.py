"""Pages for personal links: following one, requesting a new one, signing out, and ending all.
Refuses links that are not for a page."""

from doorpakken_pages import remember_language
from doorpakken_plumbing.identity.staff import EVERYWHERE, SignedIn
from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from doorpakken_registration.people import own_links, passes
from doorpakken_registration.people.routes.visitor import Visitor, forget, home_of, swap
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import PAGES, pages_router, see_other

router = pages_router()


@router.get("/l/{token}")
async def follow(token: str, request: Request, here: ServiceDep, settings: SettingsDep) -> Response:
    given = await passes.enter(here.mongo, settings, token)
    response = RedirectResponse(home_of(settings, given), 303)
    await swap(response, request, here, settings, given)
    remember_language(response, given.person.language)
    return response


@router.post("/me/link")
async def ask(here: ServiceDep, settings: SettingsDep, visitor: Visitor) -> Response:
    await here.transact(lambda tx: own_links.ask(tx, visitor.id, settings.links_per_hour))
    return see_other(settings, "/me/link")


@router.get("/me/link")
async def asked(request: Request, settings: SettingsDep, visitor: Visitor) -> Response:
    return PAGES.render(
        request, "fresh_link.html", person=visitor, per_hour=settings.links_per_hour
    )


@router.get("/me/links")
async def show(request: Request, visitor: Visitor) -> Response:
    return PAGES.render(request, "my_links.html", person=visitor)


@router.post("/me/sign-out")
async def sign_out(settings: SettingsDep) -> Response:
    response = see_other(settings, "/signed-out")
    forget(response)
    return response


@router.post("/me/links/end")
async def end(here: ServiceDep, settings: SettingsDep, visitor: Visitor) -> Response:
    await here.transact(lambda tx: passes.revoke(tx, visitor.id))
    response = see_other(settings, "/signed-out?links=ended")
    forget(response)
    return response


@router.post("/staff/people/{person_id}/links/end")
async def end_for(
    person_id: str, here: ServiceDep, settings: SettingsDep, staff: SignedIn
) -> Response:
    staff.require("organiser", EVERYWHERE)
    await here.transact(lambda tx: passes.revoke_for(tx, person_id, staff.staff_id))
    return see_other(settings, f"/staff/people/{person_id}")


@router.get("/signed-out")
async def signed_out(request: Request, links: str = "") -> Response:
    return PAGES.render(request, "signed_out.html", have_ended=links == "ended")

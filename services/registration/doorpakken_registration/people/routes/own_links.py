"""Personal links over HTTP: the holder requests a new one, signs out, or ends all of theirs.
Staff end them for somebody who asks by telephone."""

from doorpakken_plumbing.http.openapi import problems
from doorpakken_plumbing.identity.staff import EVERYWHERE, SignedIn
from doorpakken_plumbing.service import ServiceDep
from fastapi import APIRouter, Response

from doorpakken_registration.common.received import RECEIVED
from doorpakken_registration.people import own_links, passes
from doorpakken_registration.people.routes.visitor import Visitor, forget
from doorpakken_registration.web.fields import Received
from doorpakken_registration.web.own_settings import SettingsDep

router = APIRouter(prefix="/api/v1", tags=["links"])


@router.post(
    "/me/link-requests",
    status_code=202,
    summary="Have your personal link mailed anew",
    response_model=Received,
    responses=problems(403),
)
async def ask(here: ServiceDep, settings: SettingsDep, visitor: Visitor) -> Response:
    """For a day it also opens your data, erasing and your name; some an hour are mailed at most."""
    await here.transact(lambda tx: own_links.ask(tx, visitor.id, settings.links_per_hour))
    return RECEIVED.response()


@router.post("/me/sign-out", status_code=204, summary="Sign out as a visitor")
async def sign_out(response: Response) -> None:
    """The cookies go; links in mails still work."""
    forget(response)


@router.post("/me/links/end", status_code=204, summary="End your links", responses=problems(403))
async def end(response: Response, here: ServiceDep, visitor: Visitor) -> None:
    """All links and cookies of yours stop working, those in calendars too."""
    await here.transact(lambda tx: passes.revoke(tx, visitor.id))
    forget(response)


@router.post(
    "/persons/{person_id}/links/end",
    status_code=204,
    summary="End somebody's links",
    responses=problems(403, 404),
)
async def end_for(person_id: str, here: ServiceDep, staff: SignedIn) -> None:
    """On the person's behalf."""
    staff.require("organiser", EVERYWHERE)
    await here.transact(lambda tx: passes.revoke_for(tx, person_id, staff.staff_id))

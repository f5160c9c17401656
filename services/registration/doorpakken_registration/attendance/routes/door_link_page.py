"""Where the QR code in a sign-up mail leads. Staff at the door check in; everybody else sees when
and where the gathering is, and can have the personal link mailed. It opens nothing else."""

from urllib.parse import quote

from doorpakken_plumbing.http.errors import NotFound
from doorpakken_plumbing.http.idempotency import IdempotencyKey, once
from doorpakken_plumbing.identity.links import DOOR, read_any_age
from doorpakken_plumbing.identity.staff import MaybeSignedIn
from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response

from doorpakken_registration.attendance import door
from doorpakken_registration.gatherings import attendees, gatherings
from doorpakken_registration.gatherings.model.attendee import Attendee
from doorpakken_registration.people import own_links
from doorpakken_registration.people.passes import OtherLink
from doorpakken_registration.people.routes.link_requests import LIMITED
from doorpakken_registration.settings import Settings
from doorpakken_registration.staff import staff as accounts
from doorpakken_registration.staff.routes.staff import SESSION_COOKIE
from doorpakken_registration.web.form_page import as_done
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import PAGES, new_key, pages_router, see_other

router = pages_router()


@router.get("/d/{token}")
async def show(
    token: str, request: Request, here: ServiceDep, settings: SettingsDep, staff: MaybeSignedIn
) -> Response:
    attendee = await _attendee(here, settings, token)
    if staff is None and await accounts.renew(here.mongo, request.cookies.get(SESSION_COOKIE, "")):
        here_again = quote(f"{settings.registration_url}/d/{token}", safe="")
        return see_other(settings, f"/staff/renew?next={here_again}")
    gathering = await gatherings.get(here.mongo, attendee.gathering_id)
    if staff is None or not staff.may("door", gathering.id):
        return PAGES.render(
            request, "door_link.html", gathering=gathering, token=token, key=new_key()
        )
    who = await door.find(here.mongo, settings.links, attendee)
    if who is None:
        raise NotFound(attendees.NO_SUCH)
    return PAGES.render(
        request, "door_check_in.html", staff=staff, gathering=gathering, who=who, key=new_key()
    )


@router.post("/d/{token}/link", dependencies=[LIMITED])
async def ask(token: str, here: ServiceDep, settings: SettingsDep, key: IdempotencyKey) -> Response:
    """The mail goes to the person's own address, whoever asks."""
    attendee = await _attendee(here, settings, token)
    per_hour = settings.links_per_hour
    work = as_done(lambda tx: own_links.ask(tx, attendee.person_id, per_hour))
    await once(here, key, work)
    return see_other(settings, "/d/link/sent")


@router.get("/d/link/sent")
async def sent(request: Request) -> Response:
    return PAGES.render(request, "door_link_sent.html")


async def _attendee(here: ServiceDep, settings: Settings, token: str) -> Attendee:
    """A code that is old, or older than their newest links, still says who they are: only staff can
    do anything with that. Raises LinkRefused, OtherLink or NotFound."""
    link = read_any_age(settings.links, token)
    if link.purpose != DOOR:
        raise OtherLink("This link is for something else.")
    return await attendees.get(here.mongo, link.object_id)

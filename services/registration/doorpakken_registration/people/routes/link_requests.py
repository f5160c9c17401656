"""Requests over HTTP for the mail with one's personal link.
Refuses invalid addresses; does not reveal whether an address is known."""

from doorpakken_plumbing.http.idempotency import IdempotencyKey, once
from doorpakken_plumbing.identity.limits import in_a_hall
from doorpakken_plumbing.service import ServiceDep
from fastapi import APIRouter, Request, Response

from doorpakken_registration.people import lost_links
from doorpakken_registration.web.fields import Body, Email, Received
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.same_person import count_person

router = APIRouter(prefix="/api/v1", tags=["links"])

LIMITED = in_a_hall("lost-link", each=1)


class LinkRequestBody(Body):
    """Somebody who lost their link; everybody with this address gets their own."""

    email: Email


@router.post(
    "/link-requests",
    status_code=202,
    summary="Have a lost personal link mailed again",
    dependencies=[LIMITED],
    response_model=Received,
)
async def ask(
    body: LinkRequestBody,
    request: Request,
    here: ServiceDep,
    settings: SettingsDep,
    key: IdempotencyKey,
) -> Response:
    """Everybody gets the same 202, whether or not the address is known."""
    await count_person(request, None, "lost-link", addresses=(body.email,))
    per_hour = settings.links_per_hour
    answer = await once(here, key, lambda tx: lost_links.ask(tx, body.email, per_hour))
    return answer.response()

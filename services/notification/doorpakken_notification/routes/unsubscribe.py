"""One click in a mail ends the invitations (RFC 8058). GET shows, POST acts.
Refuses links that are forged, expired or revoked."""

from typing import Annotated

from doorpakken_plumbing import clock
from doorpakken_plumbing.limits import limited
from doorpakken_plumbing.links import Link, LinkRefused, read_link
from doorpakken_plumbing.service import Here
from fastapi import APIRouter, Depends, Request, Response

from doorpakken_notification.contents import UNSUBSCRIBE
from doorpakken_notification.routes.door import PAGES, Ours
from doorpakken_notification.store import facts, suppressions

router = APIRouter(
    prefix="/unsubscribe",
    include_in_schema=False,
    dependencies=[limited("unsubscribe", "30/minute")],
)


async def valid_link(token: str, service: Here, settings: Ours) -> Link:
    """The link a mail carried, of a person who did not revoke it."""
    link = read_link(settings.keys, token, clock.now())
    contact = await facts.find_contact(service.mongo, link.person_id)
    if link.purpose != UNSUBSCRIBE or not contact or contact.generation != link.generation:
        raise LinkRefused("This link does not work. Reply to the mail and we will help.")
    return link


Valid = Annotated[Link, Depends(valid_link)]


@router.get("/{token}")
async def ask(request: Request, link: Valid) -> Response:
    """Asks, because scanners of mail follow links too."""
    return PAGES.render(request, "unsubscribe.html", is_done=False)


@router.post("/{token}")
async def unsubscribe(request: Request, link: Valid, service: Here) -> Response:
    """No more invitations; twice is as good as once."""
    await service.transact(lambda tx: suppressions.unsubscribe(tx, link.person_id))
    return PAGES.render(request, "unsubscribe.html", is_done=True)

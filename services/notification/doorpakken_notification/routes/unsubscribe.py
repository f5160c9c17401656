"""Ends the invitations with one click in a mail (RFC 8058): GET shows, POST acts. Refuses links
that are forged, expired or revoked."""

from typing import Annotated

from doorpakken_events.registration import PersonContact
from doorpakken_pages.language import language_for
from doorpakken_plumbing.identity.limits import in_a_hall
from doorpakken_plumbing.identity.links import LinkRefused, read_link
from doorpakken_plumbing.messaging import newest
from doorpakken_plumbing.service import ServiceDep
from doorpakken_plumbing.time import clock
from fastapi import APIRouter, Depends, Request, Response

from doorpakken_notification.contents.writer import UNSUBSCRIBE
from doorpakken_notification.routes.door import PAGES, SettingsDep
from doorpakken_notification.store import suppressions

router = APIRouter(
    prefix="/unsubscribe",
    include_in_schema=False,
    # One click is sent by the mail provider's servers, which many people share.
    dependencies=[in_a_hall("unsubscribe", each=2)],
)


async def valid_link(token: str, service: ServiceDep, settings: SettingsDep) -> PersonContact:
    link = read_link(settings.keys, token, clock.now())
    contact = await newest.find(service.mongo, PersonContact, link.person_id)
    if link.purpose != UNSUBSCRIBE or not contact or contact.generation != link.generation:
        raise LinkRefused("This link does not work. Reply to the mail and we will help.")
    return contact


Valid = Annotated[PersonContact, Depends(valid_link)]


@router.get("/{token}")
async def ask(request: Request, contact: Valid) -> Response:
    """Only asks, because mail scanners follow links too."""
    return _page(request, contact, is_done=False)


@router.post("/{token}")
async def unsubscribe(request: Request, contact: Valid, service: ServiceDep) -> Response:
    await service.transact(lambda tx: suppressions.unsubscribe(tx, contact.person_id))
    return _page(request, contact, is_done=True)


def _page(request: Request, contact: PersonContact, *, is_done: bool) -> Response:
    language = language_for(request, contact.language)
    return PAGES.render(request, "unsubscribe.html", language=language, is_done=is_done)

"""The page on which attendees change their own details, also those that sign-up does not ask:
interests, offers and availability.
A form that the API would refuse is shown again as it was filled in."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from doorpakken_plumbing.service import ServiceDep
from doorpakken_plumbing.time import clock
from fastapi import Request, Response

from doorpakken_registration.attendance import attendee_changes, private_details
from doorpakken_registration.attendance.routes.details import LISTING, DetailsBody, details_of
from doorpakken_registration.attendance.routes.details_form import (
    MANY,
    details_in,
    interests_in,
    typed_told,
)
from doorpakken_registration.gatherings import attendees, gatherings
from doorpakken_registration.gatherings.model.attendee import Attendee
from doorpakken_registration.organisations import organisations
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.routes.visitor import Visitor, nobody
from doorpakken_registration.people.store import consents as consents_store
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.form_page import Filled, answer_form, show_form
from doorpakken_registration.web.page import PAGES, pages_router

router = pages_router()


@router.get("/me/attendees/{attendee_id}/details")
async def show(
    attendee_id: str, request: Request, here: ServiceDep, visitor: Visitor, saved: bool = False
) -> Response:
    attendee = await own_attendee(here, attendee_id, visitor)
    filled = Filled(await known_details(here, attendee))
    return await _page(request, here, attendee, filled, is_saved=saved)


@router.post("/me/attendees/{attendee_id}/details")
async def change(
    attendee_id: str, request: Request, here: ServiceDep, visitor: Visitor
) -> Response:
    attendee = await own_attendee(here, attendee_id, visitor)
    gathering = await gatherings.get(here.mongo, attendee.gathering_id)

    async def work(form: FormData) -> str:
        body = DetailsBody.model_validate(details_in(form, gathering) | interests_in(form))
        wanted = details_of(body, PAGES.text(request, LISTING))
        await here.transact(lambda tx: attendee_changes.change(tx, attendee_id, wanted))
        return f"/me/attendees/{attendee_id}/details?saved=1"

    return await answer_form(request, work, partial(_page, request, here, attendee), many=MANY)


async def own_attendee(here: ServiceDep, attendee_id: str, visitor: Person) -> Attendee:
    """Raises NotFound, or Unauthorised when the attendee is somebody else."""
    attendee = await attendees.get(here.mongo, attendee_id)
    if attendee.person_id != visitor.id:
        raise nobody()
    return attendee


async def known_details(here: ServiceDep, attendee: Attendee) -> Mapping[str, Any]:
    consent = await consents_store.find_consent(here.mongo, attendee.id)
    return {
        "kind": attendee.kind,
        "organisation": await organisations.name_of(here.mongo, attendee.organisation_id),
        "interests": ", ".join(attendee.interests),
        "availability": ", ".join(attendee.availability),
        "offers": attendee.offers,
        "on_participant_list": "yes" if consent and consent.is_given else "",
        **typed_told(await private_details.told_by(here.mongo, attendee.id)),
    }


async def _page(
    request: Request,
    here: ServiceDep,
    attendee: Attendee,
    filled: Filled,
    *,
    is_saved: bool = False,
) -> Response:
    gathering = await gatherings.get(here.mongo, attendee.gathering_id)
    return show_form(
        request,
        "my_details.html",
        filled,
        attendee=attendee,
        gathering=gathering,
        is_ahead=gathering.is_ahead(clock.now()),
        listing=PAGES.text(request, LISTING),
        is_saved=is_saved,
    )

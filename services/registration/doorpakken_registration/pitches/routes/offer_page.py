"""The page on which a contact person confirms or declines an offer of their organisation. For
contact persons only; GET shows and POST acts."""

from dataclasses import dataclass

from doorpakken_plumbing.http.idempotency import StoredResponse
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from doorpakken_registration.organisations import organisations
from doorpakken_registration.people.model.person import Organisation, Person
from doorpakken_registration.people.routes.visitor import Visitor
from doorpakken_registration.pitches import offers, pitch_lane, pitches, representation
from doorpakken_registration.pitches.model.offer import Offer
from doorpakken_registration.pitches.model.pitch import Pitch
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import PAGES, errors_of, pages_router

router = pages_router()

DECISIONS = {"yes": offers.confirm, "no": offers.decline}


@dataclass(frozen=True)
class Asked:
    """What a contact person has to confirm, and who they are; no pitch for an offer without a
    need."""

    person: Person
    offer: Offer
    organisation: Organisation
    pitch: Pitch | None


@router.get("/offers/{offer_id}")
async def show(offer_id: str, request: Request, here: ServiceDep, visitor: Visitor) -> Response:
    asked = await _asked(here.mongo, offer_id, visitor)
    return PAGES.render(request, "offer_answer.html", asked=asked, errors=[])


@router.post("/offers/{offer_id}")
async def answer(
    offer_id: str, request: Request, here: ServiceDep, settings: SettingsDep, visitor: Visitor
) -> Response:
    asked = await _asked(here.mongo, offer_id, visitor)
    decide = DECISIONS.get((await FormData.read(request)).one("answer") or "")
    if decide is None:
        return PAGES.render(request, "offer_answer.html", asked=asked, errors=[], status=422)

    async def work(tx: Transaction) -> StoredResponse:
        await decide(tx, offer_id, asked.person.id)
        return StoredResponse(200)

    try:
        await pitch_lane.submit(here.lanes, asked.offer.gathering_id, work, None)
    except (pitches.PitchIsOver, offers.OfferIsWithdrawn) as refusal:
        errors = errors_of(refusal)
        return PAGES.render(request, "offer_answer.html", asked=asked, errors=errors, status=409)
    return RedirectResponse(f"{settings.registration_url}/offers/{offer_id}", 303)


async def _asked(documents: Documents, offer_id: str, visitor: Person) -> Asked:
    found = await offers.get(documents, offer_id)
    if not await representation.is_contact(documents, visitor.id, found.organisation_id):
        raise offers.NotYourOffer("Only a contact person of this organisation sees this.")
    organisation = await organisations.get(documents, found.organisation_id or "")
    pitch = await pitches.get(documents, found.pitch_id) if found.pitch_id else None
    return Asked(visitor, found, organisation, pitch)

"""The page on which a contact person confirms or declines their organisation's support for a pitch.
For contact persons only; GET shows and POST acts."""

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
from doorpakken_registration.pitches import endorsements, pitch_lane, pitches, representation
from doorpakken_registration.pitches.model.endorsement import Endorsement
from doorpakken_registration.pitches.model.pitch import Pitch
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import PAGES, errors_of, pages_router

router = pages_router()

DECISIONS = {"yes": endorsements.confirm, "no": endorsements.decline}


@dataclass(frozen=True)
class Asked:
    """What a contact person has to confirm, and who they are."""

    person: Person
    endorsement: Endorsement
    organisation: Organisation
    pitch: Pitch


@router.get("/endorsements/{endorsement_id}")
async def show(
    endorsement_id: str, request: Request, here: ServiceDep, visitor: Visitor
) -> Response:
    asked = await _asked(here.mongo, endorsement_id, visitor)
    return PAGES.render(request, "endorsement.html", asked=asked, errors=[])


@router.post("/endorsements/{endorsement_id}")
async def answer(
    endorsement_id: str, request: Request, here: ServiceDep, settings: SettingsDep, visitor: Visitor
) -> Response:
    asked = await _asked(here.mongo, endorsement_id, visitor)
    decide = DECISIONS.get((await FormData.read(request)).one("answer") or "")
    if decide is None:
        return PAGES.render(request, "endorsement.html", asked=asked, errors=[], status=422)

    async def work(tx: Transaction) -> StoredResponse:
        await decide(tx, endorsement_id, asked.person.id)
        return StoredResponse(200)

    try:
        await pitch_lane.submit(here.lanes, asked.pitch.gathering_id, work, None)
    except (pitches.PitchIsOver, endorsements.SupportIsWithdrawn) as refusal:
        errors = errors_of(refusal)
        return PAGES.render(request, "endorsement.html", asked=asked, errors=errors, status=409)
    return RedirectResponse(f"{settings.registration_url}/endorsements/{endorsement_id}", 303)


async def _asked(documents: Documents, endorsement_id: str, visitor: Person) -> Asked:
    found = await endorsements.get(documents, endorsement_id)
    if not await representation.is_contact(documents, visitor.id, found.organisation_id):
        raise endorsements.NotYourSupport("Only a contact person of this organisation sees this.")
    organisation = await organisations.get(documents, found.organisation_id or "")
    return Asked(visitor, found, organisation, await pitches.get(documents, found.pitch_id))

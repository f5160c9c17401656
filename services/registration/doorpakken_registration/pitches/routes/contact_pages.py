"""The pages on which a contact person confirms or declines what was said for their organisation:
support for a pitch, or an offer. For contact persons only; GET shows and POST acts."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from doorpakken_plumbing.http.errors import Conflict, Forbidden
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.service import Service, ServiceDep
from fastapi import Request, Response

from doorpakken_registration.organisations import organisations
from doorpakken_registration.people.model.person import Organisation, Person
from doorpakken_registration.people.routes.visitor import Visitor
from doorpakken_registration.pitches import (
    endorsements,
    offers,
    pitch_lane,
    pitches,
    representation,
)
from doorpakken_registration.pitches.model.endorsement import Endorsement
from doorpakken_registration.pitches.model.offer import Offer
from doorpakken_registration.pitches.model.pitch import Pitch
from doorpakken_registration.settings import Settings
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.form_page import as_done
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import PAGES, errors_of, pages_router, see_other

router = pages_router()

S = TypeVar("S", Endorsement, Offer)
Decide = Callable[[Transaction, str, str], Awaitable[S]]


@dataclass(frozen=True)
class Asked(Generic[S]):
    """What a contact person has to confirm, and who they are; no pitch for an offer without a
    need."""

    person: Person
    said: S
    organisation: Organisation
    pitch: Pitch | None


@dataclass(frozen=True)
class ContactPage(Generic[S]):
    """One of the pages; `withdrawn` is shown on it, as is PitchIsOver."""

    path: str
    template: str
    get: Callable[[Documents, str], Awaitable[S]]
    confirm: Decide[S]
    decline: Decide[S]
    withdrawn: type[Conflict]
    not_theirs: type[Forbidden]

    async def show(
        self, request: Request, here: Service, said_id: str, visitor: Person
    ) -> Response:
        asked = await self._asked(here.mongo, said_id, visitor)
        return PAGES.render(request, self.template, asked=asked, errors=[])

    async def answer(
        self, request: Request, here: Service, settings: Settings, said_id: str, visitor: Person
    ) -> Response:
        asked = await self._asked(here.mongo, said_id, visitor)
        said = (await FormData.read(request)).one("answer")
        decide = {"yes": self.confirm, "no": self.decline}.get(said or "")
        if decide is None:
            return PAGES.render(request, self.template, asked=asked, errors=[], status=422)
        work = as_done(lambda tx: decide(tx, said_id, visitor.id))
        try:
            await pitch_lane.submit(here.lanes, asked.said.gathering_id, work, None)
        except (pitches.PitchIsOver, pitches.NeedClosed, self.withdrawn) as refusal:
            errors = errors_of(refusal)
            return PAGES.render(request, self.template, asked=asked, errors=errors, status=409)
        return see_other(settings, f"{self.path}/{said_id}")

    async def _asked(self, documents: Documents, said_id: str, visitor: Person) -> Asked[S]:
        found = await self.get(documents, said_id)
        if not await representation.is_contact(documents, visitor.id, found.organisation_id):
            raise self.not_theirs("Only a contact person of this organisation sees this.")
        organisation = await organisations.get(documents, found.organisation_id or "")
        pitch = await pitches.get(documents, found.pitch_id) if found.pitch_id else None
        return Asked(visitor, found, organisation, pitch)


SUPPORT = ContactPage(
    path="/endorsements",
    template="endorsement.html",
    get=endorsements.get,
    confirm=endorsements.confirm,
    decline=endorsements.decline,
    withdrawn=endorsements.SupportIsWithdrawn,
    not_theirs=endorsements.NotYourSupport,
)
OFFER = ContactPage(
    path="/offers",
    template="offer_answer.html",
    get=offers.get,
    confirm=offers.confirm,
    decline=offers.decline,
    withdrawn=offers.OfferIsWithdrawn,
    not_theirs=offers.NotYourOffer,
)


@router.get("/endorsements/{endorsement_id}")
async def show_support(
    endorsement_id: str, request: Request, here: ServiceDep, visitor: Visitor
) -> Response:
    return await SUPPORT.show(request, here, endorsement_id, visitor)


@router.post("/endorsements/{endorsement_id}")
async def answer_support(
    endorsement_id: str, request: Request, here: ServiceDep, settings: SettingsDep, visitor: Visitor
) -> Response:
    return await SUPPORT.answer(request, here, settings, endorsement_id, visitor)


@router.get("/offers/{offer_id}")
async def show_offer(
    offer_id: str, request: Request, here: ServiceDep, visitor: Visitor
) -> Response:
    return await OFFER.show(request, here, offer_id, visitor)


@router.post("/offers/{offer_id}")
async def answer_offer(
    offer_id: str, request: Request, here: ServiceDep, settings: SettingsDep, visitor: Visitor
) -> Response:
    return await OFFER.answer(request, here, settings, offer_id, visitor)

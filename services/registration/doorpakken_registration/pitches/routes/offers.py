"""Offers over HTTP: visitors offer for themselves or their organisation, staff for others."""

from datetime import datetime
from typing import Any

from doorpakken_events.words import Category, Unit
from doorpakken_plumbing.http.errors import Forbidden, Invalid
from doorpakken_plumbing.http.etags import IfSeen, Showing
from doorpakken_plumbing.http.idempotency import IdempotencyKey, StoredResponse
from doorpakken_plumbing.http.openapi import problems
from doorpakken_plumbing.identity.limits import in_a_hall
from doorpakken_plumbing.identity.staff import MaybeSignedIn
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import ServiceDep
from fastapi import APIRouter, Response
from pydantic import BaseModel, Field, model_validator

from doorpakken_registration.common.model.amounts import AMOUNT_MAX
from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.routes.visitor import MaybeVisitor, nobody
from doorpakken_registration.pitches import offers, pitch_lane
from doorpakken_registration.pitches.model.offer import Offer
from doorpakken_registration.pitches.model.pitch import check_unit
from doorpakken_registration.pitches.offers import Offering
from doorpakken_registration.pitches.routes.acting import acting_on, answer_change, note
from doorpakken_registration.pitches.store import offers as store
from doorpakken_registration.web.fields import Body, Id
from doorpakken_registration.web.paging import Listed, WhichPart

router = APIRouter(prefix="/api/v1", tags=["offers"])


class NobodyOffers(Invalid):
    """Neither a person nor an organisation is named."""

    slug = "nobody-offers"
    dutch = "Kies wie het aanbiedt."


class Amount(Body):
    """A whole amount above 0; money in euro cents."""

    amount: int = Field(strict=True, gt=0, le=AMOUNT_MAX)


class OfferBody(Amount):
    """Help toward a need, in its unit, or else toward a category; a visitor is the person, staff
    name a person, an organisation, or a person who offers for theirs."""

    need_id: Id | None = None
    category: Category | None = None
    unit: Unit
    organisation_id: Id | None = None
    person_id: Id | None = None

    @model_validator(mode="after")
    def check_toward(self) -> "OfferBody":
        if (self.need_id is None) == (self.category is None):
            raise ValueError("name a need or a category, not both")
        if self.category:
            check_unit(self.category, self.unit)
        return self


class OfferView(BaseModel):
    """An offer; money in euro cents."""

    id: str
    version: int
    gathering_id: str
    pitch_id: str | None
    need_id: str | None
    category: str
    amount: int
    unit: str
    person_id: str | None
    organisation_id: str | None
    state: str
    offered_at: datetime


class OfferList(Listed[OfferView]):
    """Offers in order of offering"""


@router.post(
    "/gatherings/{gathering_id}/offers",
    status_code=201,
    summary="Offer help",
    response_model=OfferView,
    dependencies=[in_a_hall("offer", each=5)],
    responses=problems(403, 404, 409),
)
async def offer(
    gathering_id: str,
    body: OfferBody,
    here: ServiceDep,
    staff: MaybeSignedIn,
    visitor: MaybeVisitor,
    key: IdempotencyKey,
) -> Response:
    """More than is asked is fine; each offer stands on its own."""
    if staff:
        staff.require("organiser", gathering_id)
    elif visitor is None:
        raise nobody()
    asked = offering_of(gathering_id, body, None if staff else visitor)

    async def work(tx: Any) -> StoredResponse:
        made = await offers.offer(tx, asked)
        await note(tx, (staff, "offer_entered"), made)
        return StoredResponse(201, _shown(made))

    return (await pitch_lane.submit(here.lanes, gathering_id, work, key)).response()


def offering_of(gathering_id: str, body: OfferBody, visitor: Person | None) -> Offering:
    """`visitor` is None for staff, who name the giver. Raises Forbidden or NobodyOffers."""
    if visitor and body.person_id not in (None, visitor.id):
        raise Forbidden("You can offer only for yourself or your organisation.")
    person_id = visitor.id if visitor else body.person_id
    if not (person_id or body.organisation_id):
        raise NobodyOffers("Name the organisation or the person who offers.")
    fields = dict(body) | {"gathering_id": gathering_id, "person_id": person_id}
    fields["by_staff"] = visitor is None
    return Offering(**fields)


@router.get(
    "/offers/{offer_id}",
    summary="Look at an offer",
    response_model=OfferView,
    responses=problems(403, 404),
)
async def get(
    offer_id: str, here: ServiceDep, staff: MaybeSignedIn, visitor: MaybeVisitor, showing: Showing
) -> Response:
    """For staff, and for who made it."""
    if not (staff or visitor):
        raise nobody()
    found = await offers.get(here.mongo, offer_id)
    if not visitor or visitor.id != found.person_id:
        if staff is None:
            raise offers.NotYourOffer("Somebody else made this offer.")
        staff.require("reader", found.gathering_id)
    return showing.show(found, OfferView(**vars(found)))


@router.put(
    "/offers/{offer_id}",
    summary="Change how much",
    response_model=OfferView,
    responses=problems(403, 404, 409),
)
async def change(
    offer_id: str,
    body: Amount,
    here: ServiceDep,
    staff: MaybeSignedIn,
    visitor: MaybeVisitor,
    seen: IfSeen,
) -> Response:
    """By who made it, a contact person of its organisation, or staff."""
    found = await offers.get(here.mongo, offer_id)
    by = acting_on(found, staff, visitor)

    async def changed(tx: Transaction, offer_id: str, by: str | None) -> Offer:
        seen.check(await offers.get(tx, offer_id))
        return await offers.change(tx, offer_id, body.amount, by)

    return await answer_change(here, found, by, changed, _shown, (staff, "offer_changed"))


@router.post(
    "/offers/{offer_id}/confirm",
    summary="Confirm an organisation's offer",
    response_model=OfferView,
    responses=problems(403, 404, 409),
)
async def confirm(
    offer_id: str, here: ServiceDep, staff: MaybeSignedIn, visitor: MaybeVisitor
) -> Response:
    """By a contact person of the organisation, or staff; until then it counts nowhere."""
    found = await offers.get(here.mongo, offer_id)
    by = acting_on(found, staff, visitor)
    return await answer_change(here, found, by, offers.confirm, _shown, (staff, "offer_confirmed"))


@router.post(
    "/offers/{offer_id}/decline",
    summary="Say that it is not the organisation's offer",
    response_model=OfferView,
    responses=problems(403, 404),
)
async def decline(
    offer_id: str, here: ServiceDep, staff: MaybeSignedIn, visitor: MaybeVisitor
) -> Response:
    """By a contact person of the organisation, or staff."""
    found = await offers.get(here.mongo, offer_id)
    by = acting_on(found, staff, visitor)
    return await answer_change(here, found, by, offers.decline, _shown, (staff, "offer_declined"))


@router.delete(
    "/offers/{offer_id}",
    summary="Take an offer back",
    response_model=OfferView,
    responses=problems(403, 404),
)
async def withdraw(
    offer_id: str, here: ServiceDep, staff: MaybeSignedIn, visitor: MaybeVisitor, seen: IfSeen
) -> Response:
    """Its history is kept; a second time changes nothing."""
    found = await offers.get(here.mongo, offer_id)
    by = acting_on(found, staff, visitor)

    async def withdrawn(tx: Transaction, offer_id: str, by: str | None) -> Offer:
        seen.check(await offers.get(tx, offer_id))
        return await offers.withdraw(tx, offer_id, by)

    return await answer_change(here, found, by, withdrawn, _shown, (staff, "offer_withdrawn"))


@router.get("/gatherings/{gathering_id}/offers", summary="List offers", responses=problems(404))
async def list_all(
    gathering_id: str,
    here: ServiceDep,
    staff: MaybeSignedIn,
    visitor: MaybeVisitor,
    asked: WhichPart,
    need_id: str | None = None,
    category: Category | None = None,
) -> OfferList:
    """Staff see all, visitors their own; toward a need or in a category, if one is named."""
    await gatherings.get(here.mongo, gathering_id)
    sees_all = staff is not None and staff.may("reader", gathering_id)
    if not sees_all and visitor is None:
        raise nobody()
    whose = None if sees_all or visitor is None else visitor.id
    named = {"person_id": whose, "need_id": need_id, "category": category}
    page = await store.page_offers(here.mongo, gathering_id, asked.part, **named)
    return OfferList(items=[OfferView(**vars(one)) for one in page.items], next=asked.next(page))


def _shown(offer: Offer) -> dict[str, Any]:
    return OfferView(**vars(offer)).model_dump(mode="json")

"""Offers toward a need or a category: made, changed and taken back.
Refuses another unit than the need's, a pitch that is over, and to touch what others offered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from doorpakken_events.registration import NeedOffered, OfferState, OfferWithdrawn
from doorpakken_plumbing import clock
from doorpakken_plumbing.errors import Conflict, Forbidden, Invalid, NotFound
from doorpakken_plumbing.mongo import Documents
from doorpakken_plumbing.transaction import Transaction

from doorpakken_registration import gatherings, organisations, persons, pitches, speakers
from doorpakken_registration.model.offer import Offer
from doorpakken_registration.store import offers as store
from doorpakken_registration.store import pitches as pitches_store


class OfferIsWithdrawn(Conflict):
    """It was taken back; a new offer can be made."""

    slug = "offer-withdrawn"


class NotYourOffer(Forbidden):
    """Somebody else made it."""

    slug = "not-your-offer"


class OtherUnit(Invalid):
    """The need is counted in another unit."""

    slug = "other-unit"


@dataclass(frozen=True)
class Offering:
    """What somebody offers: toward a need or else a category; by a person, an organisation, or a
    person for theirs."""

    gathering_id: str
    need_id: str | None
    category: str | None
    amount: int
    unit: str
    person_id: str | None
    organisation_id: str | None


async def get(documents: Documents, offer_id: str) -> Offer:
    """The offer; raises NotFound."""
    found = await store.find_offer(documents, offer_id)
    if found is None:
        raise NotFound("There is no offer with this id.")
    return found


async def offer(tx: Transaction, asked: Offering) -> Offer:
    """A new offer. More than is asked is fine."""
    pitch_id, category = await _toward(tx, asked)
    await _require_giver(tx, asked)
    now = clock.now()
    made = Offer(
        id=tx.new_id(),
        version=0,
        gathering_id=asked.gathering_id,
        pitch_id=pitch_id,
        need_id=asked.need_id,
        category=category,
        amount=asked.amount,
        unit=asked.unit,
        person_id=asked.person_id,
        organisation_id=asked.organisation_id,
        state="offered",
        offered_at=now,
    )
    return await _put(tx, made.stepped("offered", asked.amount, now))


async def change(tx: Transaction, offer_id: str, amount: int, by: str | None) -> Offer:
    """The same offer with another amount; `by` is the visitor who asks, None for staff."""
    found = await _held(tx, offer_id, by)
    if found.is_withdrawn:
        raise OfferIsWithdrawn("This offer was taken back. Make a new one.")
    if found.pitch_id:
        await pitches.hold_open(tx, found.pitch_id)
    if found.amount == amount:
        return found
    return await _put(tx, found.stepped("offered", amount, clock.now()))


async def withdraw(tx: Transaction, offer_id: str, by: str | None) -> Offer:
    """The offer, taken back; a second time changes nothing."""
    found = await _held(tx, offer_id, by)
    if found.is_withdrawn:
        return found
    return await _put(tx, found.stepped("withdrawn", found.amount, clock.now()))


async def forget(tx: Transaction, person_id: str, attendee_ids: Sequence[str]) -> int:
    """Removes what a person offered; what they offered for an organisation stays, without them."""
    found = await store.list_offers_of(tx, person_id)
    own = [one for one in found if one.organisation_id is None]
    for one in own:
        tx.forget_everywhere(OfferState, one.id, one.version)
    await store.delete_offers(tx, [one.id for one in own])
    for one in found:
        if one.organisation_id:
            await _put(tx, replace(one, version=one.version + 1, person_id=None))
    return len(found)


async def _toward(tx: Transaction, asked: Offering) -> tuple[str | None, str]:
    """The pitch, if the offer is toward a need, and the category."""
    gathering = await gatherings.get_public(tx, asked.gathering_id)
    if gathering.state == "cancelled":
        raise gatherings.GatheringIsOver("This gathering was cancelled.")
    if asked.need_id is None:
        return None, asked.category or ""
    pitch = await pitches_store.find_pitch_with_need(tx, gathering.id, asked.need_id)
    if pitch is None:
        raise NotFound("There is no need with this id at this gathering.")
    need = (await pitches.hold_open(tx, pitch.id)).need(asked.need_id)
    if need.unit != asked.unit:
        message = f"This need is counted in another unit: {need.unit}."
        raise OtherUnit(message, errors=[{"field": "unit", "message": message}])
    return pitch.id, need.category


async def _require_giver(tx: Transaction, asked: Offering) -> None:
    if asked.person_id:
        await persons.hold(tx, asked.person_id)
    if asked.organisation_id:
        organisation = await organisations.hold(tx, asked.organisation_id)
        if asked.person_id:
            await speakers.require_member(tx, asked.person_id, organisation)


async def _held(tx: Transaction, offer_id: str, by: str | None) -> Offer:
    """The offer, if it is theirs; whoever made it is held."""
    found = await get(tx, offer_id)
    is_theirs = by is None or by == found.person_id
    if not (is_theirs or await speakers.is_contact(tx, by or "", found.organisation_id)):
        raise NotYourOffer("Somebody else made this offer.")
    if found.person_id:
        await persons.hold(tx, found.person_id)
    return found


async def _put(tx: Transaction, offer: Offer) -> Offer:
    await store.put_offer(tx, offer)
    tx.publish(event_of(offer), offer.version)
    return offer


def event_of(offer: Offer) -> OfferState:
    """The offer, said on the topic of its state."""
    kind = OfferWithdrawn if offer.is_withdrawn else NeedOffered
    fields = {name: value for name, value in vars(offer).items() if name in kind.model_fields}
    return kind(offer_id=offer.id, **fields)

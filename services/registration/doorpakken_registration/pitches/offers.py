"""Offers toward a need or a category: made, changed and withdrawn. An offer for an organisation is
pending until its contact confirms it. Rejects a unit other than the need's, a closed pitch, and
changes to offers of others. `by` is the visitor who acts, None for staff; an unknown id raises
NotFound."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from doorpakken_events import moves, states
from doorpakken_events.catalogue import event_of_move
from doorpakken_events.registration import OfferState
from doorpakken_plumbing.http.errors import Conflict, Forbidden, Invalid, NotFound
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.time import clock

from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.organisations import organisations
from doorpakken_registration.people import persons
from doorpakken_registration.people.model.person import Organisation
from doorpakken_registration.pitches import pitches, representation
from doorpakken_registration.pitches.model.offer import Offer
from doorpakken_registration.pitches.model.pitch import Pitch
from doorpakken_registration.pitches.store import offers as store
from doorpakken_registration.pitches.store import pitches as pitches_store


class OfferIsWithdrawn(Conflict):
    """It was taken back; a new offer can be made."""

    slug = "offer-withdrawn"
    dutch = "Dit aanbod is ingetrokken. Bied het opnieuw aan."


class NotYourOffer(Forbidden):
    """Somebody else made it."""

    slug = "not-your-offer"
    dutch = "Dit aanbod is van iemand anders."


class OtherUnit(Invalid):
    """The need is counted in another unit."""

    slug = "other-unit"
    dutch = "Deze behoefte wordt in iets anders geteld."


@dataclass(frozen=True)
class Offering:
    """A requested offer: toward a need or else a category; by a person, an organisation, or a
    person for their organisation."""

    gathering_id: str
    need_id: str | None
    category: str | None
    amount: int
    unit: str
    person_id: str | None
    organisation_id: str | None
    by_staff: bool = False


async def get(documents: Documents, offer_id: str) -> Offer:
    found = await store.find_offer(documents, offer_id)
    if found is None:
        raise NotFound("There is no offer with this id.")
    return found


async def offer(tx: Transaction, asked: Offering) -> Offer:
    """May exceed what is asked. Contacts are mailed if they have to confirm it. Raises
    GatheringIsOver, PitchIsOver, NeedClosed, OtherUnit, IsMerged or NotOfOrganisation."""
    pitch, category = await toward(tx, asked)
    organisation = await _require_giver(tx, asked)
    state = _state_of(organisation, None if asked.by_staff else asked.person_id)
    now = clock.now()
    made = Offer(
        id=tx.new_id(),
        version=0,
        gathering_id=asked.gathering_id,
        pitch_id=pitch.id if pitch else None,
        need_id=asked.need_id,
        category=category,
        amount=asked.amount,
        unit=asked.unit,
        person_id=asked.person_id,
        organisation_id=asked.organisation_id,
        state=state,
        offered_at=now,
    )
    now_made = await put(tx, None, made.stepped(state, asked.amount, now))
    await _ask_contacts(tx, now_made, organisation)
    return now_made


async def change(tx: Transaction, offer_id: str, amount: int, by: str | None) -> Offer:
    """A new amount from a visitor who is not a contact makes an organisation's offer pending again.
    Raises NotYourOffer, OfferIsWithdrawn, PitchIsOver or NeedClosed."""
    found = await _held(tx, offer_id, by)
    if found.is_withdrawn:
        raise OfferIsWithdrawn("This offer was taken back. Make a new one.")
    await _require_asked(tx, found)
    if found.amount == amount:
        return found
    organisation = await _organisation_of(tx, found)
    state = found.state if by is None else _state_of(organisation, by)
    changed = await put(tx, found, found.stepped(state, amount, clock.now()))
    await _ask_contacts(tx, changed, organisation)
    return changed


async def confirm(tx: Transaction, offer_id: str, by: str | None) -> Offer:
    """Raises NotYourOffer unless by staff or a contact, OfferIsWithdrawn, NeedClosed, or
    PitchIsOver (also if the need is no longer asked)."""
    found = await get(tx, offer_id)
    await _require_contact(tx, found, by)
    if found.is_withdrawn:
        raise OfferIsWithdrawn("This offer was taken back. Make a new one.")
    if not found.is_pending:
        return found
    await _require_asked(tx, found)
    return await _step(tx, found, states.Offer.OFFERED)


async def _require_asked(tx: Transaction, offer: Offer) -> None:
    """A pending offer does not keep its need from being taken away or changed."""
    if not offer.pitch_id:
        return
    pitch = await pitches.hold_open(tx, offer.pitch_id)
    asked = {one.need_id: one for one in pitch.needs}
    need = asked.get(offer.need_id or "")
    if need is None or (need.category, need.unit) != offer.counted_in:
        raise pitches.PitchIsOver("This need is not asked any more.")
    pitches.require_takes_help(need)


async def decline(tx: Transaction, offer_id: str, by: str | None) -> Offer:
    """Withdraws it; raises NotYourOffer unless by staff or a contact."""
    found = await get(tx, offer_id)
    await _require_contact(tx, found, by)
    if found.is_withdrawn:
        return found
    return await _step(tx, found, states.Offer.WITHDRAWN)


async def withdraw(tx: Transaction, offer_id: str, by: str | None) -> Offer:
    """A second call changes nothing. Raises NotYourOffer."""
    found = await _held(tx, offer_id, by)
    if found.is_withdrawn:
        return found
    return await _step(tx, found, states.Offer.WITHDRAWN)


async def forget(tx: Transaction, person_id: str, attendee_ids: Sequence[str]) -> int:
    """Deletes the person's offers; offers they made for an organisation stay, without them."""
    found = await store.list_offers_of(tx, person_id)
    own = [one for one in found if one.organisation_id is None]
    for one in own:
        tx.publish_tombstones(OfferState, one.id, one.version)
    await store.delete_offers(tx, [one.id for one in own])
    for one in found:
        if one.organisation_id:
            await put(tx, one, replace(one, version=one.version + 1, person_id=None))
    return len(found)


async def toward(tx: Transaction, asked: Offering) -> tuple[Pitch | None, str]:
    """The pitch, if it is toward a need, and the category. Raises NotFound, GatheringIsOver,
    PitchIsOver, NeedClosed or OtherUnit."""
    gathering = await gatherings.get_public(tx, asked.gathering_id)
    if gathering.is_cancelled:
        raise gatherings.GatheringIsOver("This gathering was cancelled.")
    if asked.need_id is None:
        return None, asked.category or ""
    pitch = await pitches_store.find_pitch_with_need(tx, gathering.id, asked.need_id)
    if pitch is None:
        raise NotFound("There is no need with this id at this gathering.")
    pitch = await pitches.hold_open(tx, pitch.id)
    need = pitch.need(asked.need_id)
    pitches.require_takes_help(need)
    if need.unit != asked.unit:
        message = f"This need is counted in another unit: {need.unit}."
        raise OtherUnit(message, errors=[{"field": "unit", "message": message}])
    return pitch, need.category


async def _require_giver(tx: Transaction, asked: Offering) -> Organisation | None:
    if asked.person_id:
        await persons.hold(tx, asked.person_id)
    if not asked.organisation_id:
        return None
    organisation = await organisations.hold(tx, asked.organisation_id)
    if asked.person_id:
        await representation.require_member(tx, asked.person_id, organisation)
    return organisation


async def _organisation_of(tx: Transaction, offer: Offer) -> Organisation | None:
    return await organisations.get(tx, offer.organisation_id) if offer.organisation_id else None


def _state_of(organisation: Organisation | None, by: str | None) -> states.Offer:
    is_own = organisation is None or by is None or by in organisation.contacts
    return states.Offer.OFFERED if is_own else states.Offer.PENDING


async def _ask_contacts(tx: Transaction, offer: Offer, organisation: Organisation | None) -> None:
    if organisation and offer.is_pending:
        await representation.ask_contacts(
            tx, organisation, "offer_request", offer, from_person_id=offer.person_id
        )


async def _require_contact(tx: Transaction, found: Offer, by: str | None) -> None:
    if by and not await representation.is_contact(tx, by, found.organisation_id):
        raise NotYourOffer("Only a contact person of this organisation can say this.")


async def _held(tx: Transaction, offer_id: str, by: str | None) -> Offer:
    found = await get(tx, offer_id)
    is_theirs = by is None or by == found.person_id
    if not (is_theirs or await representation.is_contact(tx, by or "", found.organisation_id)):
        raise NotYourOffer("Somebody else made this offer.")
    if found.person_id:
        await persons.hold(tx, found.person_id)
    return found


async def _step(tx: Transaction, offer: Offer, state: states.Offer) -> Offer:
    return await put(tx, offer, offer.stepped(state, offer.amount, clock.now()))


async def put(tx: Transaction, before: Offer | None, after: Offer) -> Offer:
    await store.put_offer(tx, after)
    tx.publish(_event(before, after), after.version)
    return after


def _event(before: Offer | None, offer: Offer) -> OfferState:
    kind = event_of_move(OfferState, before.state if before else moves.START, offer.state)
    return kind(
        offer_id=offer.id,
        gathering_id=offer.gathering_id,
        pitch_id=offer.pitch_id,
        need_id=offer.need_id,
        category=offer.category,
        amount=offer.amount,
        unit=offer.unit,
        person_id=offer.person_id,
        organisation_id=offer.organisation_id,
        state=offer.state,
        offered_at=offer.offered_at,
    )

"""Commitments made by their owner, or written down for them. A promise goes toward a need, in its
unit; an action toward none. Refuses a pitch or gathering that is over."""

from dataclasses import dataclass, replace
from datetime import date

from doorpakken_events import commitment_moves
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.time import clock

from doorpakken_registration.commitments import commitments
from doorpakken_registration.commitments.model.commitment import (
    ACTION,
    PROMISE,
    Commitment,
    State,
    Step,
)
from doorpakken_registration.commitments.model.moves import Move
from doorpakken_registration.commitments.refusals import NobodyPromises
from doorpakken_registration.commitments.store import commitments as store
from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.organisations import organisations
from doorpakken_registration.people import persons
from doorpakken_registration.pitches import pitches, representation
from doorpakken_registration.pitches.model.pitch import Pitch
from doorpakken_registration.pitches.offers import OtherUnit

# The mail that asks a contact of the organisation.
REQUEST = "commitment_request"


@dataclass(frozen=True)
class Promising:
    """A commitment as it is asked for. `amount` and `unit` go with `need_id`; without it this is an
    action. `consent` are the words in which they were asked what everybody may read. `made_by` says
    in which part somebody enters it for another; the visitor `by` enters it for themselves or their
    organisation, or as host for anybody. Who asks may choose its `id`."""

    pitch_id: str
    what: str
    due: date
    need_id: str | None = None
    amount: int | None = None
    unit: str | None = None
    how: str = ""
    publication: str = "none"
    consent: str | None = None
    person_id: str | None = None
    organisation_id: str | None = None
    offer_id: str | None = None
    endorsement_id: str | None = None
    session_id: str | None = None
    agreement_id: str | None = None
    made_by: str = "owner"
    by: str | None = None
    id: str | None = None


async def make(tx: Transaction, asked: Promising) -> Commitment:
    """Accepted at once if its owner or a contact of their organisation makes it; else it waits for
    their answer. The same again from an offer, as long as it did not end, returns the first.
    Raises PitchIsOver, GatheringIsOver, NeedClosed, OtherUnit, IsMerged, NotOfOrganisation,
    NobodyPromises or DayOutOfReach."""
    pitch = await pitches.hold_open(tx, asked.pitch_id)
    gathering = await gatherings.get_public(tx, pitch.gathering_id)
    if gathering.is_cancelled:
        raise gatherings.GatheringIsOver("This gathering was cancelled.")
    commitments.require_day(asked.due)
    category = _category(pitch, asked)
    is_own = await _is_own(tx, asked)
    if same := await _made_before(tx, asked):
        return same
    made = _proposed(asked.id or tx.new_id(), pitch, asked, category)
    if not is_own:
        await _ask_contacts(tx, made)
        return await commitments.put(tx, None, made, commitment_moves.MADE)
    # Nobody was asked: what its owner says at once is its first version.
    now = clock.now()
    accepted = replace(
        made,
        state=State.ACCEPTED,
        amount=asked.amount,
        asked_amount=None,
        asks=0,
        accepted_at=now,
    ).published(asked.publication, asked.consent, asked.by, now)
    return await commitments.put(tx, None, accepted, commitment_moves.MADE)


async def correct(tx: Transaction, found: Commitment, asked: Promising) -> Commitment:
    """Writes down something else for the same owner, before any answer. Raises NotInThisState,
    UnknownNeed, OtherUnit or DayOutOfReach."""
    commitments.require(found, Move.STRIKE)
    pitch = await pitches.hold_open(tx, found.pitch_id)
    if asked.due != found.due:
        commitments.require_day(asked.due)
    after = found.updated(
        kind=PROMISE if asked.need_id else ACTION,
        category=_category(pitch, asked),
        what=asked.what,
        how=asked.how,
        need_id=asked.need_id,
        unit=asked.unit,
        asked_amount=asked.amount,
        first_due=asked.due,
        due=asked.due,
    )
    if after is found:
        return found
    step = Step("corrected", clock.now(), asked.by, amount=asked.amount, due=asked.due)
    return await commitments.put(tx, found, after.noted(step), commitment_moves.UPDATED)


def _proposed(
    commitment_id: str, pitch: Pitch, asked: Promising, category: str | None
) -> Commitment:
    now = clock.now()
    made = Commitment(
        id=commitment_id,
        version=1,
        gathering_id=pitch.gathering_id,
        pitch_id=pitch.id,
        kind=PROMISE if asked.need_id else ACTION,
        made_by=asked.made_by,
        what=asked.what,
        how=asked.how,
        first_due=asked.due,
        due=asked.due,
        state=State.PROPOSED,
        made_at=now,
        asked_at=now,
        planned_at=now,
        need_id=asked.need_id,
        session_id=asked.session_id,
        agreement_id=asked.agreement_id,
        offer_id=asked.offer_id,
        endorsement_id=asked.endorsement_id,
        category=category,
        unit=asked.unit,
        organisation_id=asked.organisation_id,
        person_id=asked.person_id,
        entered_by=asked.by,
        asked_amount=asked.amount,
        asks=1 if asked.person_id or asked.organisation_id else 0,
    )
    return made.noted(Step("made", now, asked.by, amount=asked.amount, due=asked.due))


def _category(pitch: Pitch, asked: Promising) -> str | None:
    """Of the need. Raises UnknownNeed, NeedClosed or OtherUnit."""
    if asked.need_id is None:
        return None
    needs = {one.need_id: one for one in pitch.needs}
    if asked.need_id not in needs:
        raise pitches.UnknownNeed("This pitch has no such need.")
    need = needs[asked.need_id]
    pitches.require_takes_help(need)
    if need.unit != asked.unit:
        message = f"This need is counted in another unit: {need.unit}."
        raise OtherUnit(message, errors=[{"field": "unit", "message": message}])
    return need.category


async def _is_own(tx: Transaction, asked: Promising) -> bool:
    """Whether the visitor may say yes for who promises. Raises NobodyPromises."""
    if not (asked.person_id or asked.organisation_id):
        raise NobodyPromises("Name the organisation or the person who promises.")
    if asked.person_id:
        await persons.hold(tx, asked.person_id)
    if not asked.organisation_id:
        return asked.by is not None and asked.by == asked.person_id
    organisation = await organisations.hold(tx, asked.organisation_id)
    if asked.by and asked.made_by != "host":
        await representation.require_member(tx, asked.by, organisation)
    return asked.by in organisation.contacts


async def _ask_contacts(tx: Transaction, made: Commitment) -> None:
    """Who they are is told to nobody but who mails them."""
    if made.organisation_id:
        organisation = await organisations.get(tx, made.organisation_id)
        await representation.ask_contacts(
            tx, organisation, REQUEST, made, from_person_id=made.entered_by
        )


async def _made_before(tx: Transaction, asked: Promising) -> Commitment | None:
    if asked.offer_id is None:
        return None
    found = await store.list_from_offer(tx, asked.offer_id)
    whose = (asked.person_id, asked.organisation_id)
    return next((one for one in found if (one.person_id, one.organisation_id) == whose), None)

"""What one person pitches, offers and supports, for their own page, and what they have to confirm.
Read-only; withdrawn offers and support are left out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.organisations.store import organisations as organisations_store
from doorpakken_registration.people.model.person import Organisation, Person
from doorpakken_registration.pitches import drafts, needs, representation
from doorpakken_registration.pitches.model.draft import Draft
from doorpakken_registration.pitches.model.endorsement import Endorsement
from doorpakken_registration.pitches.model.offer import Offer
from doorpakken_registration.pitches.model.pitch import Pitch
from doorpakken_registration.pitches.needs import CoveredPitch
from doorpakken_registration.pitches.store import endorsements as endorsements_store
from doorpakken_registration.pitches.store import offers as offers_store
from doorpakken_registration.pitches.store import pitches as pitches_store


@dataclass(frozen=True)
class Said:
    """Support that a person gave, and whether they may withdraw it: support for an organisation
    only until it is confirmed, after that only its contacts may."""

    endorsement: Endorsement
    organisation: Organisation | None
    may_withdraw: bool


@dataclass(frozen=True)
class OwnSupport:
    """All of one person; `titles` of pitches and `names` of organisations are by id, `lacking` has
    what the pitches that they support still need, by pitch. `answers_for` are the organisations
    whose contact they are."""

    pitches: Sequence[Pitch]
    drafts: Sequence[Draft]
    offers: Sequence[Offer]
    said: Sequence[Said]
    to_confirm: Sequence[Endorsement]
    offers_to_confirm: Sequence[Offer]
    answers_for: Sequence[Organisation]
    lacking: dict[str, CoveredPitch]
    titles: dict[str, str]
    names: dict[str, str]


async def of(documents: Documents, person: Person) -> OwnSupport:
    offers = await offers_store.list_offers_of(documents, person.id)
    said = await said_by(documents, person)
    answered_for = await organisations_store.list_organisations_of_contact(documents, person.id)
    waiting = await endorsements_store.list_pending(documents, [one.id for one in answered_for])
    asked = await offers_store.list_pending(documents, [one.id for one in answered_for])
    theirs = await representation.list_organisations_of(documents, person.id)
    pitch_ids = {one.pitch_id for one in (*offers, *asked) if one.pitch_id}
    pitch_ids |= {one.pitch_id for one in (*(one.endorsement for one in said), *waiting)}
    return OwnSupport(
        drafts=await drafts.list_of_person(documents, person.id),
        pitches=await pitches_store.list_pitches_by(documents, person.id),
        offers=[one for one in offers if not one.is_withdrawn],
        said=said,
        to_confirm=waiting,
        offers_to_confirm=asked,
        answers_for=answered_for,
        lacking=await _lacking(documents, {one.endorsement.pitch_id for one in said}),
        titles=await pitches_store.titles_of(documents, pitch_ids),
        names={one.id: one.name for one in theirs},
    )


async def _lacking(documents: Documents, pitch_ids: Iterable[str]) -> dict[str, CoveredPitch]:
    found = await pitches_store.list_with_ids(documents, pitch_ids)
    covered = await needs.covered_pitches(documents, [one for one in found if one.is_accepted])
    return {
        one.pitch.id: CoveredPitch(one.pitch, [need for need in one.needs if need.is_open])
        for one in covered
    }


async def said_by(documents: Documents, person: Person) -> list[Said]:
    found = await endorsements_store.list_endorsements_of(documents, person.id)
    kept = [one for one in found if not one.is_withdrawn]
    ids = {one.organisation_id for one in kept if one.organisation_id}
    by_id = {one.id: one for one in await organisations_store.list_organisations(documents, ids)}
    return [_said(one, by_id.get(one.organisation_id or ""), person) for one in kept]


def _said(one: Endorsement, organisation: Organisation | None, person: Person) -> Said:
    answers = organisation is not None and person.id in organisation.contacts
    is_theirs = one.person_id == person.id or one.is_pending
    return Said(one, organisation, is_theirs or answers)

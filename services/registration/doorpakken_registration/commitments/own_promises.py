"""The promises that concern one person, for their own page: theirs and of the organisations they
answer for, what is handed over to them, and what they have to confirm. What waits for them is
first."""

from collections.abc import Iterable
from dataclasses import dataclass

from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.time import clock

from doorpakken_registration.commitments.model import due
from doorpakken_registration.commitments.model.commitment import Commitment
from doorpakken_registration.commitments.model.due import Mark
from doorpakken_registration.commitments.model.moves import Move
from doorpakken_registration.commitments.model.roles import moves_of, roles_of
from doorpakken_registration.commitments.sheets import FIRST
from doorpakken_registration.commitments.store import commitments as store
from doorpakken_registration.organisations.store import organisations as organisations_store
from doorpakken_registration.people.model.person import Organisation, Person
from doorpakken_registration.pitches.model.pitch import Pitch
from doorpakken_registration.pitches.store import pitches as pitches_store

ENDED_SHOWN_MAX = 20


@dataclass(frozen=True)
class OwnPromise:
    """`asked` is what they are asked now, if anything; `organisation` is empty for their own."""

    commitment: Commitment
    title: str
    organisation: str
    is_past: bool
    asked: Move | None

    @property
    def waits(self) -> bool:
        return self.is_past or self.asked is not None


async def list_of(documents: Documents, person: Person) -> list[OwnPromise]:
    """What is over is left out but for the newest of it."""
    theirs = await organisations_store.list_organisations_of_contact(documents, person.id)
    pitched = await pitches_store.list_pitches_by(documents, person.id)
    found = [
        *await store.list_owned_by(documents, person.id),
        *await store.list_handed_to(documents, person.id),
        *await store.list_to_confirm(documents, [one.id for one in pitched]),
    ]
    for organisation in theirs:
        found += await store.list_owned_for(documents, organisation.id)
    by_id = {one.id: one for one in found}
    shown = await _shown(documents, person, by_id.values(), theirs)
    return sorted(shown, key=lambda one: (not one.waits, one.commitment.due))


async def _shown(
    documents: Documents,
    person: Person,
    found: Iterable[Commitment],
    theirs: Iterable[Organisation],
) -> list[OwnPromise]:
    by_age = sorted(found, key=lambda one: one.made_at, reverse=True)
    kept = [one for one in by_age if one.is_open]
    kept += [one for one in by_age if not one.is_open][:ENDED_SHOWN_MAX]
    listed = await pitches_store.list_with_ids(documents, {one.pitch_id for one in kept})
    pitches = {one.id: one for one in listed}
    organisations = {one.id: one for one in theirs}
    return [
        _own(one, person, pitches[one.pitch_id], organisations.get(one.organisation_id or ""))
        for one in kept
        if one.pitch_id in pitches
    ]


def _own(
    one: Commitment, person: Person, pitch: Pitch, organisation: Organisation | None
) -> OwnPromise:
    contacts = organisation.contacts if organisation else ()
    roles = roles_of(one, person.id, pitchers=pitch.pitchers, contacts=contacts)
    moves = moves_of(one, roles, pitched_by=pitch.organisation_id)
    return OwnPromise(
        commitment=one,
        title=pitch.title,
        organisation=organisation.name if organisation else "",
        is_past=Mark.PAST_DATE in due.marks(one, clock.now()) and Move.REPLAN in moves,
        asked=next((move for move in FIRST if move in moves), None),
    )

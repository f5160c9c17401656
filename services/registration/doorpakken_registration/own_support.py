"""What one person pitches, offers and supports, for their own page, and what waits for their word.
Refuses nothing; it only reads."""

from collections.abc import Sequence
from dataclasses import dataclass

from doorpakken_plumbing.mongo import Documents

from doorpakken_registration import speakers
from doorpakken_registration.model.endorsement import Endorsement
from doorpakken_registration.model.offer import Offer
from doorpakken_registration.model.person import Person
from doorpakken_registration.model.pitch import Pitch
from doorpakken_registration.store import endorsements as endorsements_store
from doorpakken_registration.store import offers as offers_store
from doorpakken_registration.store import organisations as organisations_store
from doorpakken_registration.store import pitches as pitches_store


@dataclass(frozen=True)
class OwnSupport:
    """All of it, with the titles of pitches and the names of organisations by id."""

    pitches: Sequence[Pitch]
    offers: Sequence[Offer]
    endorsements: Sequence[Endorsement]
    to_confirm: Sequence[Endorsement]
    titles: dict[str, str]
    names: dict[str, str]

    def may_withdraw(self, one: Endorsement, person: Person) -> bool:
        """Whether it is theirs to take back: what they said for others is until it is confirmed."""
        return one.person_id == person.id or one.state == "pending"


async def of(documents: Documents, person: Person) -> OwnSupport:
    """What a person has on all gatherings; what was taken back is left out."""
    offers = await offers_store.list_offers_of(documents, person.id)
    support = await endorsements_store.list_endorsements_of(documents, person.id)
    answered_for = await organisations_store.list_organisations_of_contact(documents, person.id)
    waiting = await endorsements_store.list_pending(documents, [one.id for one in answered_for])
    kept = [one for one in support if not one.is_withdrawn]
    theirs = await speakers.list_organisations_of(documents, person.id)
    pitch_ids = {one.pitch_id for one in offers if one.pitch_id}
    pitch_ids |= {one.pitch_id for one in (*kept, *waiting)}
    return OwnSupport(
        pitches=await pitches_store.list_pitches_by(documents, person.id),
        offers=[one for one in offers if not one.is_withdrawn],
        endorsements=kept,
        to_confirm=waiting,
        titles=await pitches_store.titles_of(documents, pitch_ids),
        names={one.id: one.name for one in theirs},
    )

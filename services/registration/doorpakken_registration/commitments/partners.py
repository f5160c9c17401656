"""What an organisation supports, offers and promises over all gatherings, for its contacts, with
what waits for their answer first. Read-only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from doorpakken_plumbing.http.errors import Forbidden
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.time import clock

from doorpakken_registration.commitments.model.commitment import Commitment, State
from doorpakken_registration.commitments.model.due import today
from doorpakken_registration.commitments.store import commitments as store
from doorpakken_registration.organisations import organisations
from doorpakken_registration.people.model.person import Organisation
from doorpakken_registration.pitches.model.endorsement import Endorsement
from doorpakken_registration.pitches.model.offer import Offer
from doorpakken_registration.pitches.store import endorsements as endorsements_store
from doorpakken_registration.pitches.store import offers as offers_store
from doorpakken_registration.pitches.store import pitches as pitches_store


class NotYourOrganisation(Forbidden):
    """Only its contact persons see what waits for it."""

    slug = "not-your-organisation"
    dutch = "Alleen een contactpersoon van deze organisatie ziet deze bladzijde."


@dataclass(frozen=True)
class Partner:
    """`today` is the day in Amsterdam, `titles` are of pitches by id."""

    organisation: Organisation
    support: Sequence[Endorsement]
    offers: Sequence[Offer]
    promises: Sequence[Commitment]
    titles: Mapping[str, str]
    today: date

    @property
    def support_to_confirm(self) -> list[Endorsement]:
        return [one for one in self.support if one.is_pending]

    @property
    def offers_to_confirm(self) -> list[Offer]:
        return [one for one in self.offers if one.is_pending]

    @property
    def waiting(self) -> list[Commitment]:
        """For their answer, or for a new date or the word that it is done."""
        return [one for one in self.promises if self._waits(one)]

    def _waits(self, one: Commitment) -> bool:
        if one.state is State.ACCEPTED:
            return self.today > one.due
        return one.state in (State.PROPOSED, State.CONSULTING)


async def of(documents: Documents, organisation_id: str, person_id: str) -> Partner:
    """Raises NotFound, or NotYourOrganisation unless this person answers for it."""
    organisation = await organisations.get(documents, organisation_id)
    if person_id not in organisation.contacts:
        raise NotYourOrganisation("Only its contact persons see this.")
    offers = await offers_store.list_offers_for(documents, organisation_id)
    promises = await store.list_owned_for(documents, organisation_id)
    support = await endorsements_store.list_endorsements_by(documents, [organisation_id])
    pitch_ids = {one.pitch_id for one in offers if one.pitch_id}
    pitch_ids |= {one.pitch_id for one in promises} | {one.pitch_id for one in support}
    return Partner(
        organisation=organisation,
        support=[one for one in support if not one.is_withdrawn],
        offers=[one for one in offers if not one.is_withdrawn],
        promises=promises,
        titles=await pitches_store.titles_of(documents, pitch_ids),
        today=today(clock.now()),
    )

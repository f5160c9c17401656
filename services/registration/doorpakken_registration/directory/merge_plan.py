"""What a person or an organisation took part in, as shown to staff and as moved in a merge. How
much one transaction moves is limited."""

from dataclasses import dataclass

from doorpakken_plumbing.http.errors import Conflict
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.gatherings.model.attendee import Attendee
from doorpakken_registration.gatherings.store import attendees as attendees_store
from doorpakken_registration.pitches.model.endorsement import Endorsement
from doorpakken_registration.pitches.model.offer import Offer
from doorpakken_registration.pitches.model.pitch import Pitch
from doorpakken_registration.pitches.store import endorsements as endorsements_store
from doorpakken_registration.pitches.store import offers as offers_store
from doorpakken_registration.pitches.store import pitches as pitches_store

# The limit of one transaction: each moved item is a document and an event.
MOVED_MAX = 500


class SameTwice(Conflict):
    """Both are the same one."""

    slug = "merge-with-itself"
    dutch = "Kies een ander. Dit is dezelfde."


class TooMuchToMerge(Conflict):
    """More than one transaction should carry; `count` says how much."""

    slug = "too-much-to-merge"
    dutch = "Dit is te veel in één keer. Probeer het andersom."


@dataclass(frozen=True)
class Belongings:
    """Everything that refers to one person or one organisation."""

    attendees: tuple[Attendee, ...]
    pitches: tuple[Pitch, ...]
    endorsements: tuple[Endorsement, ...]
    offers: tuple[Offer, ...]

    @property
    def counts(self) -> dict[str, int]:
        return {name: len(found) for name, found in vars(self).items()}

    def require_movable(self) -> None:
        """Raises TooMuchToMerge."""
        count = sum(self.counts.values())
        if count > MOVED_MAX:
            raise TooMuchToMerge(
                f"This would change {count} things at once; {MOVED_MAX} is the most. "
                "Merge the other way round, or ask for help.",
                count=count,
            )


async def of_person(documents: Documents, person_id: str) -> Belongings:
    return Belongings(
        tuple(await attendees_store.list_attendances(documents, person_id)),
        tuple(await pitches_store.list_pitches_by(documents, person_id)),
        tuple(await endorsements_store.list_endorsements_by(documents, [person_id])),
        tuple(await offers_store.list_offers_of(documents, person_id)),
    )


async def of_organisation(documents: Documents, organisation_id: str) -> Belongings:
    return Belongings(
        tuple(await attendees_store.list_members(documents, organisation_id)),
        tuple(await pitches_store.list_pitches_for(documents, organisation_id)),
        tuple(await endorsements_store.list_endorsements_by(documents, [organisation_id])),
        tuple(await offers_store.list_offers_for(documents, organisation_id)),
    )

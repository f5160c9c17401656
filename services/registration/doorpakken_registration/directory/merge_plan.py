"""Everything that refers to a person or an organisation, and moving it to another in a merge.
What one transaction moves is limited."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace

from doorpakken_events.registration import AttendeeUpdated, EndorsementState, PitchUpdated
from doorpakken_plumbing.http.errors import Conflict
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.time import clock

from doorpakken_registration.directory.model.merge import is_stronger, pitched_by, strengthened
from doorpakken_registration.directory.store import merge_plan as store
from doorpakken_registration.gatherings import attendees
from doorpakken_registration.gatherings.model.attendee import Attendee
from doorpakken_registration.gatherings.store import attendees as attendees_store
from doorpakken_registration.pitches import endorsements, offers, pitch_event
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
        tuple(await store.list_attendees_with(documents, organisation_id)),
        tuple(await store.list_pitches_for(documents, organisation_id)),
        tuple(await endorsements_store.list_endorsements_by(documents, [organisation_id])),
        tuple(await offers_store.list_offers_for(documents, organisation_id)),
    )


async def give_to_person(tx: Transaction, given: Belongings, gone: str, stays: str) -> None:
    """Moves everything from `gone` to `stays`. Where both endorsed a pitch, the endorsement of
    `stays` takes over the stronger state and the other one is deleted."""
    await _put_attendees(tx, [replace(one, person_id=stays) for one in given.attendees])
    await _put_offers(tx, [replace(one, person_id=stays) for one in given.offers])
    for pitch in given.pitches:
        await _put_pitch(tx, pitched_by(pitch, gone, stays))

    async def drop(one: Endorsement) -> None:
        tx.publish_tombstones(EndorsementState, one.id, one.version)
        await endorsements_store.delete_endorsements(tx, [one.id])

    await _give_support(tx, given, stays, lambda one: replace(one, person_id=stays), drop)


async def give_to_organisation(tx: Transaction, given: Belongings, stays: str) -> None:
    """Moves everything to `stays`. Where both endorsed a pitch, the endorsement of `stays` takes
    over the stronger state and the other one is withdrawn."""
    await _put_attendees(tx, [replace(one, organisation_id=stays) for one in given.attendees])
    await _put_offers(tx, [replace(one, organisation_id=stays) for one in given.offers])
    for pitch in given.pitches:
        await _put_pitch(tx, replace(pitch, version=pitch.version + 1, organisation_id=stays))

    async def withdraw(one: Endorsement) -> None:
        if not one.is_withdrawn:
            await _put_support(tx, one.withdrawn(clock.now()))

    await _give_support(tx, given, stays, lambda one: replace(one, organisation_id=stays), withdraw)


async def _give_support(
    tx: Transaction,
    given: Belongings,
    stays: str,
    to_them: Callable[[Endorsement], Endorsement],
    end: Callable[[Endorsement], Awaitable[None]],
) -> None:
    theirs = {
        one.pitch_id: one for one in await endorsements_store.list_endorsements_by(tx, [stays])
    }
    for one in given.endorsements:
        other = theirs.get(one.pitch_id)
        if other is None:
            await _put_support(tx, replace(to_them(one), version=one.version + 1))
            continue
        if is_stronger(one, other):
            await _put_support(tx, strengthened(other, one, clock.now()))
        await end(one)


async def _put_attendees(tx: Transaction, changed: Iterable[Attendee]) -> None:
    raised = [replace(one, version=one.version + 1) for one in changed]
    await attendees_store.put_attendees(tx, raised)
    for one in raised:
        tx.publish(attendees.event_of(AttendeeUpdated, one), one.version)


async def _put_offers(tx: Transaction, changed: Iterable[Offer]) -> None:
    for one in changed:
        raised = replace(one, version=one.version + 1)
        await offers_store.put_offer(tx, raised)
        tx.publish(offers.event_of(raised), raised.version)


async def _put_pitch(tx: Transaction, pitch: Pitch) -> None:
    await pitches_store.put_pitch(tx, pitch)
    tx.publish(pitch_event.event_of(PitchUpdated, pitch), pitch.version)


async def _put_support(tx: Transaction, endorsement: Endorsement) -> None:
    await endorsements_store.put_endorsement(tx, endorsement)
    tx.publish(endorsements.event_of(endorsement), endorsement.version)

"""Support for a pitch: a person or an organisation believes in it, or joins. Support by an
organisation is pending until its contact person confirms it. Rejects support for a closed pitch.
`by` is the visitor who acts, None for staff; an unknown id raises NotFound."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from doorpakken_events import moves, states
from doorpakken_events.catalogue import event_of_move
from doorpakken_events.registration import EndorsementState
from doorpakken_plumbing.http.errors import Conflict, Forbidden, NotFound
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.time import clock

from doorpakken_registration.organisations import organisations
from doorpakken_registration.people import persons
from doorpakken_registration.people.model.person import Organisation
from doorpakken_registration.pitches import pitches, representation
from doorpakken_registration.pitches.model.endorsement import Endorsement
from doorpakken_registration.pitches.store import endorsements as store


class SupportIsWithdrawn(Conflict):
    """It was taken back; it can be said again."""

    slug = "support-withdrawn"
    dutch = "Deze steun is ingetrokken."


class SupportIsConfirmed(Conflict):
    """The organisation gave it another way; only a contact or staff may change it."""

    slug = "support-confirmed"
    dutch = "De organisatie steunt dit plan al anders. Alleen een contactpersoon kan dat wijzigen."


class NotYourSupport(Forbidden):
    """It is somebody else's to say."""

    slug = "not-your-support"
    dutch = "Alleen een contactpersoon kan hier antwoorden."


@dataclass(frozen=True)
class Support:
    """Who supports which pitch and how; either a person or an organisation. `said_by` is the
    visitor who acts for the organisation, None for staff."""

    pitch_id: str
    person_id: str | None
    organisation_id: str | None
    said_by: str | None
    stance: str
    reason: str | None

    @property
    def supporter(self) -> str:
        return self.person_id or self.organisation_id or ""


async def get(documents: Documents, endorsement_id: str) -> Endorsement:
    found = await store.find_endorsement(documents, endorsement_id)
    if found is None:
        raise NotFound("There is no support with this id.")
    return found


async def endorse(tx: Transaction, asked: Support) -> tuple[Endorsement, bool]:
    """The support, and whether it is new. Contacts are mailed if they have to confirm it; the same
    support again changes nothing, and confirmed support stays confirmed. Raises PitchIsOver,
    IsMerged, NotOfOrganisation or SupportIsConfirmed."""
    pitch = await pitches.hold_open(tx, asked.pitch_id)
    organisation = await _supporter(tx, asked)
    known = await store.find_endorsement_by(tx, pitch.id, asked.supporter)
    is_own = organisation is None or asked.said_by in organisation.contacts
    # Staff write down what an organisation that confirmed its support says now.
    is_counted = is_own or bool(known and known.is_confirmed and asked.said_by is None)
    made = Endorsement(
        id=tx.new_id(),
        version=0,
        gathering_id=pitch.gathering_id,
        pitch_id=pitch.id,
        person_id=asked.person_id,
        organisation_id=asked.organisation_id,
        stance=asked.stance,
        state=states.Endorsement.CONFIRMED if is_counted else states.Endorsement.PENDING,
        reason=asked.reason,
        endorsed_at=clock.now(),
        said_by=asked.said_by,
    )
    if known and known.says(made.stance, made.reason, made.state):
        return known, False
    if known and known.is_confirmed and not is_counted:
        raise SupportIsConfirmed("The organisation said otherwise. A contact of it can change it.")
    if known:
        made = replace(made, id=known.id, version=known.version, history=known.history)
    now = await put(tx, known, made.stepped(clock.now()))
    if organisation and not is_counted:
        await representation.ask_contacts(
            tx, organisation, "endorsement_request", now, from_person_id=now.said_by
        )
    return now, known is None


async def confirm(tx: Transaction, endorsement_id: str, by: str | None) -> Endorsement:
    """Raises NotYourSupport unless by staff or a contact, SupportIsWithdrawn or PitchIsOver."""
    found = await get(tx, endorsement_id)
    await _require_contact(tx, found, by)
    if found.is_withdrawn:
        raise SupportIsWithdrawn("This support was taken back. It can be said again.")
    await pitches.hold_open(tx, found.pitch_id)
    if found.is_confirmed:
        return found
    return await put(tx, found, found.confirmed(clock.now()))


async def decline(tx: Transaction, endorsement_id: str, by: str | None) -> Endorsement:
    """Withdraws it; raises NotYourSupport unless by staff or a contact."""
    await _require_contact(tx, await get(tx, endorsement_id), by)
    return await withdraw(tx, endorsement_id, by)


async def withdraw(tx: Transaction, endorsement_id: str, by: str | None) -> Endorsement:
    """For the supporter, a contact and staff; while it is pending also for the visitor who gave it
    for the organisation. Raises NotYourSupport for others."""
    found = await get(tx, endorsement_id)
    is_theirs = by == found.person_id or (found.is_pending and by == found.said_by)
    if not is_theirs:
        await _require_contact(tx, found, by)
    if found.is_withdrawn:
        return found
    if found.person_id:
        await persons.hold(tx, found.person_id)
    return await put(tx, found, found.withdrawn(clock.now()))


async def forget(tx: Transaction, person_id: str, attendee_ids: Sequence[str]) -> int:
    """Deletes the person's support; support they gave for an organisation stays, without them."""
    found = await store.list_endorsements_of(tx, person_id)
    own = [one for one in found if one.person_id == person_id]
    for one in own:
        tx.publish_tombstones(EndorsementState, one.id, one.version)
    await store.delete_endorsements(tx, [one.id for one in own])
    for one in found:
        if one.person_id is None:
            # No event: `said_by` is never published.
            await store.put_endorsement(tx, replace(one, said_by=None))
    return len(found)


def _event(before: Endorsement | None, endorsement: Endorsement) -> EndorsementState:
    was = before.state if before else moves.START
    kind = event_of_move(EndorsementState, was, endorsement.state)
    return kind(
        endorsement_id=endorsement.id,
        gathering_id=endorsement.gathering_id,
        pitch_id=endorsement.pitch_id,
        person_id=endorsement.person_id,
        organisation_id=endorsement.organisation_id,
        stance=endorsement.stance,
        state=endorsement.state,
        reason=endorsement.reason,
        endorsed_at=endorsement.endorsed_at,
    )


async def _supporter(tx: Transaction, asked: Support) -> Organisation | None:
    if asked.person_id:
        await persons.hold(tx, asked.person_id)
        return None
    organisation = await organisations.hold(tx, asked.organisation_id or "")
    if asked.said_by:
        await persons.hold(tx, asked.said_by)
        await representation.require_member(tx, asked.said_by, organisation)
    return organisation


async def _require_contact(tx: Transaction, found: Endorsement, by: str | None) -> None:
    if by and not await representation.is_contact(tx, by, found.organisation_id):
        raise NotYourSupport("Only a contact person of this organisation can say this.")


async def put(tx: Transaction, before: Endorsement | None, after: Endorsement) -> Endorsement:
    await store.put_endorsement(tx, after)
    tx.publish(_event(before, after), after.version)
    return after

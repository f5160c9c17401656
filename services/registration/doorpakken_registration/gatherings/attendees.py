"""Attendees, each a person at one gathering, and their events."""

from collections.abc import Sequence
from dataclasses import replace

from doorpakken_events.catalogue import event_of_move
from doorpakken_events.moves import START
from doorpakken_events.registration import AttendeeState
from doorpakken_plumbing.http.errors import NotFound
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.gatherings.model.attendee import Attendee
from doorpakken_registration.gatherings.store import attendees as store
from doorpakken_registration.gatherings.store import gatherings as gatherings_store

NO_SUCH = "There is no participant with this id."


def lane_of(gathering_id: str) -> str:
    """The lane that decides everything that takes or frees a place of the gathering."""
    return f"attendees:{gathering_id}"


async def get(documents: Documents, attendee_id: str) -> Attendee:
    found = await store.find_attendee(documents, attendee_id)
    if found is None:
        raise NotFound(NO_SUCH)
    return found


async def forget(tx: Transaction, person_id: str, attendee_ids: Sequence[str]) -> int:
    found = await store.list_attendees(tx, attendee_ids)
    await gatherings_store.free_places(tx, [one.gathering_id for one in found if one.has_place])
    await store.delete_attendees(tx, found)
    for one in found:
        tx.publish_tombstones(AttendeeState, one.id, one.version)
    return len(found)


async def give(tx: Transaction, gone: str, stays: str) -> None:
    found = await store.list_attendances(tx, gone)
    await _put(tx, found, [replace(one, person_id=stays) for one in found])


async def give_members(tx: Transaction, gone: str, stays: str) -> None:
    """Who takes part for organisation `gone` takes part for `stays`."""
    found = await store.list_members(tx, gone)
    await _put(tx, found, [replace(one, organisation_id=stays) for one in found])


async def _put(tx: Transaction, found: Sequence[Attendee], changed: Sequence[Attendee]) -> None:
    raised = [replace(one, version=one.version + 1) for one in changed]
    await store.put_attendees(tx, raised)
    for before, after in zip(found, raised, strict=True):
        tx.publish(event_of(before, after), after.version)


def summary(attendee: Attendee) -> dict[str, str | None]:
    return {
        "id": attendee.id,
        "person_id": attendee.person_id,
        "organisation_id": attendee.organisation_id,
        "state": attendee.state,
    }


def event_of(before: Attendee | None, after: Attendee) -> AttendeeState:
    """Raises ForbiddenMove."""
    kind = event_of_move(AttendeeState, before.state if before else START, after.state)
    return kind(
        attendee_id=after.id,
        gathering_id=after.gathering_id,
        person_id=after.person_id,
        kind=after.kind,
        organisation_id=after.organisation_id,
        language=after.language,
        availability=after.availability,
        interests=after.interests,
        offers=after.offers,
        state=after.state,
        registered_at=after.registered_at,
        checked_in_at=after.checked_in_at,
        cancelled_at=after.cancelled_at,
        hold_until=after.hold_until,
    )

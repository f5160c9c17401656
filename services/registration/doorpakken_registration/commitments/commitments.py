"""Commitments: read, held for a change and published. `by` is the visitor who acts, None for staff;
an unknown id raises NotFound."""

from datetime import date, timedelta

from doorpakken_events.catalogue import event_of_move
from doorpakken_events.moves import START
from doorpakken_events.registration import CommitmentState
from doorpakken_plumbing.http.errors import NotFound
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.time import clock
from doorpakken_plumbing.time.timers import cancel_timer, set_timer

from doorpakken_registration.commitments.commitment_event import event_of
from doorpakken_registration.commitments.model import due
from doorpakken_registration.commitments.model.commitment import Commitment
from doorpakken_registration.commitments.model.moves import Move, allows
from doorpakken_registration.commitments.refusals import (
    DayOutOfReach,
    NotInThisState,
    NotYourCommitment,
)
from doorpakken_registration.commitments.store import commitments as store
from doorpakken_registration.people import persons
from doorpakken_registration.pitches import representation

TIMER = "commitment"
DAYS_MAX = 2 * 365


async def get(documents: Documents, commitment_id: str) -> Commitment:
    found = await store.find_commitment(documents, commitment_id)
    if found is None:
        raise NotFound("There is no promise with this id.")
    return found


async def held_by_owner(
    tx: Transaction, commitment_id: str, by: str | None, move: Move
) -> Commitment:
    """For the owner, a contact of their organisation, and staff. Raises NotYourCommitment or
    NotInThisState."""
    found = await get(tx, commitment_id)
    is_theirs = by is None or by == found.person_id
    if not is_theirs and not await representation.is_contact(tx, by or "", found.organisation_id):
        raise NotYourCommitment("Somebody else promised this.")
    require(found, move)
    if found.person_id:
        await persons.hold(tx, found.person_id)
    return found


def require(found: Commitment, move: Move) -> None:
    """Raises NotInThisState."""
    if not allows(found, move):
        raise NotInThisState("The state of this promise does not allow it.", state=found.state)


def require_day(day: date, *, days_max: int = DAYS_MAX, field: str = "due") -> None:
    """Raises DayOutOfReach unless it is after today in Amsterdam and within `days_max`."""
    today = due.today(clock.now())
    if not today < day <= today + timedelta(days=days_max):
        message = f"Choose a day after today, and within {days_max} days."
        raise DayOutOfReach(message, errors=[{"field": field, "message": message}])


async def put(
    tx: Transaction, before: Commitment | None, after: Commitment, topic: str
) -> Commitment:
    """Stores it, says it on `topic` and sets its timer; nothing if it is unchanged."""
    if after is before:
        return after
    await store.put_commitment(tx, after)
    kind = event_of_move(CommitmentState, before.state if before else START, after.state, topic)
    tx.publish(event_of(kind, after), after.version)
    await set_moment(tx, after)
    return after


async def set_moment(tx: Transaction, commitment: Commitment) -> None:
    """Its one timer, at the next moment of its state."""
    key = f"{TIMER}/{commitment.id}"
    now = clock.now()
    is_late = due.untold(commitment, now) is not None
    next_at = now if is_late else due.next_at(commitment, now)
    if next_at is None:
        await cancel_timer(tx, key)
    else:
        await set_timer(tx, key, TIMER, next_at, {"commitment_id": commitment.id})

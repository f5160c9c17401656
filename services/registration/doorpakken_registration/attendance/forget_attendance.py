"""Deletes an attendee and everything that refers to them; the person stays."""

from collections.abc import Sequence

from doorpakken_events.event import Event
from doorpakken_events.registration import (
    AttendeeState,
    InvitationAnswered,
    SignUpState,
    WishesStated,
)
from doorpakken_plumbing.messaging.transaction import Transaction

from doorpakken_registration.common.store import taking

# Collections with data of an attendee that we do not publish, by the field with their id.
UNSAID_OF_ATTENDEE = {
    "recommendations": "_id",
    "invitations": "attendee_id",
    "cards": "attendee_id",
    "particulars": "_id",
    "consents": "_id",
}


async def forget_attendance(tx: Transaction, attendee_id: str) -> None:
    ids = [attendee_id]
    await forget_stated(tx, "sign_ups", "attendee_id", ids, SignUpState)
    await forget_stated(tx, "answers", "attendee_id", ids, InvitationAnswered)
    await forget_stated(tx, "wishes", "_id", ids, WishesStated)
    for collection, field in UNSAID_OF_ATTENDEE.items():
        await taking.take(tx, collection, field, ids)
    await forget_stated(tx, "attendees", "_id", ids, AttendeeState)


async def forget_stated(
    tx: Transaction, collection: str, field: str, ids: Sequence[str], state: type[Event]
) -> int:
    """Deletes the documents of these ids and publishes tombstones on all topics of the aggregate.
    Returns how many there were."""
    taken = await taking.take(tx, collection, field, ids)
    for key, version in taken.items():
        tx.publish_tombstones(state, key, version)
    return len(taken)

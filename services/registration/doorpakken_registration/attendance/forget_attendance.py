"""What hangs on one attendee is forgotten, while the person stays."""

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

# Kept of an attendee and said to nobody by us.
UNSAID_OF_ATTENDEE = {
    "recommendations": "_id",
    "invitations": "attendee_id",
    "cards": "attendee_id",
    "particulars": "_id",
    "consents": "_id",
}


async def forget_attendance(tx: Transaction, attendee_id: str) -> None:
    """One attendee with what hangs on them; the person stays, with all other gatherings."""
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
    """What these ids own in a collection of this state goes, and is said to be gone on all topics
    of it. How many there were."""
    taken = await taking.take(tx, collection, field, ids)
    for key, version in taken.items():
        tx.publish_tombstones(state, key, version)
    return len(taken)

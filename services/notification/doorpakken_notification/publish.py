"""Publishes the delivery state of a mail, on the topic of that state. Never contains an address:
consumers know the person by id."""

from doorpakken_events.notification import (
    MailBounced,
    MailSent,
    MailState,
    MailSuppressed,
    MailWaiting,
)
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Document
from doorpakken_plumbing.observing.tracing import Origin
from doorpakken_plumbing.time import clock

from doorpakken_notification.model.mail import State

# All other states are published as MailWaiting.
TOPICS: dict[State, type[MailState]] = {
    State.SENT: MailSent,
    State.BOUNCED: MailBounced,
    State.SUPPRESSED: MailSuppressed,
}


def publish_sent(tx: Transaction, row: Document, origin: Origin) -> Document:
    """Returns the fields to change in the row."""
    version = int(row["version"]) + 1
    said = _state_of(row, State.SENT, None, row["person_id"])
    tx.publish(said, version, origin=origin)
    return {"state": str(State.SENT), "version": version, "sent_at": said.at, "reason": None}


def publish_waiting(
    tx: Transaction, row: Document, state: State, *, reason: str | None, person_id: str
) -> int:
    """Returns the row's new version."""
    version = int(row["version"]) + 1
    tx.publish(_state_of(row, state, reason, person_id), version)
    return version


def _state_of(row: Document, state: State, reason: str | None, person_id: str) -> MailState:
    return TOPICS.get(state, MailWaiting)(
        mail_id=row["mail_id"],
        person_id=person_id,
        gathering_id=row["gathering_id"],
        attendee_id=row["attendee_id"],
        wave_id=row["wave_id"],
        kind=row["kind"],
        channel="paper" if state is State.ON_PAPER else "mail",
        state=str(state),
        attempt=row["attempt"],
        reason=reason,
        at=clock.now(),
    )

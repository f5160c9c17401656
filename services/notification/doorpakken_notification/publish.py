"""Publishes the delivery state of a mail, on the topic of that state. Never contains an address:
consumers know the person by id."""

from dataclasses import replace

from doorpakken_events.notification import (
    MailBounced,
    MailSent,
    MailState,
    MailSuppressed,
    MailWaiting,
)
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.observing.tracing import Origin
from doorpakken_plumbing.time import clock

from doorpakken_notification.model.mail import Mail
from doorpakken_notification.model.mail_states import State

# All other states are published as MailWaiting.
TOPICS: dict[State, type[MailState]] = {
    State.SENT: MailSent,
    State.BOUNCED: MailBounced,
    State.SUPPRESSED: MailSuppressed,
}


def publish(tx: Transaction, mail: Mail, person_id: str, *, origin: Origin | None = None) -> Mail:
    version = mail.version + 1
    event = TOPICS.get(mail.state, MailWaiting)(
        mail_id=mail.mail_id,
        person_id=person_id,
        gathering_id=mail.gathering_id,
        attendee_id=mail.attendee_id,
        wave_id=mail.wave_id,
        kind=mail.kind,
        channel="paper" if mail.state is State.ON_PAPER else "mail",
        state=str(mail.state),
        attempt=mail.attempt,
        reason=mail.reason,
        at=clock.now(),
    )
    tx.publish(event, version, origin=origin)
    return replace(mail, version=version)

"""Mails that are set apart because they cannot be sent automatically: staff see why, and send again
or drop them. Raises NotFound for staff who may not see the mail's gathering."""

from dataclasses import dataclass, replace
from datetime import datetime

from doorpakken_events.registration import AttendeeState
from doorpakken_plumbing.http.errors import NotFound
from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.identity.staff import EVERYWHERE, Staff
from doorpakken_plumbing.messaging import newest
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_notification.model.mail import Mail
from doorpakken_notification.model.mail_states import Reason, State
from doorpakken_notification.publish import publish
from doorpakken_notification.store import set_apart as store

ORGANISER, READER = "organiser", "reader"
MOST_SHOWN = 200


@dataclass(frozen=True)
class SetApart:
    """A mail that waits for staff; `reason` is why, as in the event that told it."""

    mail_id: str
    reference: str
    kind: str
    state: str
    reason: str
    gathering_id: str | None
    person_id: str | None
    owed_at: datetime


async def list_for(documents: Documents, staff: Staff) -> list[SetApart]:
    theirs = None if staff.may(READER, EVERYWHERE) else staff.roles
    found = await store.list_set_apart(documents, theirs, MOST_SHOWN)
    return [_shown(mail) for mail in found]


async def list_at(documents: Documents, gathering_id: str) -> list[SetApart]:
    found = await store.list_set_apart(documents, [gathering_id], MOST_SHOWN)
    return [_shown(mail) for mail in found]


async def try_again(tx: Transaction, mail_id: str, staff: Staff) -> None:
    """Rendered anew unless it may have arrived: the cause may have been corrected."""
    mail = await _actable(tx, mail_id, staff)
    await store.queue_again(tx, mail)
    await note_act(tx, staff, "mail_tried_again", mail)


async def drop(tx: Transaction, mail_id: str, staff: Staff) -> None:
    """Also publishes the stop, for consumers that know the mail as waiting."""
    mail = await _actable(tx, mail_id, staff)
    dropped = replace(mail, state=State.STOPPED, reason=Reason.DROPPED)
    if mail.person_id:
        dropped = publish(tx, dropped, mail.person_id)
    await store.drop(tx, mail, dropped.version)
    await note_act(tx, staff, "mail_dropped", mail)


async def _actable(tx: Transaction, mail_id: str, staff: Staff) -> Mail:
    mail = await store.find_set_apart(tx, mail_id)
    if mail is None or not staff.may(READER, mail.gathering_id or EVERYWHERE):
        raise NotFound("This mail does not wait for anybody. Look at the outbox again.")
    staff.require(ORGANISER, mail.gathering_id or EVERYWHERE)
    return mail


async def note_act(tx: Transaction, staff: Staff, did: str, mail: Mail) -> None:
    person_id = mail.person_id
    if mail.attendee_id and not person_id:
        attendee = await newest.find(tx, AttendeeState, mail.attendee_id)
        person_id = attendee.person_id if attendee else None
    about = {"gathering_id": mail.gathering_id, "person_id": person_id}
    await acts.note(tx, staff.staff_id, did, mail.mail_id, **about)


def _shown(mail: Mail) -> SetApart:
    return SetApart(
        mail_id=mail.mail_id,
        reference=mail.reference,
        kind=mail.kind,
        state=str(mail.state),
        reason=mail.reason or "",
        gathering_id=mail.gathering_id,
        person_id=mail.person_id,
        owed_at=mail.owed_at,
    )

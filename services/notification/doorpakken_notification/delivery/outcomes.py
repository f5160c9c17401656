"""What became of a row, written with its event in one transaction.
Refuses to undo `sent`, and to say anything twice."""

from datetime import timedelta

from doorpakken_events.notification import InvitationSent
from doorpakken_plumbing import clock
from doorpakken_plumbing.transaction import Transaction

from doorpakken_notification.model.rows import FACTUAL, Reason, State
from doorpakken_notification.owed import MAILS
from doorpakken_notification.settling import publish_waiting
from doorpakken_notification.store import mail_bytes, rows, suppressions


async def mark_sent(tx: Transaction, key: str, *, keep_days: int) -> None:
    """The mail server took it."""
    row = await rows.find_row(tx, key)
    if row is None or row["state"] == State.SENT:
        return
    version = int(row["version"]) + 1
    sent = InvitationSent(
        invitation_id=row["invitation_id"],
        person_id=row["person_id"],
        gathering_id=row["gathering_id"],
        attendee_id=row["attendee_id"],
        wave_id=row["wave_id"],
        kind=row["kind"],
        channel="mail",
        state=str(State.SENT),
        attempt=row["attempt"],
        at=clock.now(),
    )
    tx.publish(sent, version)
    fields = {"state": str(State.SENT), "version": version, "sent_at": sent.at, "reason": None}
    await rows.finish(tx, key, fields)
    await mail_bytes.expire(tx, key, clock.real_now() + timedelta(days=keep_days))


async def mark_ended(
    tx: Transaction, key: str, state: State, reason: Reason, person_id: str | None
) -> None:
    """It will not go by itself: on paper, stopped, bounced, suppressed or ambiguous."""
    row = await rows.find_row(tx, key)
    if row is None or row["state"] not in (State.LEASED, State.INTENT):
        return
    person_id = person_id or row["person_id"]
    fields = {"state": str(state), "reason": str(reason), "person_id": person_id}
    is_told = reason not in FACTUAL or MAILS[row["kind"]].tells_stop
    if person_id and is_told:
        told = row | fields
        fields["version"] = publish_waiting(tx, told, state, reason=reason, person_id=person_id)
    await rows.finish(tx, key, fields)


async def mark_bounced(tx: Transaction, key: str, address: str) -> None:
    """The address does not exist; no mail goes there again."""
    await suppressions.suppress_address(tx, address)
    await mark_ended(tx, key, State.BOUNCED, Reason.BOUNCED, None)

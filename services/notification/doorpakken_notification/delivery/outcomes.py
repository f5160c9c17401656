"""What became of a row, written with its event in one transaction.
Refuses to undo `sent`, and to say anything twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from doorpakken_events.notification import InvitationSent
from doorpakken_plumbing import clock
from doorpakken_plumbing.lanes import Command
from doorpakken_plumbing.mongo import Document
from doorpakken_plumbing.tracing import Origin
from doorpakken_plumbing.transaction import Transaction

from doorpakken_notification.model.rows import FACTUAL, Reason, State
from doorpakken_notification.owed import MAILS
from doorpakken_notification.settling import publish_waiting
from doorpakken_notification.store import rows, suppressions


@dataclass(frozen=True)
class Taken:
    """A mail the server took, and until when its bytes are kept."""

    key: str
    content_until: datetime


async def mark_sent(tx: Transaction, commands: Sequence[Command[Taken]]) -> Sequence[None]:
    """The mail server took them; many in one transaction, since each row is its own."""
    until = {command.payload.key: command.payload.content_until for command in commands}
    origins = {command.payload.key: command.origin for command in commands}
    changed = {
        row["_id"]: _sent(tx, row, origins[row["_id"]]) | {"content_until": until[row["_id"]]}
        for row in await rows.list_unsent(tx, list(until))
    }
    await rows.finish_all(tx, changed)
    return [None] * len(commands)


def _sent(tx: Transaction, row: Document, origin: Origin) -> Document:
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
    tx.publish(sent, version, origin=origin)
    return {"state": str(State.SENT), "version": version, "sent_at": sent.at, "reason": None}


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

"""Writes the outcome of a row with its event, in one transaction. Never undoes `sent` and publishes
nothing twice."""

from collections.abc import Mapping, Sequence
from typing import Any

from doorpakken_plumbing.messaging.lanes import Command
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Document

from doorpakken_notification.model.calendar_notices import CALENDAR_KINDS, PERHAPS_ARRIVED
from doorpakken_notification.model.mail import FACTUAL, FOR_STAFF, Reason, State
from doorpakken_notification.model.mail_kinds import MAIL_KINDS
from doorpakken_notification.publish import publish_sent, publish_waiting
from doorpakken_notification.reconcile import reconcile_attendee
from doorpakken_notification.store import mails, suppressions

# Reasons that are not published: they follow from the facts, or another mail covers them.
UNTOLD = FACTUAL | {Reason.GATHERED}


async def mark_sent(tx: Transaction, commands: Sequence[Command[str]]) -> Sequence[None]:
    """Many rows in one transaction, since no two commands change the same row."""
    unsent = await _mark(tx, commands)
    await _reconcile_told(tx, unsent)
    return [None] * len(commands)


async def mark_sent_alone(tx: Transaction, command: Command[str]) -> None:
    """Writes only the outcome, for a mail whose reconciliation failed."""
    await _mark(tx, [command])


async def _mark(tx: Transaction, commands: Sequence[Command[str]]) -> list[Document]:
    origins = {command.payload: command.origin for command in commands}
    unsent = await mails.list_unsent(tx, list(origins))
    changed = {row["_id"]: publish_sent(tx, row, origins[row["_id"]]) for row in unsent}
    await mails.finish_all(tx, changed)
    return unsent


async def mark_ended(
    tx: Transaction,
    key: str,
    state: State,
    reason: Reason,
    person_id: str | None,
    told: Mapping[str, Any] | None = None,
    gathered_in: str | None = None,
) -> None:
    """For a mail that is not sent automatically: on paper, stopped, bounced, suppressed or
    ambiguous. Does nothing unless the row is leased or has an intent."""
    row = await mails.find_mail(tx, key)
    if row is None or row["state"] not in (State.LEASED, State.INTENT):
        return
    person_id = person_id or row["person_id"]
    fields: Document = {"state": str(state), "reason": str(reason), "person_id": person_id}
    if reason in FOR_STAFF:
        fields |= {"needs_staff": True}
    if told:
        fields["told"] = dict(told)
    if gathered_in:
        fields["gathered_in"] = gathered_in
    is_told = reason not in UNTOLD or MAIL_KINDS[row["kind"]].tells_stop
    if person_id and is_told:
        said = row | fields
        fields["version"] = publish_waiting(tx, said, state, reason=reason, person_id=person_id)
    await mails.finish(tx, key, fields)
    if state in PERHAPS_ARRIVED:
        await _reconcile_told(tx, [row])


async def mark_bounced(tx: Transaction, key: str, address: str) -> None:
    """Also suppresses the address. Keeps nothing of somebody who was erased meanwhile: their row is
    gone."""
    row = await mails.find_mail(tx, key)
    if row and row["person_id"]:
        await suppressions.suppress_address(tx, address, row["person_id"])
    await mark_ended(tx, key, State.BOUNCED, Reason.BOUNCED, None)


async def mark_failed(tx: Transaction, key: str) -> None:
    """For an unexpected error; after the intent, the mail may even have arrived."""
    row = await mails.find_mail(tx, key)
    if row and row["state"] == State.INTENT:
        await mark_ended(tx, key, State.AMBIGUOUS, Reason.UNKNOWN_OUTCOME, None)
    elif row:
        await mark_ended(tx, key, State.STOPPED, Reason.OUR_FAULT, None)


async def _reconcile_told(tx: Transaction, gone: Sequence[Document]) -> None:
    """A session may have changed while its mail was being sent: then more is owed now."""
    attendees = {row["attendee_id"] for row in gone if row["kind"] in CALENDAR_KINDS}
    for attendee_id in sorted(attendees):
        await reconcile_attendee(tx, attendee_id)

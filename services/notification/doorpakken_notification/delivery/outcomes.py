"""Writes the outcome of a mail with its event, in one transaction. Never undoes `sent` and
publishes nothing twice."""

from collections.abc import Sequence
from dataclasses import replace

from doorpakken_plumbing.messaging.lanes import Command
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.time import clock

from doorpakken_notification.model.calendar_notices import (
    CALENDAR_KINDS,
    PERHAPS_ARRIVED,
    CalendarEntry,
)
from doorpakken_notification.model.mail import Mail
from doorpakken_notification.model.mail_kinds import MAIL_KINDS
from doorpakken_notification.model.mail_states import (
    FACTUAL,
    FOR_STAFF,
    MOVES,
    Cause,
    Reason,
    State,
)
from doorpakken_notification.publish import publish
from doorpakken_notification.reconcile import reconcile_attendees
from doorpakken_notification.store import mails, sending, suppressions

# Reasons that are not published: they follow from the facts, or another mail covers them.
UNTOLD = FACTUAL | {Reason.GATHERED}


async def mark_sent(tx: Transaction, commands: Sequence[Command[str]]) -> Sequence[None]:
    """Many mails in one transaction, since no two commands change the same mail."""
    unsent = await _mark(tx, commands)
    await _reconcile_told(tx, unsent)
    return [None] * len(commands)


async def mark_sent_alone(tx: Transaction, command: Command[str]) -> None:
    await _mark(tx, [command])


async def _mark(tx: Transaction, commands: Sequence[Command[str]]) -> list[Mail]:
    origins = {command.payload: command.origin for command in commands}
    unsent = await sending.list_unsent(tx, list(origins))
    sent = [
        publish(tx, _sent(mail), mail.person_id or "", origin=origins[mail.key]) for mail in unsent
    ]
    await sending.finish(tx, zip(unsent, sent, strict=True), Cause.SERVER)
    return unsent


def _sent(mail: Mail) -> Mail:
    return replace(mail, state=State.SENT, reason=None, needs_staff=False, sent_at=clock.now())


async def mark_ended(
    tx: Transaction,
    key: str,
    state: State,
    reason: Reason,
    person_id: str | None,
    told: CalendarEntry | None = None,
    gathered_in: str | None = None,
) -> None:
    """For a mail that is not sent automatically: on paper, stopped, bounced, suppressed or
    ambiguous. Does nothing unless the mail is leased or has an intent."""
    mail = await mails.find_mail(tx, key)
    if mail is None or not MOVES.allows(Cause.SENDER, mail.state, state):
        return
    person_id = person_id or mail.person_id
    ended = replace(
        mail,
        state=state,
        reason=reason,
        person_id=person_id,
        needs_staff=mail.needs_staff or reason in FOR_STAFF,
        told=told or mail.told,
        gathered_in=gathered_in or mail.gathered_in,
    )
    is_published = reason not in UNTOLD or MAIL_KINDS[mail.kind].tells_stop
    if person_id and is_published:
        ended = publish(tx, ended, person_id)
    await sending.finish(tx, [(mail, ended)], Cause.SENDER)
    if state in PERHAPS_ARRIVED:
        await _reconcile_told(tx, [mail])


async def mark_bounced(tx: Transaction, key: str, address: str) -> None:
    """Also suppresses the address. Keeps nothing of somebody who was erased meanwhile: their mail
    is gone."""
    mail = await mails.find_mail(tx, key)
    if mail and mail.person_id:
        await suppressions.suppress_address(tx, address, mail.person_id)
    await mark_ended(tx, key, State.BOUNCED, Reason.BOUNCED, None)


async def mark_failed(tx: Transaction, key: str) -> None:
    """For an unexpected error; after the intent, the mail may even have arrived."""
    mail = await mails.find_mail(tx, key)
    if mail and mail.state is State.INTENT:
        await mark_ended(tx, key, State.AMBIGUOUS, Reason.UNKNOWN_OUTCOME, None)
    elif mail:
        await mark_ended(tx, key, State.STOPPED, Reason.OUR_FAULT, None)


async def _reconcile_told(tx: Transaction, gone: Sequence[Mail]) -> None:
    """A session may have changed while its mail was being sent: then more is owed now."""
    attendees = {mail.attendee_id for mail in gone if mail.kind in CALENDAR_KINDS}
    for attendee_id in sorted(filter(None, attendees)):
        await reconcile_attendees(tx, [attendee_id])

"""Brings the ledger up to date with the facts: loads them, derives rows, writes the difference.
Refuses to send; it runs in the transaction of whatever event changed a fact."""

from doorpakken_events.matching import SessionsRecommended
from doorpakken_events.notification import InvitationWaiting
from doorpakken_events.registration import AttendeeState, LinkRequested, SignUpState
from doorpakken_plumbing import clock, erasure
from doorpakken_plumbing.mongo import Document, Documents
from doorpakken_plumbing.transaction import Transaction

from doorpakken_notification.model.facts import Facts
from doorpakken_notification.model.rows import OwedRow, State, follows_facts, next_state
from doorpakken_notification.owed import MAILS, rows_for
from doorpakken_notification.store import facts as known
from doorpakken_notification.store import rows, waves

# What others hear of a row that waits for a person; all else is a stop with its reason.
TOLD_AS_THEY_ARE = frozenset({State.ON_PAPER, State.STOPPED, State.AMBIGUOUS})


async def settle_attendee(tx: Transaction, attendee_id: str) -> None:
    """Settles everything owed to one attendee."""
    await _settle(tx, await _facts_of(tx, attendee_id))


async def settle_person(tx: Transaction, person_id: str) -> None:
    """Settles everything owed to a person, at whatever gathering."""
    for attendee in await known.list_where(tx, AttendeeState, "person_id", person_id):
        await settle_attendee(tx, attendee.attendee_id)
    for request in await known.list_where(tx, LinkRequested, "person_id", person_id):
        await settle_link(tx, request)


async def settle_link(tx: Transaction, request: LinkRequested) -> None:
    """Settles the mail for one request of a link."""
    is_erased = await erasure.is_erased(tx, request.person_id)
    await _settle(tx, Facts(link_request=request, is_erased=is_erased))


def publish_waiting(
    tx: Transaction, row: Document, state: State, *, reason: str | None, person_id: str
) -> int:
    """Tells that a row waits for a person; the row's new version."""
    version = int(row["version"]) + 1
    told = InvitationWaiting(
        invitation_id=row["invitation_id"],
        person_id=person_id,
        gathering_id=row["gathering_id"],
        attendee_id=row["attendee_id"],
        wave_id=row["wave_id"],
        kind=row["kind"],
        channel="paper" if state is State.ON_PAPER else "mail",
        state=str(state if state in TOLD_AS_THEY_ARE else State.STOPPED),
        attempt=row["attempt"],
        reason=reason,
        at=clock.now(),
    )
    tx.publish(told, version)
    return version


async def _facts_of(documents: Documents, attendee_id: str) -> Facts:
    attendee = await known.find(documents, AttendeeState, attendee_id)
    recommended = await known.find(documents, SessionsRecommended, attendee_id)
    return Facts(
        attendee=attendee,
        recommendation=recommended,
        is_released=recommended is not None
        and await waves.is_released(documents, recommended.run_id),
        is_erased=attendee is not None and await erasure.is_erased(documents, attendee.person_id),
        sign_ups=tuple(await known.list_where(documents, SignUpState, "attendee_id", attendee_id)),
    )


async def _settle(tx: Transaction, facts: Facts) -> None:
    for wanted in rows_for(facts):
        person_id = wanted.person_id or (facts.attendee.person_id if facts.attendee else None)
        row = await rows.find_row(tx, wanted.key)
        if row is None:
            priority = rows.URGENT if MAILS[wanted.kind].is_transactional else rows.PATIENT
            row = await rows.add_row(tx, wanted, priority=priority, now=clock.real_now())
            await _tell_stop(tx, row, person_id)
        else:
            await _move(tx, row, wanted, person_id)


async def _move(tx: Transaction, row: Document, wanted: OwedRow, person_id: str | None) -> None:
    before = State(row["state"])
    after = next_state(before, row["reason"], wanted)
    fields: Document = {}
    if before is State.DRAFT:
        fields["wave_id"] = wanted.wave_id
    if after is not before or follows_facts(before, row["reason"]):
        fields |= {"state": str(after), "reason": wanted.reason}
    if fields:
        await rows.set_fields(tx, wanted.key, fields)
    if after is not before:
        await _tell_stop(tx, row | fields, person_id)


async def _tell_stop(tx: Transaction, row: Document, person_id: str | None) -> None:
    """Others learn of a stop where the table of mails says so."""
    if row["state"] != State.STOPPED or not MAILS[row["kind"]].tells_stop or not person_id:
        return
    version = publish_waiting(tx, row, State.STOPPED, reason=row["reason"], person_id=person_id)
    await rows.set_fields(tx, row["_id"], {"version": version})

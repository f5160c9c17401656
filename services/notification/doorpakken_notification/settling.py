"""Brings the ledger up to date with the facts: loads them, derives rows, writes the difference.
Refuses to send; it runs in the transaction of whatever event changed a fact."""

from collections.abc import Iterable

from doorpakken_events.matching import HostAsked, SessionsRecommended, SessionState
from doorpakken_events.registration import (
    AttendeeState,
    LinkRequested,
    MailRequested,
    SignUpState,
)
from doorpakken_plumbing import clock, erasure
from doorpakken_plumbing.mongo import Document, Documents
from doorpakken_plumbing.transaction import Transaction

from doorpakken_notification import told
from doorpakken_notification.model.facts import Facts
from doorpakken_notification.model.mails import MAILS
from doorpakken_notification.model.rows import (
    OPEN,
    OwedRow,
    Reason,
    State,
    follows_facts,
    next_state,
)
from doorpakken_notification.owed import rows_for
from doorpakken_notification.saying import publish_waiting
from doorpakken_notification.store import facts as known
from doorpakken_notification.store import rows, waves


async def settle_attendee(tx: Transaction, attendee_id: str) -> None:
    """Settles everything owed to one attendee."""
    found = await rows.list_of_attendee(tx, attendee_id)
    await _settle(tx, await _facts_of(tx, attendee_id, found), found)


async def settle_session(tx: Transaction, session_id: str) -> None:
    """Settles what is owed to whoever signed up for a session."""
    sign_ups = await known.list_where(tx, SignUpState, "session_id", session_id)
    for attendee_id in sorted({sign_up.attendee_id for sign_up in sign_ups}):
        await settle_attendee(tx, attendee_id)


async def settle_person(tx: Transaction, person_id: str) -> None:
    """Settles everything owed to a person, at whatever gathering."""
    for attendee in await known.list_where(tx, AttendeeState, "person_id", person_id):
        await settle_attendee(tx, attendee.attendee_id)
    for request in await known.list_where(tx, LinkRequested, "person_id", person_id):
        await settle_link(tx, request)
    for asked in await known.list_where(tx, MailRequested, "person_id", person_id):
        await settle_request(tx, asked)
    for hosting in await known.list_where(tx, HostAsked, "person_id", person_id):
        await settle_hosting(tx, hosting)


async def settle_link(tx: Transaction, request: LinkRequested) -> None:
    """Settles the mail for one request of a link."""
    is_erased = await erasure.is_erased(tx, request.person_id)
    await _settle_object(
        tx, request.link_request_id, Facts(link_request=request, is_erased=is_erased)
    )


async def settle_request(tx: Transaction, request: MailRequested) -> None:
    """Settles the mail that was asked for."""
    is_erased = await erasure.is_erased(tx, request.person_id)
    await _settle_object(
        tx, request.mail_request_id, Facts(mail_request=request, is_erased=is_erased)
    )


async def settle_gone(tx: Transaction, object_id: str) -> None:
    """Settles what was owed for a request that is not there any more: what did not go stays here,
    and the key of what did go stays, so that it never goes again."""
    await _settle_object(tx, object_id, Facts())


async def settle_hosting(tx: Transaction, hosting: HostAsked) -> None:
    """Settles the mail to whoever is asked to lead a session."""
    is_erased = await erasure.is_erased(tx, hosting.person_id)
    await _settle_object(tx, hosting.hosting_id, Facts(hosting=hosting, is_erased=is_erased))


async def _settle_object(tx: Transaction, object_id: str, facts: Facts) -> None:
    await _settle(tx, facts, await rows.list_of_object(tx, object_id))


async def _facts_of(documents: Documents, attendee_id: str, found: Iterable[Document]) -> Facts:
    attendee = await known.find(documents, AttendeeState, attendee_id)
    recommended = await known.find(documents, SessionsRecommended, attendee_id)
    sign_ups = await known.list_where(documents, SignUpState, "attendee_id", attendee_id)
    session_ids = sorted({sign_up.session_id for sign_up in sign_ups})
    return Facts(
        attendee=attendee,
        recommendation=recommended,
        is_released=recommended is not None
        and await waves.is_released(documents, recommended.run_id),
        is_erased=attendee is not None and await erasure.is_erased(documents, attendee.person_id),
        sign_ups=tuple(sign_ups),
        sessions=await known.list_with_versions(documents, SessionState, session_ids),
        told=told.read(found),
    )


async def _settle(tx: Transaction, facts: Facts, found: Iterable[Document]) -> None:
    before = {row["_id"]: row for row in found}
    wanted_rows = rows_for(facts)
    for wanted in wanted_rows:
        person_id = wanted.person_id or (facts.attendee.person_id if facts.attendee else None)
        row = before.get(wanted.key)
        if row is None:
            priority = rows.URGENT if MAILS[wanted.kind].is_transactional else rows.PATIENT
            row = await rows.add_row(tx, wanted, priority=priority, now=clock.real_now())
            await _tell_stop(tx, row, person_id)
        else:
            await _move(tx, row, wanted, person_id)
    for key in before.keys() - {wanted.key for wanted in wanted_rows}:
        await _drop(tx, before[key])


async def _move(tx: Transaction, row: Document, wanted: OwedRow, person_id: str | None) -> None:
    before = State(row["state"])
    after = next_state(before, row["reason"], wanted)
    fields: Document = {}
    if before is State.DRAFT:
        fields["wave_id"] = wanted.wave_id
    if row.get("session_version") != wanted.session_version:
        # Also makes this transaction meet a sender that has the row in hand.
        fields["session_version"] = wanted.session_version
    if after is not before or follows_facts(before, row["reason"]):
        fields |= {"state": str(after), "reason": wanted.reason}
    if fields:
        await rows.set_fields(tx, wanted.key, fields)
    if after is not before:
        await _tell_stop(tx, row | fields, person_id)


async def _drop(tx: Transaction, row: Document) -> None:
    """Nothing calls for it any more. What nobody was told of leaves no trace, so that a row does
    not depend on whether the state that called for it was ever heard."""
    if told.has_told(row):
        return
    state = State(row["state"])
    if not row["version"] and not row["attempt"]:
        await rows.remove_row(tx, row["_id"])
    elif state in OPEN | {State.ON_PAPER} or row.get("needs_staff"):
        stopped: Document = {"state": str(State.STOPPED), "reason": str(Reason.NOT_OWED)}
        await rows.set_fields(tx, row["_id"], stopped | {"needs_staff": False})


async def _tell_stop(tx: Transaction, row: Document, person_id: str | None) -> None:
    """Others learn of a stop where the table of mails says so."""
    if row["state"] != State.STOPPED or not MAILS[row["kind"]].tells_stop or not person_id:
        return
    version = publish_waiting(tx, row, State.STOPPED, reason=row["reason"], person_id=person_id)
    await rows.set_fields(tx, row["_id"], {"version": version})

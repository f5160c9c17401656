"""Reconciles the ledger with the facts: loads them, derives rows, writes the difference. Does not
send; runs in the transaction of the event that changed a fact."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from doorpakken_events.matching import HostAsked, SessionsRecommended, SessionState
from doorpakken_events.registration import AttendeeState, LinkRequested, MailRequested, SignUpState
from doorpakken_plumbing.messaging import erasure
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Document, Documents
from doorpakken_plumbing.time import clock
from doorpakken_plumbing.time.timers import Timer, TimerHandlers, set_timer

from doorpakken_notification import calendar_notices
from doorpakken_notification.mail_rules import mails_for
from doorpakken_notification.model.facts import Facts
from doorpakken_notification.model.mail import (
    OPEN,
    OwedMail,
    Reason,
    State,
    follows_facts,
    next_state,
)
from doorpakken_notification.model.mail_kinds import MAIL_KINDS
from doorpakken_notification.publish import publish_waiting
from doorpakken_notification.store import facts as known
from doorpakken_notification.store import mails, waves
from doorpakken_notification.store.changes import Changes

RECONCILE = "reconcile-session"
PEOPLE_AT_ONCE = 250
# Always in the past, so that the timer is due at once on every clock.
PAST = datetime(1970, 1, 1, tzinfo=UTC)


async def reconcile_attendee(tx: Transaction, attendee_id: str) -> None:
    await reconcile_attendees(tx, [attendee_id])


async def reconcile_attendees(tx: Transaction, attendee_ids: Sequence[str]) -> None:
    if not attendee_ids:
        return
    found = await mails.list_of_attendees(tx, attendee_ids)
    facts = await _facts_of(tx, attendee_ids, found)
    changes = Changes()
    for attendee_id in attendee_ids:
        _reconcile(tx, changes, facts[attendee_id], found[attendee_id])
    await changes.save(tx)


async def reconcile_session(tx: Transaction, session_id: str, *, after: str = "") -> None:
    """Reconciles the first PEOPLE_AT_ONCE attendees by id, so that they fit one transaction; a
    timer continues with the others."""
    sign_ups = await known.list_where(tx, SignUpState, "session_id", session_id)
    left = sorted({one.attendee_id for one in sign_ups if one.attendee_id > after})
    await reconcile_attendees(tx, left[:PEOPLE_AT_ONCE])
    if len(left) > PEOPLE_AT_ONCE:
        data = {"session_id": session_id, "after": left[PEOPLE_AT_ONCE - 1]}
        await set_timer(tx, f"{RECONCILE}/{session_id}", RECONCILE, PAST, data)


async def go_on(tx: Transaction, timer: Timer) -> None:
    await reconcile_session(tx, timer.data["session_id"], after=timer.data["after"])


async def reconcile_person(tx: Transaction, person_id: str) -> None:
    attendees = await known.list_where(tx, AttendeeState, "person_id", person_id)
    await reconcile_attendees(tx, [attendee.attendee_id for attendee in attendees])
    for request in await known.list_where(tx, LinkRequested, "person_id", person_id):
        await reconcile_link(tx, request)
    for asked in await known.list_where(tx, MailRequested, "person_id", person_id):
        await reconcile_request(tx, asked)
    for hosting in await known.list_where(tx, HostAsked, "person_id", person_id):
        await reconcile_hosting(tx, hosting)


async def reconcile_link(tx: Transaction, request: LinkRequested) -> None:
    is_erased = await erasure.is_erased(tx, request.person_id)
    await _reconcile_object(
        tx, request.link_request_id, Facts(link_request=request, is_erased=is_erased)
    )


async def reconcile_request(tx: Transaction, request: MailRequested) -> None:
    is_erased = await erasure.is_erased(tx, request.person_id)
    await _reconcile_object(
        tx, request.mail_request_id, Facts(mail_request=request, is_erased=is_erased)
    )


async def reconcile_gone(tx: Transaction, object_id: str) -> None:
    """For a request that no longer exists: mails that were not sent are dropped. The key of a sent
    mail stays, so that it is never sent again."""
    await _reconcile_object(tx, object_id, Facts())


async def reconcile_hosting(tx: Transaction, hosting: HostAsked) -> None:
    is_erased = await erasure.is_erased(tx, hosting.person_id)
    await _reconcile_object(tx, hosting.hosting_id, Facts(hosting=hosting, is_erased=is_erased))


async def _reconcile_object(tx: Transaction, object_id: str, facts: Facts) -> None:
    changes = Changes()
    _reconcile(tx, changes, facts, await mails.list_of_object(tx, object_id))
    await changes.save(tx)


async def _facts_of(
    documents: Documents, attendee_ids: Sequence[str], found: Mapping[str, Sequence[Document]]
) -> dict[str, Facts]:
    attendees = await known.list_by_id(documents, AttendeeState, attendee_ids)
    recommended = await known.list_by_id(documents, SessionsRecommended, attendee_ids)
    sign_ups = await known.list_by_attendee(documents, SignUpState, attendee_ids)
    session_ids = sorted({one.session_id for theirs in sign_ups.values() for one in theirs})
    sessions = await known.list_with_versions(documents, SessionState, session_ids)
    runs = sorted({one.run_id for one in recommended.values()})
    released = await waves.list_released(documents, runs) if runs else frozenset()
    people = sorted({one.person_id for one in attendees.values()})
    erased = await erasure.find_erased(documents, people)

    def of(attendee_id: str) -> Facts:
        attendee, plan = attendees.get(attendee_id), recommended.get(attendee_id)
        return Facts(
            attendee=attendee,
            recommendation=plan,
            is_released=plan is not None and plan.run_id in released,
            is_erased=attendee is not None and attendee.person_id in erased,
            sign_ups=tuple(sign_ups[attendee_id]),
            sessions=sessions,
            told=calendar_notices.read(found[attendee_id]),
        )

    return {attendee_id: of(attendee_id) for attendee_id in attendee_ids}


def _reconcile(tx: Transaction, changes: Changes, facts: Facts, found: Iterable[Document]) -> None:
    before = {row["_id"]: row for row in found}
    wanted_mails = mails_for(facts)
    for wanted in wanted_mails:
        person_id = wanted.person_id or (facts.attendee.person_id if facts.attendee else None)
        row = before.get(wanted.key)
        if row is None:
            priority = mails.URGENT if MAIL_KINDS[wanted.kind].is_transactional else mails.PATIENT
            row = changes.add(wanted, priority=priority, now=clock.real_now())
            _tell_stop(tx, changes, row, person_id)
        else:
            _move(tx, changes, row, wanted, person_id)
    for key in before.keys() - {wanted.key for wanted in wanted_mails}:
        _drop(changes, before[key])


def _move(
    tx: Transaction, changes: Changes, row: Document, wanted: OwedMail, person_id: str | None
) -> None:
    before = State(row["state"])
    after = next_state(before, row["reason"], wanted)
    fields: Document = {}
    if before is State.DRAFT:
        fields["wave_id"] = wanted.wave_id
    if row.get("session_version") != wanted.session_version:
        # Also makes this transaction conflict with a sender that is working on the row.
        fields["session_version"] = wanted.session_version
    if after is not before or follows_facts(before, row["reason"]):
        fields |= {"state": str(after), "reason": wanted.reason}
    if fields:
        changes.set_fields(wanted.key, fields)
    if after is not before:
        _tell_stop(tx, changes, row | fields, person_id)


def _drop(changes: Changes, row: Document) -> None:
    """Removes a row that is not owed any more. One that was never tried or published leaves no
    trace, so that the ledger does not depend on whether the state that called for it was
    received."""
    if calendar_notices.has_told(row):
        return
    state = State(row["state"])
    if not row["version"] and not row["attempt"]:
        changes.remove(row["_id"])
    elif state in OPEN | {State.ON_PAPER} or row.get("needs_staff"):
        stopped: Document = {"state": str(State.STOPPED), "reason": str(Reason.NOT_OWED)}
        changes.set_fields(row["_id"], stopped | {"needs_staff": False})


def _tell_stop(tx: Transaction, changes: Changes, row: Document, person_id: str | None) -> None:
    if row["state"] != State.STOPPED or not MAIL_KINDS[row["kind"]].tells_stop or not person_id:
        return
    version = publish_waiting(tx, row, State.STOPPED, reason=row["reason"], person_id=person_id)
    changes.set_fields(row["_id"], {"version": version})


TIMERS: TimerHandlers = {RECONCILE: go_on}

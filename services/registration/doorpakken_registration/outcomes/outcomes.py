"""Outcomes of sessions: who may write one, and its changes. `by` is the visitor who writes, None
for staff. Whoever leads the session now may; an unknown session raises NotFound."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from doorpakken_events.catalogue import event_of_move
from doorpakken_events.moves import START
from doorpakken_events.registration import Asking, SessionReported
from doorpakken_plumbing.http.errors import NotFound
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.time import clock

from doorpakken_registration.commitments import commitments
from doorpakken_registration.commitments.answering import ENTERED_WRONGLY
from doorpakken_registration.commitments.model.commitment import Commitment
from doorpakken_registration.commitments.store import commitments as commitments_store
from doorpakken_registration.outcomes.model.outcome import Outcome
from doorpakken_registration.outcomes.refusals import (
    LedByAnother,
    NobodyAtThisTable,
    NothingSaid,
    SessionCalledOff,
    SessionNotBegun,
)
from doorpakken_registration.outcomes.store import outcomes as store
from doorpakken_registration.seats.model.session import Session
from doorpakken_registration.seats.store import hostings as hostings_store
from doorpakken_registration.seats.store import sessions as sessions_store
from doorpakken_registration.seats.store import sign_ups as sign_ups_store

NO_SUCH = "There is no session with this id that you lead."


@dataclass(frozen=True)
class People:
    """Who was there after all, or not; only what somebody changed."""

    came: Sequence[str] = ()
    absent: Sequence[str] = ()
    names: Sequence[str] = ()
    dropped: Sequence[str] = ()


async def session_of(documents: Documents, session_id: str, by: str | None) -> Session:
    """Raises LedByAnother for who was to lead it, NotFound for anybody else."""
    found = await sessions_store.find_session(documents, session_id)
    if found is None:
        raise NotFound(NO_SUCH)
    if by in (None, found.host):
        return found
    if await hostings_store.was_asked(documents, session_id, by or ""):
        raise LedByAnother("Somebody else leads this session now. What you wrote stays.")
    raise NotFound(NO_SUCH)


async def open_to(tx: Transaction, session_id: str, by: str | None) -> Session:
    """Also raises SessionCalledOff or SessionNotBegun."""
    session = await session_of(tx, session_id, by)
    if session.is_cancelled:
        raise SessionCalledOff("This session does not take place. What was written stays.")
    if not session.has_started(clock.now()):
        raise SessionNotBegun("This session has not begun yet.")
    return session


async def find(documents: Documents, session: Session) -> Outcome:
    """As yet empty if nothing was written."""
    found = await store.find_outcome(documents, session.id)
    return found or Outcome(session.id, session.gathering_id)


async def lines_of(documents: Documents, session_id: str) -> list[Commitment]:
    """Without those that were struck out; oldest first."""
    found = await commitments_store.list_of_session(documents, session_id)
    return [one for one in found if one.reason != ENTERED_WRONGLY]


async def note_people(tx: Transaction, session: Session, people: People) -> Outcome:
    """Raises NobodyAtThisTable for somebody without a seat in the session."""
    before = await find(tx, session)
    seated = {*await seated_in(tx, session.id), *before.came}
    if not seated.issuperset(people.came):
        message = "Somebody without a seat in this session is named by their name."
        raise NobodyAtThisTable(message, errors=[{"field": "came", "message": message}])
    return await put(tx, before, before.with_people(**vars(people)))


async def note_lines(tx: Transaction, session: Session) -> Outcome:
    """After its lines changed."""
    before = await find(tx, session)
    ids = tuple(one.id for one in await lines_of(tx, session.id))
    return await put(tx, before, before.with_lines(ids))


async def finish(
    tx: Transaction, session: Session, why_nothing: str | None, next_day: date | None
) -> Outcome:
    """Raises NothingSaid or DayOutOfReach."""
    before = await find(tx, session)
    if not before.commitment_ids and not why_nothing:
        message = "Say why nothing was agreed, or add what was."
        raise NothingSaid(message, errors=[{"field": "why_nothing", "message": message}])
    if next_day and next_day != before.next_day:
        commitments.require_day(next_day, field="next_day")
    return await put(tx, before, before.done(why_nothing, next_day, clock.now()))


async def put(tx: Transaction, before: Outcome, after: Outcome) -> Outcome:
    """Stores it, and says it if what is said of it changed."""
    if after == before:
        return before
    if before.version and _event(before) == _event(after):
        await store.put_outcome(tx, after)
        return after
    after = replace(after, version=before.version + 1)
    await store.put_outcome(tx, after)
    tx.publish(_event(after), after.version)
    return after


async def seated_in(documents: Documents, session_id: str) -> list[str]:
    """Attendees with a seat."""
    found = await sign_ups_store.list_open_in_session(documents, session_id)
    return [one.attendee_id for one in found if one.is_active]


async def forget(tx: Transaction, person_id: str, attendee_ids: Sequence[str]) -> int:
    """It is said again without them; how many were there stays."""
    found = await store.list_with(tx, attendee_ids)
    for one in found:
        went = [attendee_id for attendee_id in one.came if attendee_id in attendee_ids]
        after = replace(one.with_people(absent=went), unnamed=one.unnamed + len(went))
        await put(tx, one, after)
    return len(found)


def _event(outcome: Outcome) -> SessionReported:
    kind = event_of_move(SessionReported, START, outcome.state)
    return kind(
        session_id=outcome.id,
        gathering_id=outcome.gathering_id,
        came=outcome.came,
        others=outcome.other_count,
        commitment_ids=outcome.commitment_ids,
        why_nothing=outcome.why_nothing,
        next_day=outcome.next_day,
        told=tuple(Asking(what=one.what, due=one.due, at=one.at) for one in outcome.told),
        state=outcome.state,
        reported_at=outcome.reported_at,
    )

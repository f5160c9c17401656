"""Work sessions as they were heard: the plan's fields change, the seats given out here stay.
A session that becomes cancelled ends every sign-up, whichever event told it."""

from dataclasses import replace

from doorpakken_events.matching import SessionState
from doorpakken_plumbing import clock
from doorpakken_plumbing.mongo import Documents
from doorpakken_plumbing.transaction import Transaction

from doorpakken_registration import seats
from doorpakken_registration.model.seating import Seating
from doorpakken_registration.model.session import Session
from doorpakken_registration.model.sign_up import SignUp
from doorpakken_registration.store import attendees as attendees_store
from doorpakken_registration.store import pitches as pitches_store
from doorpakken_registration.store import sessions as store
from doorpakken_registration.store import sign_ups as sign_ups_store

CANCELLED = "session_cancelled"


async def fold(tx: Transaction, state: SessionState, version: int) -> None:
    """Takes over a session's new state, then acts on the difference."""
    before = await store.find_session(tx, state.session_id)
    after = _folded(before, state, version)
    await store.put_session(tx, after)
    if after.is_cancelled and before and not before.is_cancelled:
        await _end_all(tx, after)


async def list_with_titles(documents: Documents, gathering_id: str) -> list[tuple[Session, str]]:
    """A gathering's sessions by their start, each with the title of its pitch."""
    found = await store.list_sessions_of(documents, gathering_id)
    titles = await pitches_store.titles_of(documents, {one.pitch_id for one in found})
    return [(one, titles.get(one.pitch_id, "")) for one in found]


def _folded(before: Session | None, state: SessionState, version: int) -> Session:
    heard = Session(
        id=state.session_id,
        version=version,
        gathering_id=state.gathering_id,
        run_id=state.run_id,
        pitch_id=state.pitch_id,
        host=state.host,
        starts_at=state.starts_at,
        ends_at=state.ends_at,
        place=state.place,
        address=state.address,
        link=state.link,
        capacity_min=state.capacity_min,
        capacity_max=state.capacity_max,
        state=state.state,
        reason=state.reason,
    )
    if before is None:
        return heard
    return replace(heard, taken=before.taken, waiting=before.waiting, next_place=before.next_place)


async def _end_all(tx: Transaction, session: Session) -> None:
    sign_ups = await sign_ups_store.list_open_in_session(tx, session.id)
    attendees = await attendees_store.list_attendees(tx, {one.attendee_id for one in sign_ups})
    seating = await seats.load(tx, attendees, [session.id])
    seating, _ = seats.attempt(seating, tx, None, lambda trial: _leave_all(trial, sign_ups))
    await seats.save(tx, seating)


def _leave_all(trial: Seating, sign_ups: list[SignUp]) -> None:
    for sign_up in sign_ups:
        trial.leave(sign_up.id, CANCELLED, clock.now())

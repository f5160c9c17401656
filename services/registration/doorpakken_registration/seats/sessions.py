"""Work sessions as received from matching: events change the plan's fields, the seats given out
here stay. What happens to the seats depends on which fields changed, not on the event type."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from doorpakken_events.matching import SessionLink, SessionState
from doorpakken_plumbing.http.errors import NotFound
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.time import clock
from doorpakken_plumbing.time.timers import cancel_timer, set_timer

from doorpakken_registration.common.store.paging import Page, Part
from doorpakken_registration.gatherings.store import attendees as attendees_store
from doorpakken_registration.people.store import persons as persons_store
from doorpakken_registration.pitches.store import pitches as pitches_store
from doorpakken_registration.seats import answers, holds
from doorpakken_registration.seats.model import session_changes
from doorpakken_registration.seats.model.seating import Seating
from doorpakken_registration.seats.model.session import Session
from doorpakken_registration.seats.seats import Seats
from doorpakken_registration.seats.store import sessions as store
from doorpakken_registration.seats.store import sign_ups as sign_ups_store
from doorpakken_registration.seats.store import waves as waves_store

CANCELLED = "session_cancelled"
# What has to be done once a session is over is done by the slices above, at this timer.
OVER = "session-over"


async def fold(tx: Transaction, state: SessionState, version: int) -> None:
    before = await store.find_session(tx, state.session_id)
    link = await store.hold_link(tx, state.session_id, state.link)
    heard = replace(_heard(state, version), link=link)
    after = heard.with_seats_of(before) if before else heard
    await store.put_session(tx, after)
    if before is None:
        await _owe_holds(tx, after)
    if before is None and after.host and not after.is_cancelled:
        await _settle_seats(tx, replace(after, host=None), after)
    elif before and not after.took_place and _differs(before, after):
        await _settle_seats(tx, before, after)
    if before is None or _differs(before, after):
        await _set_over(tx, after)


async def _set_over(tx: Transaction, session: Session) -> None:
    key = f"{OVER}/{session.id}"
    if session.is_cancelled:
        await cancel_timer(tx, key)
    else:
        await set_timer(tx, key, OVER, session.ends_at, {"session_id": session.id})


async def fold_link(tx: Transaction, state: SessionLink) -> None:
    await store.put_link(tx, state.session_id, state.link)


async def _owe_holds(tx: Transaction, session: Session) -> None:
    """The recommendations of its own plan and of the latest one may be waiting for this session."""
    last = await waves_store.find_latest_wave(tx, session.gathering_id)
    for run_id in {session.run_id, last.id if last else session.run_id}:
        await holds.owe(tx, run_id)


def _differs(before: Session, after: Session) -> bool:
    names = ("state", "starts_at", "ends_at", "capacity_max", "host")
    return any(getattr(before, name) != getattr(after, name) for name in names)


async def _settle_seats(tx: Transaction, before: Session, after: Session) -> None:
    sign_ups = await sign_ups_store.list_open_in_session(tx, after.id)
    attendees = await attendees_store.list_attendees(tx, {one.attendee_id for one in sign_ups})
    hosts = await persons_store.list_persons(tx, filter(None, {before.host, after.host}))
    leaders = {one.id for one in hosts}
    # A concurrent erasure of one of them must conflict with writing their calendar.
    await persons_store.hold_persons(tx, leaders)
    seats = await Seats.load(tx, attendees, [after.id], person_ids=leaders)
    last = await waves_store.find_latest_wave(tx, after.gathering_id)
    answer_by = last.answer_by if last else None
    is_moved = _times(before) != _times(after)

    def change(trial: Seating) -> None:
        now = clock.now()
        led_by = None if after.is_cancelled else after.host
        if before.host in leaders and before.host != led_by:
            trial.lead_no_more(before.host, after.id, now)
        if after.is_cancelled:
            trial.leave_all(sign_ups, CANCELLED, now)
            return
        if after.host and after.host != before.host:
            session_changes.change_host(trial, after.host, sign_ups, now)
        if is_moved:
            session_changes.move(trial, after.id, sign_ups, now, answer_by=answer_by)
        if after.host in leaders:
            session_changes.lead(trial, after.host, after.id, now, answer_by=answer_by)
        session_changes.resize(trial, after.id, sign_ups, now)

    await seats.settle(lambda: seats.attempt(None, change))
    if is_moved and not after.is_cancelled:
        seated = {one.attendee_id for one in sign_ups if one.is_active}
        await answers.reopen(tx, seated, after.gathering_id)


def _times(session: Session) -> tuple[datetime, datetime]:
    return session.starts_at, session.ends_at


async def get_with_title(documents: Documents, session_id: str) -> tuple[Session, str]:
    """With the title of its pitch, empty if unknown. Raises NotFound."""
    found = await store.find_session(documents, session_id)
    if found is None:
        raise NotFound("There is no session with this id.")
    titles = await pitches_store.titles_of(documents, [found.pitch_id])
    return found, titles.get(found.pitch_id, "")


async def list_with_titles(documents: Documents, gathering_id: str) -> list[tuple[Session, str]]:
    """Ordered by start, each with the title of its pitch."""
    found = await store.list_sessions_of(documents, gathering_id)
    titles = await pitches_store.titles_of(documents, {one.pitch_id for one in found})
    return [(one, titles.get(one.pitch_id, "")) for one in found]


async def list_by_id(documents: Documents, ids: Collection[str]) -> list[tuple[Session, str]]:
    found = await store.list_sessions(documents, ids) if ids else []
    titles = await pitches_store.titles_of(documents, {one.pitch_id for one in found})
    return [(one, titles.get(one.pitch_id, "")) for one in found]


async def page_with_titles(
    documents: Documents, gathering_id: str, part: Part, state: str | None
) -> Page[tuple[Session, str]]:
    found = await store.page_sessions(documents, gathering_id, part, state)
    titles = await pitches_store.titles_of(documents, {one.pitch_id for one in found.items})
    return Page([(one, titles.get(one.pitch_id, "")) for one in found.items], found.last)


def _heard(state: SessionState, version: int) -> Session:
    return Session(
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

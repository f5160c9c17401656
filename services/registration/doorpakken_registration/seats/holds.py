"""Seats held by a plan for those it chose, until its answers are due; and what lapses then.
Refuses to hold what a plan had for somebody before all it stands on was heard: that waits."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Document
from doorpakken_plumbing.time import clock
from doorpakken_plumbing.time.timers import Timer, TimerHandlers, set_timer

from doorpakken_registration.gatherings.model.attendee import Attendee
from doorpakken_registration.gatherings.store import attendees as attendees_store
from doorpakken_registration.seats.model.answer import Wave
from doorpakken_registration.seats.model.seating import Seating
from doorpakken_registration.seats.seats import LAPSES, Seats, set_lapse
from doorpakken_registration.seats.store import sessions as sessions_store
from doorpakken_registration.seats.store import sign_ups as sign_ups_store
from doorpakken_registration.seats.store import waves as waves_store

HOLD = "hold-seats"
PEOPLE_AT_ONCE = 50
# Always past, and the same whenever the events of a plan are heard.
PAST = datetime(1970, 1, 1, tzinfo=UTC)
REASONS = {"held": "hold_lapsed", "offered": "offer_lapsed", "conflict": "conflict_lapsed"}


async def owe(tx: Transaction, run_id: str) -> None:
    """Something of this plan was heard: what it chose is held as soon as all of it is here."""
    await set_timer(tx, f"{HOLD}/{run_id}", HOLD, PAST, {"run_id": run_id})


async def hold(tx: Transaction, timer: Timer) -> None:
    """Holds the seats of some people, and comes back for the others."""
    run_id = timer.data["run_id"]
    wave = await waves_store.find_wave(tx, run_id)
    if wave is None:
        return
    passed = timer.data.get("but", [])
    owed = await waves_store.list_unheld(tx, run_id, most=PEOPLE_AT_ONCE, but=passed)
    if not owed:
        return
    settled = await _hold(tx, wave, owed)
    await waves_store.mark_held(tx, settled)
    waiting = [one["_id"] for one in owed if one["_id"] not in settled]
    if len(owed) == PEOPLE_AT_ONCE:
        data = {"run_id": run_id, "but": [*passed, *waiting]}
        await set_timer(tx, timer.key, HOLD, PAST, data)


async def lapse(tx: Transaction, timer: Timer) -> None:
    """Ends the holds of a session whose time is over, and offers their places."""
    session_id, now = timer.data["session_id"], clock.now()
    due = await sign_ups_store.list_holds(tx, session_id)
    attendees = await attendees_store.list_attendees(tx, {one.attendee_id for one in due})
    seats = await Seats.load(tx, attendees, [session_id])
    await seats.settle(lambda: seats.attempt(None, lambda trial: trial.lapse(now, REASONS)))
    remaining = await sign_ups_store.list_holds(tx, session_id)
    next_at = remaining[0].hold_until if remaining else None
    await sessions_store.set_lapses_at(tx, session_id, next_at)
    if next_at:
        await set_lapse(tx, session_id, next_at)


async def _hold(tx: Transaction, wave: Wave, owed: Sequence[Document]) -> list[str]:
    """The attendees whose seats are settled; those of a session not heard yet are left out."""
    attendees = await attendees_store.list_attendees(tx, [one["_id"] for one in owed])
    wanted = {one["_id"]: one["seats"] for one in owed}
    ids = {_id_of(wave, one["_id"], seat["session_id"]) for one in owed for seat in one["seats"]}
    session_ids = {seat["session_id"] for one in owed for seat in one["seats"]}
    seats = await Seats.load(tx, attendees, session_ids, sign_up_ids=ids)
    known = seats.seating.sessions.keys()
    ready = [
        one for one in attendees if all(seat["session_id"] in known for seat in wanted[one.id])
    ]

    def hold_all(trial: Seating) -> None:
        for attendee in ready:
            _hold_for(trial, wave, attendee, wanted[attendee.id], clock.now())

    await seats.settle(lambda: seats.attempt(None, hold_all))
    here = {one.id for one in attendees}
    gone = [one["_id"] for one in owed if one["_id"] not in here]
    return [*gone, *(one.id for one in ready)]


def _hold_for(
    trial: Seating, wave: Wave, attendee: Attendee, chosen: Sequence[Any], now: datetime
) -> None:
    # Somebody who leaves at this very moment must meet this, also where nothing can be held.
    trial.touch_calendar(attendee.person_id)
    for seat in chosen:
        trial.hold(
            _id_of(wave, attendee.id, seat["session_id"]),
            seat["session_id"],
            attendee,
            now,
            limit=len(chosen),
            until=wave.answer_by,
            wave_id=wave.id,
            score=seat["score"],
        )


def _id_of(wave: Wave, attendee_id: str, session_id: str) -> str:
    """Permanent: what a plan chose is held once, however often it is heard."""
    return str(uuid5(NAMESPACE_URL, f"doorpakken:hold:{wave.id}:{attendee_id}:{session_id}"))


TIMERS: TimerHandlers = {HOLD: hold, LAPSES: lapse}

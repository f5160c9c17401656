"""Holds seats for the people a plan chose, until its answers are due, and ends holds that expire. A
recommendation waits until its wave and all its sessions have been received."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from doorpakken_events import states
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
# Always in the past, and the same value at whatever time a plan's events are received.
PAST = datetime(1970, 1, 1, tzinfo=UTC)
NOT_PRESENT = "not_present"
REASONS = {
    states.SignUp.HELD: "hold_lapsed",
    states.SignUp.OFFERED: "offer_lapsed",
    states.SignUp.CONFLICT: "conflict_lapsed",
}


async def owe(tx: Transaction, run_id: str) -> None:
    """Called for every event of the plan, since they arrive in any order; one timer per plan."""
    await set_timer(tx, f"{HOLD}/{run_id}", HOLD, PAST, {"run_id": run_id})


async def hold(tx: Transaction, timer: Timer) -> None:
    """Handles PEOPLE_AT_ONCE people, then sets the timer again for the others."""
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
    """Ends the expired holds of a session, offers their places and sets the next timer."""
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


async def give_back(tx: Transaction, attendee_id: str) -> None:
    """Ends what a plan holds for this attendee, and offers the places to who waits."""
    attendees = await attendees_store.list_attendees(tx, [attendee_id])
    seats = await Seats.load(tx, attendees)

    def give_all(trial: Seating) -> None:
        theirs = [one for attendee in attendees for one in trial.open_at(attendee)]
        held = [one for one in theirs if one.state is states.SignUp.HELD]
        trial.leave_all(held, NOT_PRESENT, clock.now())

    await seats.settle(lambda: seats.attempt(None, give_all))


async def _hold(tx: Transaction, wave: Wave, owed: Sequence[Document]) -> list[str]:
    """Returns the ids of attendees that are done, also of those who no longer exist. Attendees with
    a session that was not received yet are left out."""
    attendees = await attendees_store.list_attendees(tx, [one["_id"] for one in owed])
    wanted = {one["_id"]: one for one in owed}
    ids = {_id_of(one, seat["session_id"]) for one in owed for seat in one["seats"]}
    session_ids = {seat["session_id"] for one in owed for seat in one["seats"]}
    seats = await Seats.load(tx, attendees, session_ids, sign_up_ids=ids)
    known = seats.seating.sessions.keys()
    ready = [
        one
        for one in attendees
        if all(seat["session_id"] in known for seat in wanted[one.id]["seats"])
    ]

    def hold_all(trial: Seating) -> None:
        for attendee in ready:
            _hold_for(trial, wave, attendee, wanted[attendee.id], clock.now())

    await seats.settle(lambda: seats.attempt(None, hold_all))
    here = {one.id for one in attendees}
    gone = [one["_id"] for one in owed if one["_id"] not in here]
    return [*gone, *(one.id for one in ready)]


def _hold_for(
    trial: Seating, wave: Wave, attendee: Attendee, recommended: Document, now: datetime
) -> None:
    # A person who leaves concurrently must conflict with this, also when nothing can be held.
    trial.touch_calendar(attendee.person_id)
    chosen = recommended["seats"]
    for seat in chosen:
        trial.hold(
            _id_of(recommended, seat["session_id"]),
            seat["session_id"],
            attendee,
            now,
            limit=len(chosen),
            until=wave.answer_by,
            wave_id=wave.id,
            score=seat["score"],
        )


def _id_of(recommended: Document, session_id: str) -> str:
    """Deterministic: a seat is held once, however often its recommendation is received; and again
    where the plan recommends it anew, after it was taken back."""
    about = f"{recommended['run_id']}:{recommended['_id']}:{session_id}"
    if recommended.get("is_anew"):
        about = f"{about}:{recommended['version']}"
    return str(uuid5(NAMESPACE_URL, f"doorpakken:hold:{about}"))


TIMERS: TimerHandlers = {HOLD: hold, LAPSES: lapse}

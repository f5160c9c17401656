"""Seats of one transaction: loads what a batch of commands needs, saves and publishes what changed.
A refused command changes nothing; the database detects conflicts between replicas."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from doorpakken_events.catalogue import event_of_move
from doorpakken_events.event import Event
from doorpakken_events.moves import START
from doorpakken_events.registration import SignUpState
from doorpakken_plumbing.http.errors import NotFound, Refusal
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.observing.tracing import Origin
from doorpakken_plumbing.time.timers import set_timer

from doorpakken_registration.gatherings.model.attendee import Attendee
from doorpakken_registration.seats.model.line import Line, LineTooShort
from doorpakken_registration.seats.model.seat_rules import SeatRefused
from doorpakken_registration.seats.model.seating import Seating
from doorpakken_registration.seats.model.sign_up import SignUp
from doorpakken_registration.seats.seat_refusals import refusal_of
from doorpakken_registration.seats.store import sessions as sessions_store
from doorpakken_registration.seats.store import sign_ups as store

T = TypeVar("T")

LAPSES = "holds-lapse"
LINE_FIRST, LINE_FACTOR = 64, 8


class Seats:
    """The seats that one transaction decides about."""

    def __init__(self, tx: Transaction, loaded: Seating) -> None:
        self.tx = tx
        self._loaded = loaded
        self._outgoing: list[tuple[Event, int, Origin | None]] = []
        self.seating = loaded

    @classmethod
    async def load(
        cls,
        tx: Transaction,
        attendees: Iterable[Attendee],
        session_ids: Iterable[str] = (),
        *,
        sign_up_ids: Iterable[str] = (),
        person_ids: Iterable[str] = (),
    ) -> "Seats":
        """Loads the calendars and open sign-ups of these people with their sessions, the sessions
        `session_ids`, and the sign-ups `sign_up_ids`, also those that have ended."""
        people = {*person_ids, *(one.person_id for one in attendees)}
        calendars = await store.list_calendars(tx, people)
        entries = [entry for calendar in calendars for entry in calendar.entries]
        ids = {*sign_up_ids, *(entry.sign_up_id for entry in entries)}
        sign_ups = await store.list_sign_ups(tx, ids)
        wanted = {*session_ids, *(entry.session_id for entry in entries)}
        sessions = await sessions_store.list_sessions(tx, wanted)
        return cls(
            tx,
            Seating(
                {one.id: one for one in sessions},
                {one.person_id: one for one in calendars},
                {one.id: one for one in sign_ups},
            ),
        )

    async def settle(self, decide: Callable[[], T]) -> T:
        """Returns what `decide` returned, after saving and publishing. Calls `decide` again from
        the beginning when it needs more of a line than was loaded, so it may keep no state between
        calls."""
        while True:
            self.seating, self._outgoing = self._loaded.fork(), []
            try:
                decided = decide()
            except LineTooShort as short:
                await self._lengthen(short.session_id)
                continue
            await self._save()
            return decided

    def attempt(self, origin: Origin | None, do: Callable[[Seating], T]) -> T | Refusal:
        """Tries one command on a copy. SeatRefused and NotFound discard its changes and are
        returned as a refusal."""
        trial = self.seating.fork()
        try:
            given = do(trial)
        except SeatRefused as refused:
            return refusal_of(refused)
        except NotFound as missing:
            return missing
        for after, before in trial.said[len(self.seating.said) :]:
            self.say(_event(after, before), after.version, origin)
        self.seating = trial
        return given

    def say(self, event: Event, version: int, origin: Origin | None) -> None:
        """Queues an event for `settle` to publish, in order with those of the seats."""
        self._outgoing.append((event, version, origin))

    async def _lengthen(self, session_id: str) -> None:
        known = self._loaded.lines.get(session_id)
        most = len(known.sign_up_ids) * LINE_FACTOR if known else LINE_FIRST
        waiting, is_whole = await store.list_line(self.tx, session_id, most=most)
        loaded = self._loaded
        loaded.lines[session_id] = Line(tuple(one.id for one in waiting), is_whole)
        for sign_up in waiting:
            loaded.sign_ups.setdefault(sign_up.id, sign_up)
        strangers = {one.person_id for one in waiting} - loaded.calendars.keys()
        for calendar in await store.list_calendars(self.tx, strangers):
            loaded.calendars[calendar.person_id] = calendar

    async def _save(self) -> None:
        seating = self.seating
        touched = {sign_up.id for sign_up, _ in seating.said}
        await store.keep_sign_ups(
            self.tx,
            made=[seating.sign_ups[one] for one in touched & seating.made],
            changed=[seating.sign_ups[one] for one in touched - seating.made],
        )
        await self._save_sessions()
        changed, known = seating.changed_calendars, self._loaded.calendars.keys()
        await store.add_calendars(self.tx, [seating.calendars[one] for one in changed - known])
        await store.put_calendars(self.tx, [seating.calendars[one] for one in changed & known])
        for event, version, origin in self._outgoing:
            self.tx.publish(event, version, origin=origin)

    async def _save_sessions(self) -> None:
        changed = [self.seating.sessions[one] for one in self.seating.changed_sessions]
        await sessions_store.set_seats(self.tx, changed)
        for session in changed:
            before = self._loaded.sessions[session.id].lapses_at
            if session.lapses_at and session.lapses_at != before:
                await set_lapse(self.tx, session.id, session.lapses_at)


async def set_lapse(tx: Transaction, session_id: str, due: datetime) -> None:
    await set_timer(tx, f"{LAPSES}/{session_id}", LAPSES, due, {"session_id": session_id})


def _event(after: SignUp, before: SignUp | None) -> SignUpState:
    kind = event_of_move(SignUpState, before.state if before else START, after.state)
    return kind(
        sign_up_id=after.id,
        gathering_id=after.gathering_id,
        session_id=after.session_id,
        attendee_id=after.attendee_id,
        state=after.state,
        place=after.place,
        hold_until=after.hold_until,
        reason=after.reason,
        signed_up_at=after.signed_up_at,
        ended_at=after.ended_at,
    )

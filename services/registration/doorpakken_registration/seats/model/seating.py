"""Decides who gets which seat; sessions and calendars are updated in memory while commands are
decided in order. Refuses a cancelled, started or overlapping session, a second place in one, and
too many at once; a place given up is offered to the next in line, never to somebody who gave it up
before."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from doorpakken_events import states

from doorpakken_registration.gatherings.model.attendee import Attendee
from doorpakken_registration.gatherings.model.holding import offer_until
from doorpakken_registration.seats.model.line import Line, LineTooShort
from doorpakken_registration.seats.model.seat_rules import (
    SeatRefused,
    check,
    new_entry,
    new_sign_up,
)
from doorpakken_registration.seats.model.session import Session
from doorpakken_registration.seats.model.sign_up import Calendar, Led, SignUp


@dataclass
class Seating:
    """What was loaded for a batch of commands and what they changed; `said` has every change in
    order, as the sign-up after and before it."""

    sessions: dict[str, Session]
    calendars: dict[str, Calendar]
    sign_ups: dict[str, SignUp]
    lines: dict[str, Line] = field(default_factory=dict)
    made: set[str] = field(default_factory=set)
    changed_sessions: set[str] = field(default_factory=set)
    changed_calendars: set[str] = field(default_factory=set)
    said: list[tuple[SignUp, SignUp | None]] = field(default_factory=list)

    def fork(self) -> "Seating":
        return Seating(
            dict(self.sessions),
            dict(self.calendars),
            dict(self.sign_ups),
            dict(self.lines),
            set(self.made),
            set(self.changed_sessions),
            set(self.changed_calendars),
            list(self.said),
        )

    def calendar(self, person_id: str) -> Calendar:
        return self.calendars.get(person_id) or Calendar(person_id)

    def open_at(self, attendee: Attendee) -> list[SignUp]:
        entries = self.calendar(attendee.person_id).at(attendee.gathering_id)
        return [self.sign_ups[entry.sign_up_id] for entry in entries]

    def find_open(self, attendee: Attendee, session_id: str) -> SignUp | None:
        return next((one for one in self.open_at(attendee) if one.session_id == session_id), None)

    def join(
        self, sign_up_id: str, session_id: str, attendee: Attendee, now: datetime, *, limit: int
    ) -> SignUp:
        """Gives a seat, or the last place in line of a full session. A seat that is kept for them,
        or that is free while they stand in line, becomes active. Raises SeatRefused."""
        session, known = self.sessions[session_id], self.find_open(attendee, session_id)
        check(session, attendee, self.calendar(attendee.person_id), known, now, limit)
        if known is None:
            return self._add(sign_up_id, session, attendee, now)
        if known.is_active or (known.is_waiting and session.is_full):
            raise SeatRefused("already-signed-up", known.id)
        self._require_calm(session, known.person_id, but=known.id)
        joined = known.to(states.SignUp.ACTIVE)
        return self._change(known, replace(joined, place=None, before_conflict=None))

    def hold(
        self,
        sign_up_id: str,
        session_id: str,
        attendee: Attendee,
        now: datetime,
        *,
        limit: int,
        until: datetime,
        wave_id: str,
        score: int,
    ) -> SignUp | None:
        """Keeps a seat for an attendee whom a plan chose; None where no seat can be kept."""
        session, calendar = self.sessions[session_id], self.calendar(attendee.person_id)
        is_late = until <= now or session.is_full or sign_up_id in self.sign_ups
        known = self.find_open(attendee, session_id)
        try:
            check(session, attendee, calendar, known, now, limit)
        except SeatRefused:
            return None
        if is_late or known or not calendar.is_free(session.starts_at, session.ends_at):
            return None
        state = states.SignUp.HELD
        held = new_sign_up(sign_up_id, session, attendee, now, state=state, hold_until=until)
        return self._start(replace(held, wave_id=wave_id, score=score))

    def leave(self, sign_up_id: str, reason: str, now: datetime) -> SignUp:
        """Offers the freed place to the next in line, else it is open to everybody. A sign-up that
        has ended is returned unchanged."""
        sign_up = self.sign_ups[sign_up_id]
        if not sign_up.is_open:
            return sign_up
        ended = self._change(sign_up, sign_up.ended(reason, now))
        if sign_up.is_taken:
            passed_by = (*sign_up.passed_by, sign_up.attendee_id)
            self.offer_next(sign_up.session_id, now, passed_by=passed_by)
            self.reconsider(sign_up.person_id, now)
        return ended

    def leave_all(self, sign_ups: Iterable[SignUp], reason: str, now: datetime) -> None:
        """Ends places in line first, so that none of them is offered a freed place."""
        for sign_up in sorted(sign_ups, key=lambda one: one.is_taken):
            self.leave(sign_up.id, reason, now)

    def hand_over(
        self, sign_up: SignUp, sign_up_id: str, to: Attendee, now: datetime, *, limit: int
    ) -> SignUp:
        """Ends this seat and gives it to another attendee; it never becomes free, so it is not
        offered to the line. Raises SeatRefused."""
        session, known = self.sessions[sign_up.session_id], self.find_open(to, sign_up.session_id)
        if known and known.is_taken:
            raise SeatRefused("already-signed-up", known.id)
        if known:
            self.leave(known.id, "answer_changed", now)
        check(session, to, self.calendar(to.person_id), None, now, limit)
        self._require_calm(session, to.person_id)
        self._change(sign_up, sign_up.ended("handed_over", now))
        moved = new_sign_up(sign_up_id, session, to, now, state=states.SignUp.ACTIVE)
        passed_by = (*sign_up.passed_by, sign_up.attendee_id)
        started = self._start(replace(moved, passed_by=passed_by))
        self.reconsider(sign_up.person_id, now)
        return started

    def unsure(self, sign_up: SignUp, until: datetime, now: datetime) -> None:
        """An active seat is held until `until`, or ends where that has passed."""
        if sign_up.is_active and until > now:
            self._change(sign_up, sign_up.to(states.SignUp.HELD, hold_until=until))
        elif sign_up.is_active:
            self.leave(sign_up.id, "maybe", now)

    def lapse(self, now: datetime, reasons: dict[states.SignUp, str]) -> None:
        """Ends the expired holds, the earliest first; `reasons` gives the reason for each state."""
        due = [
            one
            for one in self.sign_ups.values()
            if one.state in reasons and one.hold_until and one.hold_until <= now
        ]
        for sign_up in sorted(due, key=lambda one: (one.hold_until, one.signed_up_at, one.id)):
            # An earlier one in this loop may have ended the conflict of this one.
            current = self.sign_ups[sign_up.id]
            if current.state in reasons and current.hold_until and current.hold_until <= now:
                self.leave(current.id, reasons[current.state], now)

    def offer_free(self, session_id: str, now: datetime) -> None:
        while self.offer_next(session_id, now):
            continue

    def offer_next(
        self, session_id: str, now: datetime, *, passed_by: tuple[str, ...] = ()
    ) -> bool:
        """False when no place was offered. Raises LineTooShort when this depends on people in line
        who were not loaded."""
        session = self.sessions[session_id]
        if not session.waiting or not session.has_room(now):
            return False
        for sign_up_id in self._line(session_id).sign_up_ids:
            sign_up = self.sign_ups[sign_up_id]
            if sign_up.is_waiting and self._can_have(sign_up, session, passed_by):
                self._offer(sign_up, session, now, passed_by)
                return True
        if not self._line(session_id).is_whole:
            raise LineTooShort(session_id)
        return False

    def reconsider(self, person_id: str, now: datetime) -> None:
        """To be called when a person's time comes free: ends conflicts that are over, and offers
        them free places in sessions for which they wait."""
        for entry in self.calendar(person_id).entries:
            sign_up = self.sign_ups.get(entry.sign_up_id)
            session = self.sessions.get(entry.session_id)
            if sign_up is None or session is None:
                continue
            if sign_up.is_in_conflict and self._is_calm(sign_up, session):
                self._change(sign_up, sign_up.out_of_conflict())
            elif (
                sign_up.is_waiting
                and session.has_room(now)
                and self._can_have(sign_up, session, ())
            ):
                self._offer(sign_up, session, now, ())

    def wait_again(self, offered: SignUp, sign_up_id: str) -> SignUp:
        """Puts somebody whose offer ended back in line, at their old place."""
        state = states.SignUp.WAITLISTED
        again = replace(offered, id=sign_up_id, version=1, state=state, hold_until=None)
        return self._start(replace(again, before_conflict=None))

    def lead(self, person_id: str, session_id: str) -> None:
        session = self.sessions[session_id]
        led = Led(session_id, session.starts_at, session.ends_at)
        self._set_calendar(self.calendar(person_id).leading(led))

    def lead_no_more(self, person_id: str, session_id: str, now: datetime) -> None:
        self._set_calendar(self.calendar(person_id).leading_no_more(session_id))
        self.reconsider(person_id, now)

    def touch_calendar(self, person_id: str) -> None:
        """Has the calendar written unchanged, so that a concurrent change of it conflicts."""
        self.calendars[person_id] = self.calendar(person_id)
        self.changed_calendars.add(person_id)

    def put_in_conflict(self, sign_up: SignUp, hold_until: datetime) -> None:
        starts_at = self.sessions[sign_up.session_id].starts_at
        self._change(sign_up, sign_up.in_conflict(min(hold_until, starts_at)))

    def move_entry(self, sign_up: SignUp) -> None:
        session = self.sessions[sign_up.session_id]
        calendar = self.calendar(sign_up.person_id)
        self._set_calendar(calendar.with_entry(new_entry(sign_up, session)))

    def _add(self, sign_up_id: str, session: Session, attendee: Attendee, now: datetime) -> SignUp:
        if session.is_full:
            state = states.SignUp.WAITLISTED
            waiting = new_sign_up(sign_up_id, session, attendee, now, state=state)
            return self._start(replace(waiting, place=session.next_place))
        self._require_calm(session, attendee.person_id)
        state = states.SignUp.ACTIVE
        return self._start(new_sign_up(sign_up_id, session, attendee, now, state=state))

    def _offer(
        self, sign_up: SignUp, session: Session, now: datetime, passed_by: tuple[str, ...]
    ) -> None:
        until = offer_until(now, session.starts_at)
        offered = sign_up.to(states.SignUp.OFFERED, hold_until=until)
        self._change(sign_up, replace(offered, passed_by=passed_by))

    def _can_have(self, sign_up: SignUp, session: Session, passed_by: tuple[str, ...]) -> bool:
        if sign_up.attendee_id in passed_by:
            return False
        if not self._is_calm(sign_up, session):
            # A concurrent change that frees this person's time must conflict with this.
            self.touch_calendar(sign_up.person_id)
            return False
        return True

    def _is_calm(self, sign_up: SignUp, session: Session) -> bool:
        calendar = self.calendar(sign_up.person_id)
        return calendar.is_free(session.starts_at, session.ends_at, but=sign_up.id)

    def _require_calm(self, session: Session, person_id: str, but: str | None = None) -> None:
        clash = self.calendar(person_id).clash(session.starts_at, session.ends_at, but=but)
        if clash:
            raise SeatRefused("sessions-overlap", clash.sign_up_id)
        if self.calendar(person_id).leads_at(session.starts_at, session.ends_at):
            raise SeatRefused("leads-then")

    def _line(self, session_id: str) -> Line:
        return self.lines.get(session_id) or Line()

    def _start(self, sign_up: SignUp) -> SignUp:
        self.made.add(sign_up.id)
        line = self._line(sign_up.session_id)
        if sign_up.is_waiting and line.is_whole:
            ids = (*line.sign_up_ids, sign_up.id)
            self.lines[sign_up.session_id] = Line(ids, is_whole=True)
        return self._change(None, sign_up)

    def _change(self, before: SignUp | None, after: SignUp) -> SignUp:
        session = self.sessions[after.session_id]
        counted = session.changed(
            taken=after.is_taken - bool(before and before.is_taken),
            waiting=after.is_waiting - bool(before and before.is_waiting),
            offered=after.is_offered - bool(before and before.is_offered),
            place=after.place,
        )
        self.sessions[session.id] = counted.lapsing(after.hold_until)
        self.changed_sessions.add(session.id)
        self.sign_ups[after.id] = after
        calendar = self.calendar(after.person_id).without(after.id)
        entry = new_entry(after, session)
        self._set_calendar(calendar.with_entry(entry) if after.is_open else calendar)
        self.said.append((after, before))
        return after

    def _set_calendar(self, calendar: Calendar) -> None:
        self.calendars[calendar.person_id] = calendar
        self.changed_calendars.add(calendar.person_id)

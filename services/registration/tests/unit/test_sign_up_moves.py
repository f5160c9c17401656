"""A random walk makes every move in the table of sign-ups and no other; other moves are refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest
from doorpakken_events.moves import MOVES, ForbiddenMove, State
from doorpakken_events.states import SignUp
from doorpakken_registration.seats.holds import REASONS
from doorpakken_registration.seats.model import session_changes
from doorpakken_registration.seats.model import sign_up as model
from doorpakken_registration.seats.model.seat_rules import SeatRefused
from doorpakken_registration.seats.model.seating import Seating

from services.registration.tests.unit.seats import (
    LATER,
    LIMIT,
    NOW,
    attendee,
    seated,
    seating,
    session,
)

WALKS, STEPS, PEOPLE = 150, 60, 3
HOURS = (200, 201, 240)


class Walk:
    """One seating, and the steps that somebody can take in it."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.table: Seating = seating(
            *(session(n, seats=n % 2 + 1, hours=hours) for n, hours in enumerate(HOURS))
        )
        self.number = 0

    def step(self) -> None:
        self.number += 1
        steps: tuple[Callable[[str, int], object], ...] = (
            self._join,
            self._join,
            self._hold,
            self._hold,
            self._leave,
            self._leave,
            self._unsure,
            self._hand_over,
            self._move,
            self._move,
            self._resize,
            self._lapse,
        )
        take = self.random.choice(steps)
        try:
            take(f"s{self.random.randrange(len(HOURS))}", self.random.randrange(PEOPLE))
        except SeatRefused:
            return

    def _join(self, at: str, person: int) -> None:
        self.table.join(f"u{self.number}", at, attendee(person), self._now(), limit=LIMIT)

    def _hold(self, at: str, person: int) -> None:
        self.table.hold(
            f"u{self.number}",
            at,
            attendee(person),
            self._now(),
            limit=LIMIT,
            until=LATER,
            wave_id="w",
            score=person,
        )

    def _leave(self, at: str, person: int) -> None:
        if known := self.table.find_open(attendee(person), at):
            self.table.leave(known.id, "left", NOW)

    def _unsure(self, at: str, person: int) -> None:
        if known := self.table.find_open(attendee(person), at):
            self.table.unsure(known, LATER, NOW)

    def _hand_over(self, at: str, person: int) -> None:
        known = self.table.find_open(attendee(person), at)
        if known and known.is_taken:
            taker = attendee((person + 1) % PEOPLE)
            self.table.hand_over(known, f"u{self.number}", taker, NOW, limit=LIMIT)

    def _move(self, at: str, person: int) -> None:
        starts_at = NOW + timedelta(hours=self.random.choice(HOURS))
        ends_at = starts_at + timedelta(hours=2)
        changed = replace(self.table.sessions[at], starts_at=starts_at, ends_at=ends_at)
        self.table.sessions[at] = changed
        session_changes.move(self.table, at, self._open(at), NOW, answer_by=LATER)

    def _resize(self, at: str, person: int) -> None:
        seats = self.random.randint(1, 3)
        self.table.sessions[at] = replace(self.table.sessions[at], capacity_max=seats)
        session_changes.resize(self.table, at, self._open(at), NOW)

    def _lapse(self, at: str, person: int) -> None:
        self.table.lapse(LATER, REASONS)

    def _open(self, at: str) -> list[model.SignUp]:
        return [one for one in self.table.sign_ups.values() if one.is_open and one.session_id == at]

    def _now(self) -> datetime:
        return NOW + timedelta(seconds=self.number)


def test_walks_make_every_move_of_a_sign_up_and_no_other() -> None:
    made = _moves(_given_up_by_all())
    for seed in range(WALKS):
        walk = Walk(seed)
        for _ in range(STEPS):
            walk.step()
        made |= _moves(walk.table)
    in_table = {(before, after) for before, after, _ in MOVES[SignUp] if after}
    assert made == in_table


def _given_up_by_all() -> Seating:
    """Who waits takes a place that was given up by all in line: too rare for a walk."""
    table = seated(1, 2)
    table.leave("u0", "left", NOW)
    table.join("again", "s1", attendee(0), NOW, limit=LIMIT)
    table.leave("u1", "left", NOW)
    table.join("taken", "s1", attendee(0), NOW, limit=LIMIT)
    return table


def _moves(table: Seating) -> set[tuple[State | None, State | None]]:
    return {(before.state if before else None, after.state) for after, before in table.said}


@pytest.mark.parametrize("state", [SignUp.HELD, SignUp.WAITLISTED, SignUp.ACTIVE])
def test_a_sign_up_that_ended_stays_so(state: SignUp) -> None:
    table = seated(1, 1)
    ended = table.leave("u0", "left", NOW)
    with pytest.raises(ForbiddenMove, match=f"SignUp: ended to {state}"):
        ended.to(state)

"""Promises toward one need, moved at random as their states allow: the sums hold after each."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from doorpakken_events.coverage import covered
from doorpakken_registration.commitments.model.commitment import Commitment, State
from doorpakken_registration.commitments.model.moves import Move, allows
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from services.registration.tests.unit.test_commitment_moves import PROMISE

NOW, DUE = datetime(2023, 11, 1, tzinfo=UTC), date(2024, 1, 24)
OFFERS = {"one": 4, "two": 9}

Moved = Callable[[Commitment, int], Commitment]
MOVED: dict[Move, Moved] = {
    Move.ACCEPT: lambda one, amount: one.accepted(amount, DUE, "none", None, NOW),
    Move.CONSULT: lambda one, _: one.consulting(DUE, NOW),
    Move.PASS_ON: lambda one, amount: one.passed_on(f"person-{amount}", NOW),
    Move.DECLINE: lambda one, _: one.ended("declined", NOW),
    Move.STRIKE: lambda one, _: one.ended("entered_wrongly", NOW),
    Move.REPLAN: lambda one, _: one.replanned(DUE, NOW),
    Move.PROGRESS: lambda one, amount: one.progressed(amount),
    Move.DELIVER: lambda one, amount: one.delivered(amount, NOW),
    Move.CONFIRM: lambda one, amount: one.confirmed(amount, NOW),
    Move.DISPUTE: lambda one, _: one.disputed(NOW),
    Move.SETTLE: lambda one, amount: one.confirmed(amount, NOW),
    Move.WITHDRAW: lambda one, _: one.ended("withdrawn", NOW),
    Move.RELEASE: lambda one, _: one.ended("released", NOW),
}


class Promises(RuleBasedStateMachine):
    """Three owners promise toward one need that has two offers."""

    @initialize(offers=st.tuples(*[st.sampled_from(["one", "two", None])] * 3))
    def begin(self, offers: tuple[str | None, ...]) -> None:
        self.promises = [replace(PROMISE, id=f"{n}", offer_id=o) for n, o in enumerate(offers)]

    @rule(number=st.integers(0, 2), move=st.sampled_from([*MOVED]), amount=st.integers(1, 12))
    def move(self, number: int, move: Move, amount: int) -> None:
        before = self.promises[number]
        if not allows(before, move):
            return
        after = MOVED[move](before, amount)
        assert after.version == before.version + 1
        self.promises[number] = after

    @rule(number=st.integers(0, 2), fields=st.fixed_dictionaries({"person_id": st.none()}))
    def change_owner(self, number: int, fields: dict[str, Any]) -> None:
        before = self.promises[number]
        after = before.updated(**fields)
        assert after.share == before.share
        self.promises[number] = after

    @invariant()
    def sums_hold(self) -> None:
        if not hasattr(self, "promises"):
            return
        found = covered(15, OFFERS, [one.share for one in self.promises])
        assert found.offered >= found.committed >= found.delivered >= found.confirmed >= 0
        assert found.confirmed == sum(
            one.confirmed_amount or 0 for one in self.promises if one.state is State.CONFIRMED
        )


Promises.TestCase.settings = settings(max_examples=200, stateful_step_count=30)
TestPromises = Promises.TestCase

"""What a commitment allows in each state, and what each move leaves behind."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from doorpakken_events.coverage import Share
from doorpakken_registration.commitments.model.commitment import Commitment, State
from doorpakken_registration.commitments.model.moves import Move, allows

NOW = datetime(2023, 10, 26, 14, 40, tzinfo=UTC)
DUE, LATER = date(2024, 1, 24), date(2024, 2, 7)
PROMISE = Commitment(
    id="c",
    version=1,
    gathering_id="g",
    pitch_id="p",
    kind="promise",
    made_by="host",
    what="Stageplekken",
    how="",
    first_due=DUE,
    due=DUE,
    state=State.PROPOSED,
    made_at=NOW,
    asked_at=NOW,
    planned_at=NOW,
    need_id="n",
    person_id="pieter",
    asked_amount=5,
)
ACTION = replace(PROMISE, kind="action", need_id=None, asked_amount=None)

# The moves of each state, and which of them an action has not.
ALLOWED = {
    "proposed": "accept consult pass_on decline strike deliver release hand_over publish correct",
    "consulting": "accept consult pass_on decline deliver release hand_over publish correct",
    "accepted": "replan progress deliver withdraw release hand_over publish correct",
    "delivered": "confirm dispute hand_over publish correct",
    "disputed": "deliver settle withdraw hand_over publish correct",
    "confirmed": "publish correct",
    "ended": "publish correct",
}
OF_PROMISES = {"confirm", "dispute", "settle"}


@pytest.mark.parametrize("state", State)
def test_what_each_state_allows(state: State) -> None:
    allowed = set(ALLOWED[state].split())
    assert {*filter(lambda move: allows(_in(PROMISE, state), move), Move)} == allowed
    assert {*filter(lambda move: allows(_in(ACTION, state), move), Move)} == allowed - OF_PROMISES


def test_somebody_deliberates_twice_at_most() -> None:
    once = PROMISE.consulting(date(2023, 11, 20), NOW)
    assert allows(once, Move.CONSULT)
    assert not allows(once.consulting(date(2023, 12, 1), NOW), Move.CONSULT)


def test_it_is_passed_on_three_times_at_most_and_who_gets_it_may_deliberate_anew() -> None:
    found = PROMISE.consulting(date(2023, 11, 20), NOW).consulting(date(2023, 12, 1), NOW)
    for name in ("a", "b", "c"):
        assert allows(found, Move.PASS_ON)
        found = found.passed_on(name, NOW)
    assert not allows(found, Move.PASS_ON)
    assert (found.passed_by, found.person_id) == (("pieter", "a", "b"), "c")
    assert (found.state, found.asks, found.consulted) == (State.PROPOSED, 3, 0)


def test_what_was_answered_is_not_struck_out() -> None:
    assert allows(PROMISE, Move.STRIKE)
    assert not allows(PROMISE.passed_on("marloes", NOW), Move.STRIKE)


def test_the_amount_and_date_of_its_owner_count() -> None:
    found = PROMISE.accepted(3, LATER, "with_name", None, NOW)
    assert (found.asked_amount, found.amount, found.first_due, found.due) == (5, 3, LATER, LATER)
    assert found.share == Share("accepted", 3)
    moved = found.replanned(date(2024, 3, 1), NOW)
    assert (moved.first_due, moved.due, moved.replans) == (LATER, date(2024, 3, 1), 1)


@pytest.mark.parametrize("reason", ["withdrawn", "released", "pitch_withdrawn"])
def test_what_was_done_is_not_lost_when_it_ends(reason: str) -> None:
    found = _accepted().progressed(2).ended(reason, NOW)
    assert (found.state, found.delivered_amount, found.reason) == (State.DELIVERED, 2, None)
    empty = _accepted().ended(reason, NOW)
    assert (empty.state, empty.reason) == (State.ENDED, reason)


def test_what_was_disputed_and_is_stopped_counts_for_nothing() -> None:
    found = _accepted().delivered(3, NOW).disputed(NOW).ended("not_delivered", NOW)
    assert found.state is State.ENDED
    assert found.share.committed == 0


def test_an_action_that_is_done_is_confirmed() -> None:
    found = ACTION.accepted(None, DUE, "none", None, NOW).delivered(None, NOW)
    assert (found.state, found.confirmed_at) == (State.CONFIRMED, NOW)


def test_done_without_a_yes_before_is_a_promise_of_that_much() -> None:
    found = PROMISE.delivered(4, NOW)
    assert (found.amount, found.share.committed, found.share.delivered) == (4, 4, 4)


def _accepted() -> Commitment:
    return PROMISE.accepted(5, DUE, "none", None, NOW)


def _in(commitment: Commitment, state: State) -> Commitment:
    answered_at = None if state is State.PROPOSED else NOW
    return replace(commitment, state=state, answered_at=answered_at)

"""When the timer of a commitment says what, in Amsterdam, and the marks that follow."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from doorpakken_registration.commitments.model.commitment import Commitment, State, Told
from doorpakken_registration.commitments.model.due import (
    Mark,
    at_nine,
    marks,
    moments,
    next_at,
    untold,
)

from services.registration.tests.unit.test_commitment_moves import PROMISE

DUE = date(2024, 1, 24)
ACCEPTED = replace(PROMISE, state=State.ACCEPTED, amount=5, due=DUE)
DELIVERED = replace(PROMISE, state=State.DELIVERED, delivered_at=at_nine(DUE))
CONSULTING = replace(PROMISE, state=State.CONSULTING, consult_until=DUE)


@pytest.mark.parametrize(
    ("commitment", "days"),
    [
        (PROMISE, ["10-31", "11-07", "11-14"]),
        (CONSULTING, ["01-24"]),
        (ACCEPTED, ["01-17", "01-23", "01-25", "01-31", "02-07"]),
        (DELIVERED, ["01-31", "02-14"]),
        (replace(PROMISE, state=State.DISPUTED), []),
        (replace(PROMISE, state=State.CONFIRMED), []),
        (replace(PROMISE, state=State.ENDED), []),
    ],
)
def test_the_days_of_each_state(commitment: Commitment, days: list[str]) -> None:
    found = moments(commitment)
    assert [f"{one.at:%m-%d}" for one in found] == days
    # Nine o'clock in Amsterdam in winter.
    assert {one.at.hour for one in found} <= {8}


def test_nine_in_amsterdam_is_an_hour_earlier_in_summer() -> None:
    before, after = at_nine(date(2023, 10, 28)), at_nine(date(2023, 10, 29))
    assert (before.hour, after.hour) == (7, 8)


def test_a_promise_for_next_week_is_not_announced_a_week_before() -> None:
    for days, first in ((9, "day_before"), (10, "week_before")):
        planned_at = at_nine(DUE - timedelta(days=days))
        assert moments(replace(ACCEPTED, planned_at=planned_at))[0].what == first


def test_only_the_newest_is_said_and_each_once() -> None:
    found, said = ACCEPTED, []
    day = DUE - timedelta(days=40)
    # The timer was late by six weeks, and then by three days at a time.
    for now in (at_nine(day + timedelta(days=days)) for days in (39, 39, 42, 45, 48, 60, 90)):
        if moment := untold(found, now):
            said.append(moment.what)
            found = replace(found, told=(*found.told, Told(moment.what, moment.due, now)))
    assert said == ["day_before", "past_1", "past_7", "past_14"]


def test_a_clock_that_is_moved_back_repeats_nothing() -> None:
    late = at_nine(DUE + timedelta(days=30))
    found = replace(ACCEPTED, told=(Told("past_14", DUE, late),))
    for days in range(-40, 40):
        assert untold(found, at_nine(DUE + timedelta(days=days))) is None


def test_another_date_is_announced_anew() -> None:
    found = replace(ACCEPTED, told=(Told("past_1", DUE, at_nine(DUE)),))
    moved = replace(found, due=DUE + timedelta(days=30))
    moment = untold(moved, at_nine(moved.due - timedelta(days=7)))
    assert moment
    assert (moment.what, moment.due) == ("week_before", moved.due)


def test_the_timer_is_set_to_the_next_moment() -> None:
    assert next_at(ACCEPTED, at_nine(DUE)) == at_nine(DUE + timedelta(days=1))
    assert next_at(ACCEPTED, at_nine(DUE + timedelta(days=14))) is None


def _evening(day: date) -> datetime:
    """A minute to midnight in Amsterdam, in winter."""
    return datetime(day.year, day.month, day.day, 22, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("commitment", "last_day", "mark"),
    [
        (PROMISE, date(2023, 11, 14), Mark.NO_ANSWER),
        (ACCEPTED, DUE, Mark.PAST_DATE),
        (ACCEPTED, DUE + timedelta(days=14), Mark.WAITS_FOR_DATE),
        (DELIVERED, DUE + timedelta(days=21), Mark.NOT_CONFIRMED),
    ],
)
def test_a_mark_comes_at_midnight(commitment: Commitment, last_day: date, mark: Mark) -> None:
    evening = _evening(last_day)
    assert mark not in marks(commitment, evening)
    assert mark in marks(commitment, evening + timedelta(minutes=1))


def test_an_open_promise_without_a_person_has_no_owner() -> None:
    now = _evening(DUE)
    nobodys = replace(PROMISE, person_id=None)
    assert Mark.NO_OWNER in marks(nobodys, now)
    assert marks(replace(nobodys, state=State.CONFIRMED), now) == set()

"""When the outcome of a session is asked, in Amsterdam, and what of it changes."""

from datetime import UTC, date, datetime, timedelta

import pytest
from doorpakken_registration.commitments.model.commitment import Told
from doorpakken_registration.outcomes.model import asking
from doorpakken_registration.outcomes.model.outcome import Outcome, State

DAY = date(2023, 10, 26)
NINE = {"morning": "2023-10-27T07:00", "third": "2023-10-29T08:00", "seventh": "2023-11-02T08:00"}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_it_is_asked_at_nine_also_when_the_clock_goes_back_between() -> None:
    moments, now = [], at("2023-10-26T15:00")
    while next_at := asking.next_at(DAY, now, is_done=False):
        moments.append(next_at)
        now = next_at
    assert moments[:3] == [at(one) for one in NINE.values()]
    assert moments[3:] == [asking.names_go_at(DAY)]
    assert asking.next_at(DAY, at("2023-10-26T15:00"), is_done=True) == asking.names_go_at(DAY)


@pytest.mark.parametrize(
    ("now", "what"),
    [
        ("2023-10-26T15:00", None),
        ("2023-10-27T06:59", None),
        ("2023-10-27T07:00", "morning_after"),
        ("2023-10-29T07:59", "morning_after"),
        ("2023-10-29T08:00", "after_3_days"),
        ("2023-11-02T07:59", "after_3_days"),
        ("2023-11-02T08:00", "after_7_days"),
        ("2024-01-01T08:00", "after_7_days"),
    ],
)
def test_the_newest_that_is_due_is_said(now: str, what: str | None) -> None:
    moment = asking.untold(DAY, (), at(now))
    assert (moment.what if moment else None) == what


def test_each_is_said_once_also_when_the_clock_is_moved_back() -> None:
    told: list[Told] = []
    for text in (NINE["third"], NINE["morning"], NINE["third"], NINE["seventh"], NINE["third"]):
        now = at(text)
        if moment := asking.untold(DAY, told, now):
            told.append(Told(moment.what, moment.due, now))
    assert [one.what for one in told] == ["after_3_days", "after_7_days"]
    assert asking.was_asked_last(DAY, told) == told[-1]


def test_a_session_that_was_moved_is_asked_about_anew() -> None:
    moved = DAY + timedelta(days=14)
    told = [Told("morning_after", DAY, at(NINE["morning"]))]
    moment = asking.untold(moved, told, asking.names_go_at(DAY) + timedelta(days=1))
    assert moment
    assert (moment.what, moment.due) == ("morning_after", moved)


def test_who_came_changes_by_differences() -> None:
    found = Outcome("s", "g", came=("a", "b"), others=("Cor",))
    after = found.with_people(came=("c", "a"), absent=("b",), names=("Daan",), dropped=("Cor",))
    assert (after.came, after.others) == (("a", "c"), ("Daan",))
    gone = after.without_names()
    assert (gone.others, gone.other_count) == ((), 1)


def test_a_reason_goes_with_the_first_line() -> None:
    now = at(NINE["morning"])
    done = Outcome("s", "g").done("Niemand had tijd", None, now)
    assert (done.state, done.why_nothing, done.reported_at) == (State.DONE, "Niemand had tijd", now)
    assert done.with_lines(("line",)).why_nothing is None
    again = done.done("Anders", None, now + timedelta(days=1))
    assert (again.why_nothing, again.reported_at) == ("Anders", now)

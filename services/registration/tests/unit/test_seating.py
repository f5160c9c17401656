"""Seats by rule: whatever people do in whatever order, no seat is given twice or lost."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from doorpakken_registration.seats.holds import REASONS
from doorpakken_registration.seats.model.line import Line, LineTooShort
from doorpakken_registration.seats.model.seat_rules import SeatRefused
from doorpakken_registration.seats.model.seating import Seating
from doorpakken_registration.seats.model.sign_up import SignUp
from hypothesis import given
from hypothesis import strategies as st

from services.registration.tests.unit.seats import (
    LATER,
    LIMIT,
    NOW,
    PEOPLE,
    SESSIONS,
    attendee,
    seated,
    seating,
    session,
    states_of,
)


def test_places_in_line_count_from_one_without_gaps() -> None:
    table = seating(session(1, seats=1))
    made = [table.join(f"u{n}", "s1", attendee(n), NOW, limit=LIMIT) for n in range(4)]
    assert [one.place for one in made] == [None, 1, 2, 3]
    assert [one.state for one in made] == ["active", "waitlisted", "waitlisted", "waitlisted"]


def test_a_place_in_line_may_overlap_a_seat() -> None:
    table = seating(session(1, seats=1), session(2, seats=1))
    table.join("u0", "s2", attendee(0), NOW, limit=LIMIT)
    table.join("u1", "s1", attendee(1), NOW, limit=LIMIT)
    waits = table.join("u2", "s2", attendee(1), NOW, limit=LIMIT)
    assert waits.state == "waitlisted"


def test_sessions_that_touch_do_not_overlap() -> None:
    table = seating(session(1, hours=24), session(2, hours=26), session(3, hours=25))
    table.join("u1", "s1", attendee(1), NOW, limit=3)
    table.join("u2", "s2", attendee(1), NOW, limit=3)
    with pytest.raises(SeatRefused, match="sessions-overlap"):
        table.join("u3", "s3", attendee(1), NOW, limit=3)


def test_a_trial_leaves_no_trace() -> None:
    table = seating(session(1))
    table.fork().join("u1", "s1", attendee(1), NOW, limit=LIMIT)
    assert (table.sessions["s1"].taken, table.sign_ups, table.said) == (0, {}, [])


def test_a_place_given_up_is_offered_to_the_next_in_line_and_not_given() -> None:
    table = seated(1, 3)
    table.leave("u0", "left", NOW)
    assert states_of(table, 0, 1, 2) == ["ended", "offered", "waitlisted"]
    assert (table.sessions["s1"].taken, table.sessions["s1"].waiting) == (1, 1)
    assert table.sign_ups["u1"].hold_until == NOW + timedelta(hours=48)
    assert table.join("x", "s1", attendee(1), NOW, limit=LIMIT).state == "active"
    assert table.sign_ups["u1"].place is None


def test_a_place_never_returns_to_those_who_gave_it_up() -> None:
    table = seated(1, 2)
    table.leave("u0", "left", NOW)
    table.join("again", "s1", attendee(0), NOW, limit=LIMIT)
    table.leave("u1", "declined", NOW)
    # Only who gave it up stands in line: the place is open to everybody, themselves included.
    assert table.sign_ups["again"].state == "waitlisted"
    assert table.sessions["s1"].seats_left == 1
    assert table.join("u5", "s1", attendee(5), NOW, limit=LIMIT).state == "active"


def test_who_sits_elsewhere_at_that_time_is_skipped_and_keeps_the_place() -> None:
    table = seated(1, 3)
    table.sessions["s2"] = session(2, hours=241)
    table.lines["s2"] = Line(is_whole=True)
    table.join("busy", "s2", attendee(1), NOW, limit=LIMIT)
    table.leave("u0", "left", NOW)
    assert states_of(table, 1, 2) == ["waitlisted", "offered"]
    assert table.sign_ups["u1"].place == 1
    table.leave("u2", "declined", NOW)
    assert table.sessions["s1"].seats_left == 1
    # As soon as they could come, the place that is still free is offered to them.
    table.leave("busy", "left", NOW)
    assert states_of(table, 1) == ["offered"]


def test_more_of_a_line_is_asked_for_when_those_known_cannot_have_the_place() -> None:
    table = seated(1, 2)
    table.lines["s1"] = Line(is_whole=False)
    with pytest.raises(LineTooShort, match="s1"):
        table.leave("u0", "left", NOW)


def test_a_hold_lapses_and_its_place_goes_on() -> None:
    table = seated(0, 1)
    table.sessions["s1"] = replace(table.sessions["s1"], capacity_max=1)
    held = table.hold("h", "s1", attendee(3), NOW, limit=LIMIT, until=LATER, wave_id="w", score=5)
    assert held is not None
    assert (held.state, held.hold_until, table.sessions["s1"].lapses_at) == ("held", LATER, LATER)
    table.lapse(LATER - timedelta(seconds=1), REASONS)
    assert table.sign_ups["h"].state == "held"
    table.lapse(LATER, REASONS)
    assert (table.sign_ups["h"].reason, states_of(table, 0)) == ("hold_lapsed", ["offered"])


def test_what_is_not_held() -> None:
    table = seated(1, 1)
    table.sessions["s2"] = session(2, hours=241)
    table.sessions["s3"] = replace(session(3, hours=300), host="p3")

    def hold(session_id: str, person: int, until: datetime = LATER) -> SignUp | None:
        return table.hold(
            f"h{session_id}",
            session_id,
            attendee(person),
            NOW,
            limit=LIMIT,
            until=until,
            wave_id="w",
            score=1,
        )

    assert hold("s1", 3) is None  # full
    assert hold("s2", 0) is None  # sits elsewhere at that time
    assert hold("s3", 3) is None  # leads it
    assert hold("s2", 3, until=NOW) is None  # too late
    assert hold("s2", 3) is not None
    assert hold("s2", 3) is None  # once


def test_a_seat_handed_over_passes_nobody_in_line() -> None:
    table = seated(1, 2)
    moved = table.hand_over(table.sign_ups["u0"], "m", attendee(4), NOW, limit=LIMIT)
    assert (moved.state, table.sign_ups["u0"].reason) == ("active", "handed_over")
    assert (states_of(table, 1), table.sessions["s1"].taken) == (["waitlisted"], 1)
    with pytest.raises(SeatRefused, match="already-signed-up"):
        table.hand_over(moved, "x", attendee(4), NOW, limit=LIMIT)


def test_who_does_not_know_any_more_keeps_the_seat_until_answers_are_due() -> None:
    table = seated(1, 2)
    table.unsure(table.sign_ups["u0"], LATER, NOW)
    assert (states_of(table, 0), table.sign_ups["u0"].hold_until) == (["held"], LATER)
    table.join("x", "s1", attendee(0), NOW, limit=LIMIT)
    table.unsure(table.sign_ups["u0"], NOW, NOW)
    assert (table.sign_ups["u0"].reason, states_of(table, 1)) == ("maybe", ["offered"])


STEPS = st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, SESSIONS - 1), st.booleans())


@given(st.lists(STEPS, max_size=60))
def test_counts_are_what_the_sign_ups_say(steps: list[tuple[int, int, bool]]) -> None:
    # Sessions 0 and 1 are at the same time.
    table = seating(*(session(n, seats=n % 2 + 1, hours=24 * max(1, n)) for n in range(SESSIONS)))
    for number, (person, at, is_joining) in enumerate(steps):
        _step(table, number, person, at, is_joining)
        check_counts(table)


def _step(table: Seating, number: int, person: int, at: int, is_joining: bool) -> None:
    if is_joining:
        try:
            table.join(f"u{number}", f"s{at}", attendee(person), NOW, limit=LIMIT)
        except SeatRefused:
            return
        return
    for sign_up in table.open_at(attendee(person)):
        if sign_up.session_id == f"s{at}":
            table.leave(sign_up.id, "left", NOW)


def check_counts(table: Seating) -> None:
    for one in table.sessions.values():
        here = [up for up in table.sign_ups.values() if up.session_id == one.id and up.is_open]
        waiting = [up.place for up in here if up.is_waiting]
        assert one.taken == sum(up.is_taken for up in here) <= one.capacity_max
        assert one.waiting == len(waiting) == len(set(waiting))
        assert one.offered == sum(up.is_offered for up in here)
        assert all(place and place < one.next_place for place in waiting)
    for calendar in table.calendars.values():
        seats = [entry for entry in calendar.entries if entry.is_taken]
        assert len(calendar.entries) <= LIMIT
        assert not any(
            first is not other and first.overlaps(other.starts_at, other.ends_at)
            for first in seats
            for other in seats
        )

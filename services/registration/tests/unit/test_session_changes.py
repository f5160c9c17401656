"""What becomes of seats when a session moves, grows, shrinks or is led by another."""

from dataclasses import replace
from datetime import timedelta

import pytest
from doorpakken_registration.seats.holds import REASONS
from doorpakken_registration.seats.model import session_changes
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
    states_of,
)


def test_a_smaller_room_takes_no_active_seat_and_the_least_sure_hold_first() -> None:
    table = seating(session(1, seats=5, hours=240))
    table.join("u0", "s1", attendee(0), NOW, limit=LIMIT)
    for number, score in ((1, 800), (2, 300), (3, 500)):
        table.hold(
            f"u{number}",
            "s1",
            attendee(number),
            NOW,
            limit=LIMIT,
            until=LATER,
            wave_id="w",
            score=score,
        )
    _resize(table, 2)
    assert states_of(table, 0, 1, 2, 3) == ["active", "held", "ended", "ended"]
    assert [one.id for one, _ in table.said[-2:]] == ["u2", "u3"]
    _resize(table, 0)
    assert states_of(table, 0, 1) == ["active", "ended"]
    assert table.sessions["s1"].over_by == 1
    with pytest.raises(SeatRefused, match="already-signed-up"):
        table.join("again", "s1", attendee(0), NOW, limit=LIMIT)
    assert table.join("u4", "s1", attendee(4), NOW, limit=LIMIT).state == "waitlisted"


def test_who_was_offered_a_place_that_is_gone_stands_in_line_where_they_stood() -> None:
    table = seated(2, 4)
    table.leave("u0", "left", NOW)
    assert states_of(table, 1, 2, 3) == ["active", "offered", "waitlisted"]
    _resize(table, 1)
    [again] = [one for one, before in table.said if before is None and one.attendee_id == "a2"][1:]
    assert (again.state, again.place, table.sign_ups["u3"].place) == ("waitlisted", 1, 2)
    assert (table.sessions["s1"].taken, table.sessions["s1"].waiting) == (1, 2)


def test_a_larger_room_is_offered_to_the_line() -> None:
    table = seated(1, 4)
    _resize(table, 3)
    assert states_of(table, 0, 1, 2, 3) == ["active", "offered", "offered", "waitlisted"]


def test_a_session_moved_onto_another_puts_the_later_sign_up_in_conflict() -> None:
    table = seating(session(1, hours=240), session(2, hours=300))
    table.join("first", "s1", attendee(0), NOW, limit=LIMIT)
    table.join("second", "s2", attendee(0), NOW + timedelta(minutes=1), limit=LIMIT)
    _move(table, "s1", 300)
    assert [table.sign_ups[one].state for one in ("first", "second")] == ["active", "conflict"]
    assert table.sign_ups["second"].hold_until == LATER
    assert table.sessions["s2"].taken == 1
    _move(table, "s1", 240)
    assert table.sign_ups["second"].state == "active"
    assert table.sign_ups["second"].hold_until is None


def test_leaving_the_one_ends_the_conflict_and_time_ends_it_too() -> None:
    for ends_by_choice in (True, False):
        table = seating(session(1, hours=240), session(2, hours=300))
        table.join("first", "s1", attendee(0), NOW, limit=LIMIT)
        table.join("second", "s2", attendee(0), NOW + timedelta(minutes=1), limit=LIMIT)
        _move(table, "s1", 300)
        if ends_by_choice:
            table.leave("first", "left", NOW)
            assert table.sign_ups["second"].state == "active"
        else:
            table.lapse(LATER, REASONS)
            assert table.sign_ups["second"].reason == "conflict_lapsed"
            assert table.sign_ups["first"].state == "active"


def test_who_leads_a_session_has_no_seat_in_it() -> None:
    table = seated(1, 2)
    sign_ups = [*table.sign_ups.values()]
    table.sessions["s1"] = replace(table.sessions["s1"], host="p0")
    session_changes.change_host(table, "p0", sign_ups, NOW)
    assert (table.sign_ups["u0"].reason, states_of(table, 1)) == ("leads_session", ["offered"])
    with pytest.raises(SeatRefused, match="leads-session"):
        table.join("again", "s1", attendee(0), NOW, limit=LIMIT)


def _resize(table: Seating, seats: int) -> None:
    table.sessions["s1"] = replace(table.sessions["s1"], capacity_max=seats)
    sign_ups = [one for one in table.sign_ups.values() if one.is_open]
    session_changes.resize(table, "s1", sign_ups, NOW)


def _move(table: Seating, session_id: str, hours: int) -> None:
    starts_at = NOW + timedelta(hours=hours)
    table.sessions[session_id] = replace(
        table.sessions[session_id], starts_at=starts_at, ends_at=starts_at + timedelta(hours=2)
    )
    here = [one for one in table.sign_ups.values() if one.is_open and one.session_id == session_id]
    session_changes.move(table, session_id, here, NOW, answer_by=LATER)

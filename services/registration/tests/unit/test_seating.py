"""Seats by rule: whatever people do in whatever order, no seat is given twice or lost."""

from datetime import UTC, datetime, timedelta

import pytest
from doorpakken_registration.model.attendee import Attendee
from doorpakken_registration.model.seating import Seating, SeatRefused
from doorpakken_registration.model.session import Session
from hypothesis import given
from hypothesis import strategies as st

NOW = datetime(2023, 10, 10, 9, tzinfo=UTC)
LIMIT = 2
PEOPLE = 6
SESSIONS = 4


def attendee(number: int) -> Attendee:
    return Attendee(
        id=f"a{number}",
        version=1,
        gathering_id="g",
        person_id=f"p{number}",
        kind="other",
        organisation_id=None,
        language="nl",
        availability=(),
        interests=(),
        offers=(),
        state="checked_in",
        registered_at=NOW,
    )


def session(number: int, *, seats: int = 2, hours: int = 24) -> Session:
    starts_at = NOW + timedelta(hours=hours)
    return Session(
        id=f"s{number}",
        version=1,
        gathering_id="g",
        run_id="r",
        pitch_id="p",
        host=None,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        place="Zaal",
        address="",
        link=None,
        capacity_min=1,
        capacity_max=seats,
        state="scheduled",
        reason=None,
    )


def seating(*sessions: Session) -> Seating:
    return Seating({one.id: one for one in sessions}, {}, {})


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


STEPS = st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, SESSIONS - 1), st.booleans())


@given(st.lists(STEPS, max_size=60))
def test_counts_are_what_the_sign_ups_say(steps: list[tuple[int, int, bool]]) -> None:
    # Sessions 0 and 1 are at the same time.
    table = seating(*(session(n, seats=n % 2 + 1, hours=24 * max(1, n)) for n in range(SESSIONS)))
    for number, (person, at, is_joining) in enumerate(steps):
        _step(table, number, person, at, is_joining)
        _check(table)


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


def _check(table: Seating) -> None:
    for one in table.sessions.values():
        here = [up for up in table.sign_ups.values() if up.session_id == one.id and up.is_open]
        waiting = [up.place for up in here if not up.is_active]
        assert one.taken == sum(up.is_active for up in here) <= one.capacity_max
        assert one.waiting == len(waiting) == len(set(waiting))
        assert all(place and place < one.next_place for place in waiting)
    for calendar in table.calendars.values():
        seats = [entry for entry in calendar.entries if entry.is_active]
        assert len(calendar.entries) <= LIMIT
        assert not any(
            first is not other and first.overlaps(other.starts_at, other.ends_at)
            for first in seats
            for other in seats
        )

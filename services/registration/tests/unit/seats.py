"""People, sessions and seatings for the tests of seats."""

from datetime import UTC, datetime, timedelta

from doorpakken_events import states
from doorpakken_registration.gatherings.model.attendee import Attendee
from doorpakken_registration.seats.model.line import Line
from doorpakken_registration.seats.model.seating import Seating
from doorpakken_registration.seats.model.session import Session

NOW = datetime(2023, 10, 10, 9, tzinfo=UTC)
LATER = NOW + timedelta(days=5)
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
        state=states.Attendee.CHECKED_IN,
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
        state=states.Session.SCHEDULED,
        reason=None,
    )


def seating(*sessions: Session) -> Seating:
    whole = {one.id: Line(is_whole=True) for one in sessions}
    return Seating({one.id: one for one in sessions}, {}, {}, whole)


def seated(seats: int, people: int) -> Seating:
    """One session with so many seats, and so many people who asked for one."""
    table = seating(session(1, seats=seats, hours=240))
    for number in range(people):
        table.join(f"u{number}", "s1", attendee(number), NOW, limit=LIMIT)
    return table


def states_of(table: Seating, *numbers: int) -> list[str]:
    return [table.sign_ups[f"u{number}"].state for number in numbers]

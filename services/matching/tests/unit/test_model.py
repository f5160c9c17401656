"""Places, times, folds and the run's id."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from doorpakken_events.registration import (
    AttendeeCheckedIn,
    AttendeeRegistered,
    AttendeeState,
    AttendeeUpdated,
    PersonContact,
)
from doorpakken_matching.model.arrival import has_arrived
from doorpakken_matching.model.availability import can_come
from doorpakken_matching.model.deadline import answer_by
from doorpakken_matching.model.places import Room, Slot, sessions_that_fit
from doorpakken_matching.model.problem import Parameters
from doorpakken_matching.store.heard import kept_of

from services.matching.tests.unit.problems import START, attendee, pitch, problem, slot

TUESDAY_MORNING = datetime(2023, 10, 17, 8, tzinfo=UTC)
WEDNESDAY_EVENING = datetime(2023, 10, 18, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("entries", "tuesday", "wednesday"),
    [
        ((), True, True),
        (("ik weet het nog niet",), True, True),
        (("tuesday",), True, False),
        (("woensdagavond",), False, True),
        (("ma-avond", "wo-avond"), False, True),
        (("doordeweeks, overdag of 's ochtends",), True, False),
        (("weekend",), False, False),
        (("weekday_evening",), False, True),
        (("tue", "wed evening"), True, True),
    ],
)
def test_availability_is_read_from_days_and_parts_of_the_day(
    entries: tuple[str, ...], tuesday: bool, wednesday: bool
) -> None:
    assert can_come(entries, TUESDAY_MORNING) is tuesday
    assert can_come(entries, WEDNESDAY_EVENING) is wednesday


def test_slots_that_touch_do_not_overlap() -> None:
    assert not slot("a", hours=2).overlaps(slot("b", after_hours=2))
    assert slot("a", hours=2.5).overlaps(slot("b", after_hours=2))


@pytest.mark.parametrize(
    ("days_before", "expected"),
    [
        (11, START - timedelta(days=6)),  # five days after publishing
        (3, START - timedelta(days=1)),  # a day before the first session
        (0.5, START - timedelta(days=0.25)),  # too late for that: halfway
    ],
)
def test_people_have_five_days_and_hosts_their_day(days_before: float, expected: datetime) -> None:
    now = START - timedelta(days=days_before)
    later = START + timedelta(days=9)
    assert answer_by(now, [later, START], days=5, hours_before=24) == expected


def test_the_run_id_tells_inputs_and_parameters_apart() -> None:
    one = problem((attendee("a"), attendee("b")), (pitch("p"),))
    same = problem((attendee("b"), attendee("a")), (pitch("p"),))
    assert one.run_id == same.run_id
    assert len(one.run_id) == 64
    others = [
        problem((attendee("a"),), (pitch("p"),)),
        problem((attendee("a"), attendee("b")), (pitch("p"),), parameters=Parameters(seats_max=1)),
        one.model_copy(update={"previous_run": "earlier"}),
        one.model_copy(update={"answer_by": START}),
    ]
    assert len({one.run_id, *(other.run_id for other in others)}) == 5


def _attendee_story() -> list[AttendeeState]:
    fields = attendee("a").model_dump()
    before = fields | {"checked_in_at": None, "state": "registered"}
    return [
        AttendeeRegistered.model_validate(before),
        AttendeeUpdated.model_validate(before | {"interests": ("koken",)}),
        AttendeeCheckedIn.model_validate(fields | {"interests": ("koken",)}),
        AttendeeUpdated.model_validate(fields | {"interests": ("koken", "taal")}),
    ]


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_somebody_arrives_once_in_any_order_of_their_events(order: tuple[int, ...]) -> None:
    story = _attendee_story()
    state: AttendeeState | None = None
    version = arrivals = 0
    for newer in order:
        if state is None or newer > version:
            arrivals += has_arrived(state, story[newer])
            state, version = story[newer], newer
    assert arrivals == 1


def test_of_a_contact_only_the_name_is_kept() -> None:
    contact = PersonContact(
        person_id="p", name="Zoë Klaver", email="zoe@bewoner.example", language="nl"
    )
    assert kept_of(contact) == {"name": "Zoë Klaver"}


def test_as_many_sessions_fit_as_rooms_times_slots_that_do_not_overlap() -> None:
    rooms = [Room(room_id=name, name=name, capacity=8) for name in "ab"]
    begin = datetime(2023, 10, 26, 13, tzinfo=UTC)
    slots = [
        Slot(
            slot_id=f"{at}",
            starts_at=begin + timedelta(hours=at),
            ends_at=begin + timedelta(hours=at + 2),
        )
        for at in (0, 1, 2, 5)
    ]
    assert sessions_that_fit(slots, rooms) == 6
    assert (sessions_that_fit(slots, []), sessions_that_fit([], rooms)) == (0, 0)

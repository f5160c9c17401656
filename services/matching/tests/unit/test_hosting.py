"""Who is asked for which time: once, again when it moves, and not when they wished for it."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from doorpakken_events import states
from doorpakken_events.moves import MOVES, ForbiddenMove, State
from doorpakken_matching.model.agenda import Agenda, Booking
from doorpakken_matching.model.hosting import Hosting, hosting_id_of
from doorpakken_matching.model.places import Cell, Room, Slot

NOW = datetime(2026, 10, 6, 9, tzinfo=UTC)
LARGE = Room(room_id="large", name="Zaal Ara", capacity=12)
SMALL = Room(room_id="small", name="Atelier", capacity=8)


def slot(day: int, name: str = "") -> Slot:
    """Two hours on a day."""
    starts_at = NOW + timedelta(days=day)
    ends_at = starts_at + timedelta(hours=2)
    return Slot(slot_id=name or f"day-{day}", starts_at=starts_at, ends_at=ends_at)


def asked(**more: object) -> Hosting:
    """Somebody asked for day 1, who may choose day 2."""
    fields = {
        "hosting_id": "h",
        "version": 1,
        "gathering_id": "g",
        "session_id": "s",
        "person_id": "p",
        "ask": 1,
        "starts_at": slot(1).starts_at,
        "ends_at": slot(1).ends_at,
        "other_slots": (slot(2),),
        "asked_at": NOW,
    }
    return Hosting.model_validate(fields | more)


def test_one_person_and_one_session_have_one_id() -> None:
    assert hosting_id_of("s", "p") == hosting_id_of("s", "p")
    assert len({hosting_id_of("s", "p"), hosting_id_of("s", "q"), hosting_id_of("t", "p")}) == 3


def test_the_same_answer_again_is_no_change() -> None:
    yes = asked().answered("yes", None, NOW)
    assert (yes.version, yes.state) == (2, "yes")
    assert yes.answered("yes", None, NOW + timedelta(hours=1)) is yes
    assert yes.answered("no", None, NOW).version == 3


def test_another_time_is_asked_again() -> None:
    yes = asked().answered("yes", None, NOW)
    moved = yes.asked_about(slot(3).starts_at, slot(3).ends_at, (), NOW)
    assert (moved.ask, moved.state, moved.answered_at, moved.version) == (2, "asked", None, 3)


def test_the_time_they_wished_for_is_a_yes() -> None:
    wish = asked().answered("other_slot", "day-2", NOW)
    moved = wish.asked_about(slot(2).starts_at, slot(2).ends_at, (), NOW)
    assert (moved.ask, moved.state, moved.slot_id, moved.answered_at) == (2, "yes", None, NOW)
    elsewhere = wish.asked_about(slot(3).starts_at, slot(3).ends_at, (), NOW)
    assert elsewhere.state == "asked"


def test_who_was_replaced_is_asked_again_even_for_the_same_time() -> None:
    gone = asked().answered("yes", None, NOW).replaced()
    assert gone.state == "replaced"
    assert gone.replaced() is gone
    assert not gone.stands_for(slot(1).starts_at, slot(1).ends_at)
    assert asked().stands_for(slot(1).starts_at, slot(1).ends_at)


def agenda(*bookings: Booking, days: int = 8) -> Agenda:
    """Two rooms and a slot a day."""
    return Agenda((LARGE, SMALL), tuple(slot(day) for day in range(1, days + 1)), bookings)


def booked(session_id: str, day: int, room: Room, host: str = "p", seats: int = 8) -> Booking:
    """A session to come."""
    return Booking(session_id, host, seats, Cell(slot(day), room))


def ids(slots: tuple[Slot, ...]) -> list[str]:
    """The ids in order."""
    return [one.slot_id for one in slots]


def test_the_first_five_other_times_are_offered() -> None:
    free = agenda(booked("s", 1, SMALL)).other_slots("s", "p")
    assert ids(free) == ["day-2", "day-3", "day-4", "day-5", "day-6"]


def test_a_time_without_a_fitting_room_is_not_offered() -> None:
    full = (booked("t", 2, SMALL, "q"), booked("u", 2, LARGE, "r"))
    assert ids(agenda(booked("s", 1, SMALL), *full, days=3).other_slots("s", "p")) == ["day-3"]
    large = (booked("s", 1, LARGE, seats=12), booked("u", 2, LARGE, "r"))
    assert ids(agenda(*large, days=3).other_slots("s", "p")) == ["day-3"]


def test_a_time_at_which_they_lead_something_else_is_not_offered() -> None:
    busy = booked("t", 2, LARGE, "p")
    assert ids(agenda(booked("s", 1, SMALL), busy, days=3).other_slots("s", "p")) == ["day-3"]


def test_walks_make_every_move_of_a_request_and_no_other() -> None:
    random, made = Random(1), set[tuple[State | None, State | None]]()
    for _ in range(50):
        before: Hosting | None = None
        after = asked()
        for day in range(20):
            if after is not before:
                made.add((before.state if before else None, after.state))
            before = after
            after = random.choice(_next(before, day))
    in_table = {(before, after) for before, after, _ in MOVES[states.Hosting] if after}
    assert made == in_table


def _next(before: Hosting, day: int) -> list[Hosting]:
    """What may become of a request; who was replaced gives no answer any more."""
    moved = before.asked_about(slot(day).starts_at, slot(day).ends_at, (slot(day + 1),), NOW)
    if before.is_replaced:
        return [moved]
    wished = f"day-{day}"
    answers = (("yes", None), ("no", None), ("other_slot", wished), ("other_slot", "day-1"))
    return [
        moved,
        before.replaced(),
        *(before.answered(word, slot_id, NOW) for word, slot_id in answers),
    ]


def test_who_was_replaced_cannot_answer() -> None:
    with pytest.raises(ForbiddenMove, match="Hosting: replaced to yes"):
        asked().replaced().answered("yes", None, NOW)

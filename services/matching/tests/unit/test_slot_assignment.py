"""Sessions find a place wherever there is one, and a pitch without one is told why."""

from collections import Counter

from doorpakken_matching.model.problem import Kept
from doorpakken_matching.planning.slot_assignment import place

from services.matching.tests.unit.problems import pitch, problem, room, slot

ROOMS = (room("Zaal Ara", 12), room("Atelier", 8), room("Zaal Reiger", 10), room("Keuken", 10))
SLOTS = tuple(slot(name, after_hours=24 * day) for day, name in enumerate("ABCD"))


def test_six_pitches_fit_four_rooms_and_four_slots_spread_over_the_days() -> None:
    given = problem(pitches=tuple(pitch(f"p{n}") for n in range(6)), rooms=ROOMS, slots=SLOTS)
    cells, unopened = place(given, Counter())
    assert not unopened
    assert sorted(Counter(cell.slot.slot_id for cell in cells.values()).values()) == [1, 1, 2, 2]


def test_the_most_wanted_pitch_gets_the_largest_room() -> None:
    given = problem(pitches=(pitch("a"), pitch("b")), rooms=ROOMS, slots=SLOTS[:1])
    cells, _ = place(given, Counter(a=1, b=2))
    assert cells["b"].room.capacity == 12
    assert cells["a"].room.capacity == 10


def test_looks_back_where_the_first_choice_leaves_somebody_without() -> None:
    # "long" overlaps both others, so it must wait for the room that the early choice would take.
    slots = (slot("long", hours=6), slot("s1", hours=2), slot("s2", after_hours=3, hours=2))
    given = problem(pitches=(pitch("a"), pitch("b")), slots=slots)
    cells, unopened = place(given, Counter())
    assert not unopened
    assert {cell.slot.slot_id for cell in cells.values()} == {"s1", "s2"}


def test_says_that_no_place_is_left() -> None:
    given = problem(pitches=(pitch("a"), pitch("b")))
    cells, unopened = place(given, Counter(a=1, b=2))
    assert set(cells) == {"b"}
    assert unopened == {"a": "no_place_left"}


def test_says_that_the_pitcher_leads_another_session_then() -> None:
    same = ("p",)
    given = problem(pitches=(pitch("a", pitchers=same), pitch("b", pitchers=same)), rooms=ROOMS[:2])
    cells, unopened = place(given, Counter())
    (led,) = cells  # by lot
    assert unopened == {"b" if led == "a" else "a": "pitcher_busy"}


def test_a_session_said_before_keeps_its_cell() -> None:
    given = problem(
        pitches=(pitch("a"), pitch("b")),
        rooms=ROOMS,
        slots=SLOTS,
        kept=(Kept(pitch_id="b", slot_id="D", room_id="Keuken"),),
    )
    cells, _ = place(given, Counter(a=9))
    assert (cells["b"].slot.slot_id, cells["b"].room.room_id) == ("D", "Keuken")
    assert cells["a"].slot.slot_id == "A"


def test_a_session_that_staff_cancelled_finds_no_cell_again() -> None:
    given = problem(pitches=(pitch("a"), pitch("b")), closed=("a",))
    cells, unopened = place(given, Counter(a=9))
    assert (list(cells), unopened) == (["b"], {"a": "cancelled_by_staff"})


def test_a_host_whom_staff_chose_leads_nothing_else_at_that_time() -> None:
    given = problem(
        pitches=(pitch("a", pitchers=("p",)), pitch("b")),
        rooms=ROOMS,
        slots=SLOTS[:1],
        kept=(Kept(pitch_id="b", slot_id="A", room_id="Keuken", host="p"),),
    )
    cells, unopened = place(given, Counter())
    assert (list(cells), unopened) == (["b"], {"a": "pitcher_busy"})

"""Whatever comes in, no room, pitcher or attendee is double-booked and no room is overfilled."""

from collections import Counter
from itertools import combinations
from random import Random

from doorpakken_events.registration import AttendeeState, PitchState
from doorpakken_events.words import CATEGORIES
from doorpakken_matching.model.availability import can_come
from doorpakken_matching.model.plan import Plan
from doorpakken_matching.model.problem import Kept, Parameters, Problem, Standing, session_id_of
from doorpakken_matching.planning.affinity import score_all
from doorpakken_matching.planning.assignment import assign
from doorpakken_matching.planning.planning import make_plan
from hypothesis import given, settings
from hypothesis import strategies as st

from services.matching.tests.unit.problems import attendee, pitch, problem, room, slot

PERSONS = [f"person-{number}" for number in range(12)]
WORDS = ("stage", "koken", "repareren", "jongeren", "geld")


@st.composite
def _pitches(draw: st.DrawFn) -> tuple[PitchState, ...]:
    """Pitches of which some share a pitcher."""
    some = st.lists(st.sampled_from(CATEGORIES), min_size=1, max_size=3, unique=True)
    return tuple(
        pitch(
            f"pitch-{number}",
            pitchers=tuple(draw(st.lists(st.sampled_from(PERSONS), max_size=2, unique=True))),
            needs=tuple(draw(some)),
            summary=draw(st.sampled_from(WORDS)),
        )
        for number in range(draw(st.integers(1, 6)))
    )


@st.composite
def _attendees(draw: st.DrawFn) -> tuple[AttendeeState, ...]:
    """People of whom some pitch, some are colleagues and some cannot always come."""
    return tuple(
        attendee(
            f"attendee-{number}",
            person=PERSONS[number],
            kind=draw(st.sampled_from(["covenant_partner", "community_member"])),
            organisation=draw(st.sampled_from([None, "org-1", "org-2"])),
            interests=tuple(draw(st.lists(st.sampled_from(WORDS), max_size=2, unique=True))),
            offers=tuple(draw(st.lists(st.sampled_from(CATEGORIES), max_size=3, unique=True))),
            availability=draw(st.sampled_from([(), ("tuesday",), ("evening",), ("wednesday",)])),
        )
        for number in range(draw(st.integers(0, len(PERSONS))))
    )


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Gatherings with overlapping slots, shared pitchers, small rooms and choosy people."""
    hours = draw(st.lists(st.integers(0, 30), min_size=1, max_size=4))
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))
    return problem(
        draw(_attendees()),
        draw(_pitches()),
        slots=tuple(slot(f"slot-{n}", after_hours=after) for n, after in enumerate(hours)),
        rooms=tuple(room(f"room-{n}", size) for n, size in enumerate(sizes)),
        parameters=Parameters(
            seats_max=draw(st.integers(1, 3)), capacity_min=draw(st.integers(1, 3))
        ),
    )


@settings(max_examples=150, deadline=None)
@given(problems())
def test_no_room_and_no_pitcher_is_double_booked(given: Problem) -> None:
    assignment = assign(given, score_all(given))
    pitchers = {one.pitch_id: set(one.pitchers) for one in given.pitches}
    for (one, cell), (other, there) in combinations(assignment.cells.items(), 2):
        if cell.slot.overlaps(there.slot):
            assert cell.room != there.room
            assert pitchers[one].isdisjoint(pitchers[other])
    assert assignment.cells.keys() | assignment.unopened.keys() == pitchers.keys()
    assert assignment.cells.keys().isdisjoint(assignment.unopened)


@settings(max_examples=150, deadline=None)
@given(problems())
def test_seats_keep_every_rule(given: Problem) -> None:
    assignment = assign(given, score_all(given))
    leads = [
        (person, assignment.cells[one.pitch_id].slot)
        for one in given.pitches
        if one.pitch_id in assignment.cells
        for person in one.pitchers
    ]
    seated = Counter(one for seats in assignment.seats.values() for one in seats)
    assert all(count <= assignment.cells[one].room.capacity for one, count in seated.items())
    for who in given.attendees:
        seats = assignment.seats[who.attendee_id]
        cells = [assignment.cells[one] for one in seats]
        assert len(seats) <= given.parameters.seats_max
        assert not any(one.slot.overlaps(other.slot) for one, other in combinations(cells, 2))
        for pitch_id, cell in zip(seats, cells, strict=True):
            own = next(one for one in given.pitches if one.pitch_id == pitch_id)
            assert who.person_id not in own.pitchers
            assert not any(
                cell.slot.overlaps(led) for person, led in leads if person == who.person_id
            )
            assert can_come(who.availability, cell.slot.starts_at)


@settings(max_examples=100, deadline=None)
@given(problems(), st.integers(0, 1000))
def test_the_order_of_the_inputs_changes_no_byte(given: Problem, seed: int) -> None:
    shuffled = given.model_copy(
        update={
            name: tuple(Random(seed).sample(getattr(given, name), len(getattr(given, name))))
            for name in ("attendees", "pitches", "rooms", "slots")
        }
    )
    assert make_plan(shuffled).model_dump_json() == make_plan(given).model_dump_json()


@settings(max_examples=100, deadline=None)
@given(problems())
def test_everybody_present_is_in_the_plan_once(given: Problem) -> None:
    plan = make_plan(given)
    assert [one.attendee_id for one in plan.recommendations] == sorted(
        who.attendee_id for who in given.attendees
    )
    for one in plan.recommendations:
        offered = [scored.session_id for scored in (*one.seats, *one.alternatives)]
        assert len(offered) == len(set(offered))
        assert all(scored.reasons for scored in (*one.seats, *one.alternatives))


def test_first_seats_come_before_second_ones() -> None:
    keen = attendee("keen", offers=("expertise", "money"))
    late = attendee("late", offers=("money", "space", "people"))
    given = problem(
        (keen, late),
        (pitch("one", needs=("expertise",)), pitch("two", needs=("money",))),
        slots=(slot("s1"), slot("s2", after_hours=4)),
        rooms=(room("r1", 1),),
    )
    seats = assign(given, score_all(given)).seats
    assert seats == {"keen": ("one",), "late": ("two",)}


def test_sessions_are_filled_to_their_minimum_first() -> None:
    people = tuple(attendee(f"a{n}", offers=("money", "space")) for n in range(4))
    given = problem(
        people,
        (pitch("loved", needs=("money", "space")), pitch("plain", needs=("space",))),
        rooms=(room("r1", 4), room("r2", 4)),
        parameters=Parameters(seats_max=1, capacity_min=2),
    )
    assert _seated(make_plan(given)) == {"loved": 2, "plain": 2}


def test_two_of_one_organisation_but_nobody_stays_without_a_seat_for_it() -> None:
    colleagues = tuple(attendee(f"c{n}", organisation="org", offers=("money",)) for n in range(3))
    given = problem(
        (*colleagues, attendee("other", offers=("money", "space", "people"))),
        (pitch("one", needs=("money",)),),
        rooms=(room("r1", 3),),
    )
    seats = assign(given, score_all(given)).seats
    assert seats["other"] == ("one",)
    assert sorted(seats[one.attendee_id] for one in colleagues) == [(), ("one",), ("one",)]
    roomy = given.model_copy(update={"rooms": (room("r1", 4),)})
    assert set(assign(roomy, score_all(roomy)).seats.values()) == {("one",)}


def test_a_pitcher_may_sit_with_others_but_not_while_leading() -> None:
    both = attendee("both", person="p", offers=("money",))
    pitches = (pitch("own", pitchers=("p",), needs=("money",)), pitch("other", needs=("money",)))
    at_once = problem((both,), pitches, rooms=(room("r1"), room("r2")))
    assert assign(at_once, score_all(at_once)).seats["both"] == ()
    apart = problem((both,), pitches, slots=(slot("s1"), slot("s2", after_hours=2)))
    assert assign(apart, score_all(apart)).seats["both"] == ("other",)


def test_held_seats_stay_and_who_answered_gets_no_more() -> None:
    people = (
        attendee("yes", offers=("money",)),
        attendee("no", offers=("money",)),
        attendee("new", offers=("money", "space")),
    )
    pitches = (pitch("one", needs=("money",)), pitch("two", needs=("money", "space")))
    given = problem(
        people,
        pitches,
        slots=(slot("s1"), slot("s2", after_hours=2)),
        rooms=(room("r1", 2),),
        taken={"one": 1},
        standing={
            "yes": Standing(holds=("one",), wants_more=False),
            "no": Standing(wants_more=False),
        },
    )
    plan = make_plan(given)
    seats = {one.attendee_id: [s.session_id for s in one.seats] for one in plan.recommendations}
    assert seats == {"yes": [session_id_of("one")], "no": [], "new": [session_id_of("two")]}
    why = next(one for one in plan.recommendations if one.attendee_id == "new").alternatives
    assert [(one.session_id, one.not_chosen) for one in why] == [(session_id_of("one"), "full")]


def test_what_staff_changed_of_a_session_stays_so() -> None:
    people = tuple(attendee(f"p{n}", offers=("money",)) for n in range(4))
    host = attendee("host", person="h", offers=("money",))
    kept = Kept(pitch_id="one", slot_id="s1", room_id="r1", capacity=3, host="h")
    given = problem((*people, host), (pitch("one", needs=("money",)),), kept=(kept,))
    plan = make_plan(given)
    (session,) = plan.sessions
    assert (session.capacity_max, session.capacity_min, session.host) == (3, 3, "h")
    assert session.seats == 3
    seats = {one.attendee_id: len(one.seats) for one in plan.recommendations}
    assert seats.pop("host") == 0
    assert sorted(seats.values()) == [0, 1, 1, 1]


def test_nothing_is_given_out_in_a_session_with_more_taken_than_there_is() -> None:
    people = tuple(attendee(f"p{n}", offers=("money",)) for n in range(3))
    given = problem(
        people,
        (pitch("one", needs=("money",)),),
        kept=(Kept(pitch_id="one", slot_id="s1", room_id="r1", capacity=2),),
        taken={"one": 2},
        standing={"p0": Standing(holds=("one",))},
    )
    plan = make_plan(given)
    assert _seated(plan) == {"one": 3}
    assert [len(one.seats) for one in plan.recommendations] == [1, 0, 0]


def test_a_session_that_somebody_gave_up_is_not_even_an_alternative() -> None:
    people = (attendee("gone", offers=("money",)), attendee("new", offers=("money",)))
    pitches = (pitch("one", needs=("money",)), pitch("two", needs=("money",)))
    slots = (slot("s1"), slot("s2", after_hours=2))
    given = problem(people, pitches, slots=slots, forbidden={"gone": ("one",)})
    plan = make_plan(given)
    found = {
        one.attendee_id: {each.session_id for each in (*one.seats, *one.alternatives)}
        for one in plan.recommendations
    }
    assert found == {
        "gone": {session_id_of("two")},
        "new": {session_id_of("one"), session_id_of("two")},
    }


def _seated(plan: Plan) -> dict[str, int]:
    return {one.pitch_id: one.seats for one in plan.sessions}

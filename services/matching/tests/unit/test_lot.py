"""Equals are told apart by a lot that can be drawn again, never by when they signed up; and whoever
got no seat is told what stood in the way."""

from collections import Counter

from doorpakken_matching.model.problem import Problem, session_id_of
from doorpakken_matching.planning.affinity import score_all
from doorpakken_matching.planning.assignment import assign
from doorpakken_matching.planning.planning import make_plan

from services.matching.tests.unit.problems import attendee, pitch, problem, room

PEOPLE, SEATS, GATHERINGS = 12, 3, 60


def _equals(gathering: int) -> Problem:
    """People who tell the same, in order of sign-up, and fewer seats."""
    people = [attendee(f"g{gathering}-{n:02}", offers=("money",)) for n in range(PEOPLE)]
    one = pitch(f"one-{gathering}", needs=("money",))
    return problem(tuple(people), (one,), rooms=(room("r1", SEATS),))


def test_early_and_late_have_the_same_chance() -> None:
    by_quarter: Counter[int] = Counter()
    for gathering in range(GATHERINGS):
        given = _equals(gathering)
        seats = assign(given, score_all(given)).seats
        order = sorted(seats)
        by_quarter.update(order.index(one) * 4 // PEOPLE for one in seats if seats[one])
    share = GATHERINGS * SEATS / 4
    assert sum(by_quarter.values()) == GATHERINGS * SEATS
    assert all(abs(by_quarter[quarter] - share) <= share / 2 for quarter in range(4))


def test_the_same_lot_is_drawn_again() -> None:
    given = _equals(0)
    backwards = given.model_copy(update={"attendees": given.attendees[::-1]})
    assert make_plan(given).model_dump_json() == make_plan(backwards).model_dump_json()


def test_who_outscored_others_is_not_told_that_it_was_full() -> None:
    wished = ("money", "space")
    colleagues = tuple(attendee(f"c{n}", organisation="org", offers=wished) for n in range(3))
    others = tuple(attendee(f"o{n}", offers=("money",)) for n in range(4))
    given = problem((*colleagues, *others), (pitch("octa", needs=wished),), rooms=(room("r1", 5),))
    plan = make_plan(given)
    [session] = plan.sessions
    assert session.seats == session.capacity_max
    [left] = [one for one in plan.recommendations if not one.seats and one.attendee_id[0] == "c"]
    assert [(one.session_id, one.not_chosen) for one in left.alternatives] == [
        (session_id_of("octa"), "organisation")
    ]
    late = [one for one in plan.recommendations if not one.seats and one.attendee_id[0] == "o"]
    assert [one.not_chosen for each in late for one in each.alternatives] == ["full"]

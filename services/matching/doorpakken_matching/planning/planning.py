"""Makes a plan from its inputs: scores, the assignment, and a result with reasons. Pure."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from doorpakken_matching.model.lot import lot_of
from doorpakken_matching.model.plan import (
    Figures,
    Plan,
    PlannedSession,
    Recommendation,
    Scored,
    Unopened,
)
from doorpakken_matching.model.problem import Problem, session_id_of
from doorpakken_matching.planning.affinity import Pair, score_all
from doorpakken_matching.planning.assignment import Assignment, assign, capacities


def make_plan(problem: Problem) -> Plan:
    problem = problem.arranged()
    pairs = score_all(problem)
    assignment = assign(problem, pairs)
    sessions = _sessions(problem, assignment)
    recommendations = _recommendations(problem, pairs, assignment)
    return Plan(
        run_id=problem.run_id,
        gathering_id=problem.gathering_id,
        answer_by=problem.answer_by,
        sessions=sessions,
        unopened=_unopened(problem, assignment),
        recommendations=recommendations,
        figures=_figures(problem, sessions, recommendations),
    )


def _sessions(problem: Problem, assignment: Assignment) -> tuple[PlannedSession, ...]:
    seats = Counter(problem.taken)
    for pitches in assignment.seats.values():
        seats.update(pitches)
    capacity = capacities(problem, assignment.cells)
    hosts = {one.pitch_id: one.host for one in problem.kept if one.host}
    planned = []
    for pitch in problem.pitches:
        if cell := assignment.cells.get(pitch.pitch_id):
            most = capacity[pitch.pitch_id]
            least = min(problem.parameters.capacity_min, most)
            planned.append(
                PlannedSession(
                    session_id=session_id_of(pitch.pitch_id),
                    pitch_id=pitch.pitch_id,
                    title=pitch.title,
                    slot=cell.slot.slot_id,
                    room=cell.room.room_id,
                    starts_at=cell.slot.starts_at,
                    ends_at=cell.slot.ends_at,
                    place=cell.room.name,
                    address=cell.room.address,
                    link=cell.room.link,
                    host=hosts.get(pitch.pitch_id) or next(iter(pitch.pitchers), None),
                    need_ids=tuple(need.need_id for need in pitch.needs),
                    capacity_min=least,
                    capacity_max=most,
                    seats=seats[pitch.pitch_id],
                    short_by=max(0, least - seats[pitch.pitch_id]),
                )
            )
    return tuple(sorted(planned, key=lambda one: (one.starts_at, one.place, one.session_id)))


def _unopened(problem: Problem, assignment: Assignment) -> tuple[Unopened, ...]:
    return tuple(
        Unopened(pitch_id=one.pitch_id, title=one.title, reason=assignment.unopened[one.pitch_id])
        for one in problem.pitches
        if one.pitch_id in assignment.unopened
    )


def _recommendations(
    problem: Problem, pairs: Sequence[Pair], assignment: Assignment
) -> tuple[Recommendation, ...]:
    by_attendee: defaultdict[str, list[Pair]] = defaultdict(list)
    lot = lot_of(problem.run_id)
    for pair in sorted(pairs, key=lambda one: (-one.score, lot(one.attendee_id, one.pitch_id))):
        by_attendee[pair.attendee_id].append(pair)
    return tuple(
        Recommendation(
            attendee_id=one.attendee_id,
            seats=_seats(by_attendee[one.attendee_id], assignment),
            alternatives=_alternatives(problem, by_attendee[one.attendee_id], assignment),
        )
        for one in problem.attendees
    )


def _seats(pairs: Sequence[Pair], assignment: Assignment) -> tuple[Scored, ...]:
    return tuple(
        _scored(pair, None)
        for pair in pairs
        if pair.pitch_id in assignment.seats[pair.attendee_id] and pair.pitch_id in assignment.cells
    )


def _alternatives(
    problem: Problem, pairs: Sequence[Pair], assignment: Assignment
) -> tuple[Scored, ...]:
    next_best = [
        _scored(pair, why)
        for pair in pairs
        if pair.fits and (why := assignment.not_chosen.get((pair.attendee_id, pair.pitch_id)))
    ]
    return tuple(next_best[: problem.parameters.alternatives_max])


def _scored(pair: Pair, not_chosen: str | None) -> Scored:
    return Scored(
        session_id=session_id_of(pair.pitch_id),
        score=pair.score,
        parts=pair.parts,
        reasons=pair.reasons,
        not_chosen=not_chosen,
    )


def _figures(
    problem: Problem,
    sessions: Sequence[PlannedSession],
    recommendations: Sequence[Recommendation],
) -> Figures:
    good = problem.parameters.good_score
    return Figures(
        people=len(recommendations),
        people_with_seat=sum(bool(one.seats) for one in recommendations),
        people_with_good_session=sum(
            any(seat.score >= good for seat in one.seats) for one in recommendations
        ),
        seats=sum(one.seats for one in sessions),
        capacity=sum(one.capacity_max for one in sessions),
        sessions=len(sessions),
        sessions_below_minimum=sum(one.short_by > 0 for one in sessions),
    )

"""Who sits where: a session in a slot and a room for each pitch, then seats by score. Greedy,
deterministic and pure; never double-books a room, a pitcher or an attendee, never overfills."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from doorpakken_matching.model.availability import can_come
from doorpakken_matching.model.lot import lot_of
from doorpakken_matching.model.places import Cell
from doorpakken_matching.model.problem import Problem, Standing
from doorpakken_matching.planning.affinity import Pair
from doorpakken_matching.planning.slot_assignment import place

STANDS_NOWHERE = Standing()


@dataclass(frozen=True)
class Assignment:
    """Cells by pitch, why a pitch has none, seats by attendee, and why a pair was not seated."""

    cells: dict[str, Cell]
    unopened: dict[str, str]
    seats: dict[str, tuple[str, ...]]
    not_chosen: dict[tuple[str, str], str]


class Seating:
    """Seats being given; `refuses` is the one place that knows the rules of a seat."""

    def __init__(self, problem: Problem, cells: dict[str, Cell]) -> None:
        self._parameters = problem.parameters
        self._cells = cells
        self._capacity = capacities(problem, cells)
        self._forbidden = problem.forbidden
        self._attendees = {one.attendee_id: one for one in problem.attendees}
        self._standing = problem.standing
        self._leads = _led_by(problem, cells)
        self._taken = Counter(problem.taken)
        self._of_organisation: Counter[tuple[str, str]] = Counter()
        self.seats: defaultdict[str, list[str]] = defaultdict(list)
        self.refused: dict[tuple[str, str], str] = {}
        for attendee_id in self._attendees:
            for pitch_id in self.standing(attendee_id).holds:
                self.take(attendee_id, pitch_id)

    def standing(self, attendee_id: str) -> Standing:
        """What was so before this run."""
        return self._standing.get(attendee_id, STANDS_NOWHERE)

    def can_attend(self, attendee_id: str, pitch_id: str) -> bool:
        """Whether they may be there at all: not a session they lead or gave up, and at an hour they
        can."""
        attendee, cell = self._attendees[attendee_id], self._cells.get(pitch_id)
        if pitch_id in self._forbidden.get(attendee_id, ()):
            return False
        if cell is None or not can_come(attendee.availability, cell.slot.starts_at):
            return False
        return not any(lead.slot.overlaps(cell.slot) for lead in self._leads[attendee.person_id])

    def refuses(
        self, attendee_id: str, pitch_id: str, *, most: int, fill: int | None, strict: bool
    ) -> str | None:
        """Why this seat cannot be given; `fill` stops below the capacity."""
        cell, own = self._cells[pitch_id], self.seats[attendee_id]
        capacity = self._capacity[pitch_id]
        if self._taken[pitch_id] >= min(capacity, fill or capacity):
            return "full"
        if any(self._cells[held].slot.overlaps(cell.slot) for held in own if held in self._cells):
            return "overlap"
        if len(own) >= most or not self.standing(attendee_id).wants_more:
            return "enough"
        organisation = self._attendees[attendee_id].organisation_id
        there = self._of_organisation[(pitch_id, organisation)] if organisation else 0
        return "organisation" if strict and there >= self._parameters.organisation_max else None

    def take(self, attendee_id: str, pitch_id: str) -> None:
        """Gives the seat."""
        organisation = self._attendees[attendee_id].organisation_id
        self.seats[attendee_id].append(pitch_id)
        self._taken[pitch_id] += 1
        if organisation:
            self._of_organisation[(pitch_id, organisation)] += 1

    def round(
        self, pairs: Sequence[Pair], *, most: int, fill: int | None = None, strict: bool = True
    ) -> None:
        """Goes through the pairs, best first, and gives each seat that nothing refuses."""
        for pair in pairs:
            why = self.refuses(pair.attendee_id, pair.pitch_id, most=most, fill=fill, strict=strict)
            if why is None:
                self.take(pair.attendee_id, pair.pitch_id)
            elif why != "full" or self._is_full(pair.pitch_id):
                self._note(pair, why)

    def _is_full(self, pitch_id: str) -> bool:
        """Whether all its seats are given, and not only those of a first round."""
        return self._taken[pitch_id] >= self._capacity[pitch_id]

    def _note(self, pair: Pair, why: str) -> None:
        """What stood in the way first: by a later round it may have become another thing. Who had
        enough for one round is looked at again."""
        key = (pair.attendee_id, pair.pitch_id)
        if self.refused.get(key, "enough") == "enough":
            self.refused[key] = why


def _led_by(problem: Problem, cells: dict[str, Cell]) -> defaultdict[str, list[Cell]]:
    """The cells in which a person leads a session."""
    leads: defaultdict[str, list[Cell]] = defaultdict(list)
    for pitch_id, leaders in problem.leaders().items():
        for person_id in leaders if pitch_id in cells else ():
            leads[person_id].append(cells[pitch_id])
    return leads


def capacities(problem: Problem, cells: dict[str, Cell]) -> dict[str, int]:
    """The seats of each session: what staff said, or all of its room."""
    said = {one.pitch_id: one.capacity for one in problem.kept if one.capacity}
    return {pitch_id: said.get(pitch_id, cell.room.capacity) for pitch_id, cell in cells.items()}


def good_pairs(problem: Problem, pairs: Sequence[Pair]) -> list[Pair]:
    """Those worth a seat, best first; equal ones of the pitch that fewer want before the others, so
    that more people have a seat, and then by lot."""
    worth = [one for one in pairs if one.fits and one.score >= problem.parameters.good_score]
    lot, wanted = lot_of(problem.run_id), Counter(one.pitch_id for one in worth)
    return sorted(
        worth,
        key=lambda one: (-one.score, wanted[one.pitch_id], lot(one.attendee_id, one.pitch_id)),
    )


def assign(problem: Problem, pairs: Sequence[Pair]) -> Assignment:
    """The whole decision: first seats before second ones, sessions filled to their minimum first,
    at most a few of one organisation in a session unless somebody would have no seat at all."""
    demand: Counter[str] = Counter()
    for pair in pairs:
        demand[pair.pitch_id] += pair.score
    cells, unopened = place(problem, demand)
    seating, most = Seating(problem, cells), problem.parameters.seats_max
    good = [
        one
        for one in good_pairs(problem, pairs)
        if seating.can_attend(one.attendee_id, one.pitch_id)
    ]
    seating.round(good, most=1, fill=problem.parameters.capacity_min)
    seating.round(good, most=1)
    seating.round(good, most=1, strict=False)
    for so_many in range(2, most + 1):
        seating.round(good, most=so_many)
    seats = {one.attendee_id: tuple(seating.seats[one.attendee_id]) for one in problem.attendees}
    return Assignment(cells, unopened, seats, _not_chosen(seating, pairs, seats))


def _not_chosen(
    seating: Seating, pairs: Sequence[Pair], seats: dict[str, tuple[str, ...]]
) -> dict[tuple[str, str], str]:
    """Why each pair that could have been is no seat, as it was noted when it was refused; pairs
    that could never be are left out. What was never refused scored too low to be looked at."""
    reasons: dict[tuple[str, str], str] = {}
    for pair in pairs:
        key = (pair.attendee_id, pair.pitch_id)
        if pair.pitch_id not in seats[pair.attendee_id] and seating.can_attend(*key):
            reasons[key] = seating.refused.get(key, "low_score")
    return reasons

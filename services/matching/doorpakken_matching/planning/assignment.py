"""Assigns a session in a slot and a room to each pitch, then seats by score. Greedy, deterministic
and pure; never double-books a room, a pitcher or an attendee, never exceeds a capacity."""

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
    """Cells by pitch, reasons of pitches without a cell, seats by attendee, and reasons of pairs
    without a seat."""

    cells: dict[str, Cell]
    unopened: dict[str, str]
    seats: dict[str, tuple[str, ...]]
    not_chosen: dict[tuple[str, str], str]


class Seating:
    """Assigns seats; `can_attend` and `refuses` hold the rules for them."""

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
        return self._standing.get(attendee_id, STANDS_NOWHERE)

    def can_attend(self, attendee_id: str, pitch_id: str) -> bool:
        """False for a session they gave up, one at the time of a session they lead, and one outside
        their availability."""
        attendee, cell = self._attendees[attendee_id], self._cells.get(pitch_id)
        if pitch_id in self._forbidden.get(attendee_id, ()):
            return False
        if cell is None or not can_come(attendee.availability, cell.slot.starts_at):
            return False
        return not any(lead.slot.overlaps(cell.slot) for lead in self._leads[attendee.person_id])

    def refuses(
        self, attendee_id: str, pitch_id: str, *, most: int, fill: int | None, strict: bool
    ) -> str | None:
        """Why this seat cannot be given; `fill` is a limit below the capacity."""
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
        organisation = self._attendees[attendee_id].organisation_id
        self.seats[attendee_id].append(pitch_id)
        self._taken[pitch_id] += 1
        if organisation:
            self._of_organisation[(pitch_id, organisation)] += 1

    def round(
        self, pairs: Sequence[Pair], *, most: int, fill: int | None = None, strict: bool = True
    ) -> None:
        for pair in pairs:
            why = self.refuses(pair.attendee_id, pair.pitch_id, most=most, fill=fill, strict=strict)
            if why is None:
                self.take(pair.attendee_id, pair.pitch_id)
            elif why != "full" or self._is_full(pair.pitch_id):
                self._note(pair, why)

    def _is_full(self, pitch_id: str) -> bool:
        return self._taken[pitch_id] >= self._capacity[pitch_id]

    def _note(self, pair: Pair, why: str) -> None:
        """Keeps the first reason, as a later round may find another one. Only `enough` is replaced,
        because it holds for one round."""
        key = (pair.attendee_id, pair.pitch_id)
        if self.refused.get(key, "enough") == "enough":
            self.refused[key] = why


def _led_by(problem: Problem, cells: dict[str, Cell]) -> defaultdict[str, list[Cell]]:
    leads: defaultdict[str, list[Cell]] = defaultdict(list)
    for pitch_id, leaders in problem.leaders().items():
        for person_id in leaders if pitch_id in cells else ():
            leads[person_id].append(cells[pitch_id])
    return leads


def capacities(problem: Problem, cells: dict[str, Cell]) -> dict[str, int]:
    said = {one.pitch_id: one.capacity for one in problem.kept if one.capacity}
    return {pitch_id: said.get(pitch_id, cell.room.capacity) for pitch_id, cell in cells.items()}


def good_pairs(problem: Problem, pairs: Sequence[Pair]) -> list[Pair]:
    """Pairs worth a seat, best first; at equal scores the pitch that fewer people want goes first,
    so that more people get a seat, then by lot."""
    worth = [one for one in pairs if one.fits and one.score >= problem.parameters.good_score]
    lot, wanted = lot_of(problem.run_id), Counter(one.pitch_id for one in worth)
    return sorted(
        worth,
        key=lambda one: (-one.score, wanted[one.pitch_id], lot(one.attendee_id, one.pitch_id)),
    )


def assign(problem: Problem, pairs: Sequence[Pair]) -> Assignment:
    """Gives first seats before second ones and fills sessions to their minimum first; people of one
    organisation are limited per session, unless somebody would have no seat at all."""
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
    """The reason noted when the pair was refused, `low_score` for pairs that were never considered.
    Pairs that could never get a seat are left out."""
    reasons: dict[tuple[str, str], str] = {}
    for pair in pairs:
        key = (pair.attendee_id, pair.pitch_id)
        if pair.pitch_id not in seats[pair.attendee_id] and seating.can_attend(*key):
            reasons[key] = seating.refused.get(key, "low_score")
    return reasons

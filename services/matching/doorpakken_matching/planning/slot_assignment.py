"""Assigns a slot and a room to each session. Never double-books a room or a pitcher; a pitch
without a free cell is reported with the reason. A session published before keeps its cell."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from doorpakken_events.registration import PitchState

from doorpakken_matching.model.lot import lot_of
from doorpakken_matching.model.places import Cell, cells_of
from doorpakken_matching.model.problem import Problem

STEPS_MAX = 2_000  # of backtracking; after that each pitch keeps its first free cell


def place(problem: Problem, demand: Counter[str]) -> tuple[dict[str, Cell], dict[str, str]]:
    """Cells by pitch id, and reasons by pitch id for pitches without a cell."""
    placing, lot = Placing(problem), lot_of(problem.run_id)
    ordered = sorted(
        (
            pitch
            for pitch in problem.pitches
            if pitch.pitch_id not in placing.cells and pitch.pitch_id not in problem.closed
        ),
        key=lambda one: (
            -placing.clashes[one.pitch_id],
            -demand[one.pitch_id],
            lot(one.pitch_id),
        ),
    )
    if len(ordered) > placing.free or not placing.place_all(ordered):
        placing.place_what_fits(ordered)
    left = [pitch for pitch in ordered if pitch.pitch_id not in placing.cells]
    reasons = dict.fromkeys(problem.closed, "cancelled_by_staff")
    return placing.cells, reasons | {pitch.pitch_id: placing.why_not(pitch) for pitch in left}


class Placing:
    """Assigns cells, to the pitches with the busiest pitchers and the most demand first."""

    def __init__(self, problem: Problem) -> None:
        self._all = cells_of(problem.slots, problem.rooms)
        self._leaders = problem.leaders()
        self._steps = STEPS_MAX
        self.cells = self._kept(problem)
        self.clashes: Counter[str] = Counter()
        for one, other in combinations(problem.pitches, 2):
            if self._share_pitcher(one.pitch_id, other.pitch_id):
                self.clashes.update((one.pitch_id, other.pitch_id))

    def _kept(self, problem: Problem) -> dict[str, Cell]:
        by_ids = {(cell.slot.slot_id, cell.room.room_id): cell for cell in self._all}
        return {
            kept.pitch_id: by_ids[kept.slot_id, kept.room_id]
            for kept in problem.kept
            if kept.pitch_id in self._leaders and (kept.slot_id, kept.room_id) in by_ids
        }

    @property
    def free(self) -> int:
        return len(self._all) - len(self.cells)

    def _share_pitcher(self, one: str, other: str) -> bool:
        return not self._leaders[one].isdisjoint(self._leaders[other])

    def _room_is_free(self, cell: Cell) -> bool:
        return not any(taken.excludes(cell) for taken in self.cells.values())

    def _pitcher_is_free(self, pitch_id: str, cell: Cell) -> bool:
        return not any(
            taken.slot.overlaps(cell.slot) and self._share_pitcher(pitch_id, other)
            for other, taken in self.cells.items()
        )

    def _choices(self, pitch_id: str) -> list[Cell]:
        """Free cells, those with few sessions at the same time first, as people may attend two."""
        free = [
            cell
            for cell in self._all
            if self._room_is_free(cell) and self._pitcher_is_free(pitch_id, cell)
        ]
        return sorted(free, key=self._together)

    def _together(self, cell: Cell) -> int:
        return sum(taken.slot.overlaps(cell.slot) for taken in self.cells.values())

    def place_all(self, pitches: Sequence[PitchState]) -> bool:
        """Places all pitches, with backtracking. False, with none of them placed, when that fails
        or takes more than STEPS_MAX steps."""
        if not pitches:
            return True
        pitch_id, self._steps = pitches[0].pitch_id, self._steps - 1
        for cell in self._choices(pitch_id):
            if self._steps < 0:
                return False
            self.cells[pitch_id] = cell
            if self.place_all(pitches[1:]):
                return True
            del self.cells[pitch_id]
        return False

    def place_what_fits(self, pitches: Sequence[PitchState]) -> None:
        for pitch in pitches:
            choices = self._choices(pitch.pitch_id)
            if choices:
                self.cells[pitch.pitch_id] = choices[0]

    def why_not(self, pitch: PitchState) -> str:
        is_room = any(self._room_is_free(cell) for cell in self._all)
        return "pitcher_busy" if is_room else "no_place_left"

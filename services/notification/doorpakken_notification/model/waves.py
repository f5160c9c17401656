"""A wave: the invitations of one published plan, and the table of its states."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from doorpakken_events.matching import PlanPublished

from doorpakken_notification.model.moves import Moves


class WaveState(StrEnum):
    """How far a wave is."""

    OPEN = "open"
    COMPLETE = "complete"
    RELEASED = "released"


class WaveCause(StrEnum):
    """What moves a wave to another state."""

    FACTS = "facts"  # recommendations and sessions arrive, or are taken back
    RELEASE = "release"  # by staff, or by the rule that releases complete waves


WAVE_MOVES = Moves(
    {
        (WaveCause.FACTS, WaveState.OPEN): frozenset({WaveState.COMPLETE}),
        (WaveCause.FACTS, WaveState.COMPLETE): frozenset({WaveState.OPEN}),
        (WaveCause.RELEASE, WaveState.RELEASED): frozenset({WaveState.COMPLETE}),
    }
)


@dataclass(frozen=True)
class OpenedWave:
    """A wave as stored: its plan, and when it was released."""

    wave_id: str
    plan: PlanPublished
    released_at: datetime | None = None

    def state(self, *, is_complete: bool) -> WaveState:
        if self.released_at:
            return WaveState.RELEASED
        return WaveState.COMPLETE if is_complete else WaveState.OPEN

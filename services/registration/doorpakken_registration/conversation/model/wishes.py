"""The pitches an attendee wants to work on, the dearest first.
Refuses more than three, and the same one twice."""

from dataclasses import dataclass, replace
from datetime import datetime

WISHES_MAX = 3


@dataclass(frozen=True)
class Wishes:
    """What one attendee wants, under the attendee's id; `version` is 0 until something was said."""

    id: str
    version: int
    gathering_id: str
    pitch_ids: tuple[str, ...]
    stated_at: datetime

    def changed(self, pitch_ids: tuple[str, ...], now: datetime) -> "Wishes":
        """What they want now."""
        return replace(self, version=self.version + 1, pitch_ids=pitch_ids, stated_at=now)


def check_ranked(pitch_ids: tuple[str, ...]) -> None:
    """ValueError for too many, or one that stands there twice."""
    if len(pitch_ids) > WISHES_MAX:
        raise ValueError("choose three pitches at most")
    if len(set(pitch_ids)) < len(pitch_ids):
        raise ValueError("choose different pitches")

"""The pitches an attendee wants to work on, in order of preference.
Refuses more than three, and duplicates."""

from dataclasses import dataclass, replace
from datetime import datetime

WISHES_MAX = 3


@dataclass(frozen=True)
class Wishes:
    """The wishes of one attendee, under the attendee's id; `version` is 0 until any were stated."""

    id: str
    version: int
    gathering_id: str
    pitch_ids: tuple[str, ...]
    stated_at: datetime

    def changed(self, pitch_ids: tuple[str, ...], now: datetime) -> "Wishes":
        return replace(self, version=self.version + 1, pitch_ids=pitch_ids, stated_at=now)


def check_ranked(pitch_ids: tuple[str, ...]) -> None:
    if len(pitch_ids) > WISHES_MAX:
        raise ValueError("choose three pitches at most")
    if len(set(pitch_ids)) < len(pitch_ids):
        raise ValueError("choose different pitches")

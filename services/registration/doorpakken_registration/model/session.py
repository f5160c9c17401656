"""A work session as its seats see it: how many are taken, who waits, what overlaps.
Refuses nothing; whether somebody may join is decided in seating."""

from dataclasses import dataclass, replace
from datetime import datetime

ENDED = ("cancelled", "took_place")


@dataclass(frozen=True)
class Session:
    """A work session planned elsewhere, with the seats given out here."""

    id: str
    version: int
    gathering_id: str
    run_id: str
    pitch_id: str
    host: str | None
    starts_at: datetime
    ends_at: datetime
    place: str
    address: str
    link: str | None
    capacity_min: int
    capacity_max: int
    state: str
    reason: str | None
    taken: int = 0
    waiting: int = 0
    next_place: int = 1

    @property
    def is_cancelled(self) -> bool:
        """Whether it will not take place."""
        return self.state == "cancelled"

    @property
    def is_full(self) -> bool:
        """Whether the next one waits; nobody passes who stands in line already."""
        return self.taken >= self.capacity_max or self.waiting > 0

    @property
    def seats_left(self) -> int:
        """How many may still join at once."""
        return 0 if self.is_full else self.capacity_max - self.taken

    def has_started(self, now: datetime) -> bool:
        """Whether it is too late to join."""
        return self.starts_at <= now

    def with_seat(self) -> "Session":
        """One more seat taken."""
        return replace(self, taken=self.taken + 1)

    def with_place_in_line(self) -> "Session":
        """One more waits, behind all others."""
        return replace(self, waiting=self.waiting + 1, next_place=self.next_place + 1)

    def without_seat(self) -> "Session":
        """A seat is free again."""
        return replace(self, taken=self.taken - 1)

    def without_place_in_line(self) -> "Session":
        """One left the line; an empty line starts at 1 again."""
        waiting = self.waiting - 1
        return replace(self, waiting=waiting, next_place=self.next_place if waiting else 1)

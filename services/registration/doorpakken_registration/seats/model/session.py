"""A work session as its seats see it: how many are taken, who waits, what overlaps.
Whether somebody may join is decided in seating."""

from dataclasses import dataclass, replace
from datetime import datetime

ENDED = ("cancelled", "took_place")


@dataclass(frozen=True)
class Session:
    """A work session planned elsewhere, with the seats given out here; `taken` are active, held,
    offered and in conflict, and `lapses_at` is when the first of its holds may end."""

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
    offered: int = 0
    next_place: int = 1
    lapses_at: datetime | None = None

    @property
    def is_cancelled(self) -> bool:
        """Whether it will not take place."""
        return self.state == "cancelled"

    @property
    def is_full(self) -> bool:
        """Whether the next one waits. A place that is free is open to everybody: it was offered
        to whoever in line can have it before."""
        return self.taken >= self.capacity_max

    @property
    def seats_left(self) -> int:
        """How many may still join at once."""
        return max(0, self.capacity_max - self.taken)

    @property
    def over_by(self) -> int:
        """How many more seats are taken than there are, after the room became smaller."""
        return max(0, self.taken - self.capacity_max)

    def has_started(self, now: datetime) -> bool:
        """Whether it is too late to join."""
        return self.starts_at <= now

    def overlaps(self, other: "Session") -> bool:
        """Whether both take place at some moment."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at

    def is_over(self, now: datetime) -> bool:
        """Whether nobody can be given a place any more."""
        return self.state in ENDED or self.has_started(now)

    def has_room(self, now: datetime) -> bool:
        """Whether a place is free that somebody can still be given."""
        return not self.is_full and not self.is_over(now)

    def changed(self, *, taken: int, waiting: int, offered: int, place: int | None) -> "Session":
        """So many more (or fewer) seats, places in line and offers; `place` is that of whoever now
        stands in line. When nobody stands in line nor is offered anything, it starts at 1 again."""
        after = replace(
            self,
            taken=self.taken + taken,
            waiting=self.waiting + waiting,
            offered=self.offered + offered,
            next_place=max(self.next_place, (place or 0) + 1) if waiting > 0 else self.next_place,
        )
        return after if after.waiting or after.offered else replace(after, next_place=1)

    def lapsing(self, hold_until: datetime | None) -> "Session":
        """The same session, looked at again when this hold ends, if that is sooner."""
        if hold_until is None or (self.lapses_at and self.lapses_at <= hold_until):
            return self
        return replace(self, lapses_at=hold_until)

    def with_seats_of(self, before: "Session") -> "Session":
        """This newer state, with the seats given out under the one before."""
        return replace(
            self,
            taken=before.taken,
            waiting=before.waiting,
            offered=before.offered,
            next_place=before.next_place,
            lapses_at=before.lapses_at,
        )

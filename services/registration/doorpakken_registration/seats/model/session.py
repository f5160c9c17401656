"""A work session with its seats: how many are taken, who waits, what overlaps. Whether somebody may
join is decided in seating."""

from dataclasses import dataclass, replace
from datetime import datetime

from doorpakken_events import states

ENDED = (states.Session.CANCELLED, states.Session.TOOK_PLACE)


@dataclass(frozen=True)
class Session:
    """A work session planned by matching, with the seats given out here; `taken` counts active,
    held, offered and conflicting ones, `lapses_at` is when the first of its holds may end."""

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
        return self.state == states.Session.CANCELLED

    @property
    def took_place(self) -> bool:
        return self.state == states.Session.TOOK_PLACE

    @property
    def is_full(self) -> bool:
        """A free place is open to everybody: those in line who can have it were offered it
        before."""
        return self.taken >= self.capacity_max

    @property
    def seats_left(self) -> int:
        return max(0, self.capacity_max - self.taken)

    @property
    def over_by(self) -> int:
        return max(0, self.taken - self.capacity_max)

    def has_started(self, now: datetime) -> bool:
        return self.starts_at <= now

    def overlaps(self, other: "Session") -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at

    def is_over(self, now: datetime) -> bool:
        return self.state in ENDED or self.has_started(now)

    def has_room(self, now: datetime) -> bool:
        return not self.is_full and not self.is_over(now)

    def changed(self, *, taken: int, waiting: int, offered: int, place: int | None) -> "Session":
        """Adds these differences; `place` is that of a sign-up which now waits. Places start at 1
        again when nobody waits or has an offer."""
        after = replace(
            self,
            taken=self.taken + taken,
            waiting=self.waiting + waiting,
            offered=self.offered + offered,
            next_place=max(self.next_place, (place or 0) + 1) if waiting > 0 else self.next_place,
        )
        return after if after.waiting or after.offered else replace(after, next_place=1)

    def lapsing(self, hold_until: datetime | None) -> "Session":
        if hold_until is None or (self.lapses_at and self.lapses_at <= hold_until):
            return self
        return replace(self, lapses_at=hold_until)

    def with_seats_of(self, before: "Session") -> "Session":
        return replace(
            self,
            taken=before.taken,
            waiting=before.waiting,
            offered=before.offered,
            next_place=before.next_place,
            lapses_at=before.lapses_at,
        )

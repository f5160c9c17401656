"""A sign-up (one attendee's place in one session) and the calendar of a person."""

from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True)
class SignUp:
    """A seat or a place in line; who comes back after leaving gets a new one."""

    id: str
    version: int
    gathering_id: str
    session_id: str
    attendee_id: str
    person_id: str
    state: str
    place: int | None
    signed_up_at: datetime
    reason: str | None = None
    ended_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still holds a seat or a place in line."""
        return self.state != "ended"

    @property
    def is_active(self) -> bool:
        """Whether it holds a seat."""
        return self.state == "active"

    def ended(self, reason: str, now: datetime) -> "SignUp":
        """The same sign-up, over."""
        return replace(
            self, version=self.version + 1, state="ended", place=None, reason=reason, ended_at=now
        )


@dataclass(frozen=True)
class Entry:
    """One open sign-up in somebody's calendar."""

    sign_up_id: str
    session_id: str
    gathering_id: str
    starts_at: datetime
    ends_at: datetime
    is_active: bool

    def overlaps(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether both take place at some moment."""
        return self.starts_at < ends_at and starts_at < self.ends_at


@dataclass(frozen=True)
class Calendar:
    """What a person signed up for, over all gatherings; written with every change of a seat."""

    person_id: str
    entries: tuple[Entry, ...] = ()

    def at(self, gathering_id: str) -> tuple[Entry, ...]:
        """The sign-ups that belong to one gathering."""
        return tuple(entry for entry in self.entries if entry.gathering_id == gathering_id)

    def clash(self, starts_at: datetime, ends_at: datetime) -> Entry | None:
        """A seat at the same time; a place in line clashes with nothing."""
        for entry in self.entries:
            if entry.is_active and entry.overlaps(starts_at, ends_at):
                return entry
        return None

    def with_entry(self, entry: Entry) -> "Calendar":
        """One more sign-up."""
        return replace(self, entries=(*self.entries, entry))

    def without(self, sign_up_id: str) -> "Calendar":
        """One sign-up fewer."""
        return replace(
            self, entries=tuple(one for one in self.entries if one.sign_up_id != sign_up_id)
        )

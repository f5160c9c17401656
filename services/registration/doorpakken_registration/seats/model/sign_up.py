"""A sign-up (one attendee's place in one session) and the calendar of a person."""

from dataclasses import dataclass, replace
from datetime import datetime

from doorpakken_events import states

# The states that take one of a session's places; the others wait in line or have ended.
KEPT_FOR_A_WHILE = (states.SignUp.HELD, states.SignUp.OFFERED, states.SignUp.CONFLICT)
TAKEN = (states.SignUp.ACTIVE, *KEPT_FOR_A_WHILE)


@dataclass(frozen=True)
class SignUp:
    """A seat or a place in line; somebody who comes back after leaving gets a new one.

    `passed_by` are the attendees who gave this place up before: it is never offered to them
    again."""

    id: str
    version: int
    gathering_id: str
    session_id: str
    attendee_id: str
    person_id: str
    state: states.SignUp
    place: int | None
    signed_up_at: datetime
    reason: str | None = None
    ended_at: datetime | None = None
    hold_until: datetime | None = None
    wave_id: str | None = None
    score: int = 0
    before_conflict: states.SignUp | None = None
    passed_by: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.state is not states.SignUp.ENDED

    @property
    def is_active(self) -> bool:
        return self.state is states.SignUp.ACTIVE

    @property
    def is_waiting(self) -> bool:
        return self.state is states.SignUp.WAITLISTED

    @property
    def is_offered(self) -> bool:
        return self.state is states.SignUp.OFFERED

    @property
    def is_in_conflict(self) -> bool:
        return self.state is states.SignUp.CONFLICT

    @property
    def is_taken(self) -> bool:
        return self.state in TAKEN

    def to(self, state: states.SignUp, *, hold_until: datetime | None = None) -> "SignUp":
        """A hold ends unless `hold_until` is given."""
        version, state = self.version + 1, self.state.to(state)
        return replace(self, version=version, state=state, hold_until=hold_until)

    def in_conflict(self, hold_until: datetime) -> "SignUp":
        until = min(self.hold_until or hold_until, hold_until)
        after = self.to(states.SignUp.CONFLICT, hold_until=until)
        return replace(after, before_conflict=self.state)

    def out_of_conflict(self) -> "SignUp":
        state = self.before_conflict or states.SignUp.ACTIVE
        until = None if state is states.SignUp.ACTIVE else self.hold_until
        return replace(self.to(state, hold_until=until), before_conflict=None)

    def ended(self, reason: str, now: datetime) -> "SignUp":
        return replace(self.to(states.SignUp.ENDED), place=None, reason=reason, ended_at=now)


@dataclass(frozen=True)
class Entry:
    """One open sign-up in somebody's calendar."""

    sign_up_id: str
    session_id: str
    gathering_id: str
    starts_at: datetime
    ends_at: datetime
    is_taken: bool

    def overlaps(self, starts_at: datetime, ends_at: datetime) -> bool:
        return self.starts_at < ends_at and starts_at < self.ends_at


@dataclass(frozen=True)
class Led:
    """A session that somebody leads: an appointment like a seat."""

    session_id: str
    starts_at: datetime
    ends_at: datetime

    def overlaps(self, starts_at: datetime, ends_at: datetime) -> bool:
        return self.starts_at < ends_at and starts_at < self.ends_at


@dataclass(frozen=True)
class Calendar:
    """What a person signed up for and leads, over all gatherings; written with every change of a
    seat. `version` rises with every write, also of an unchanged calendar."""

    person_id: str
    entries: tuple[Entry, ...] = ()
    version: int = 0
    led: tuple[Led, ...] = ()

    def at(self, gathering_id: str) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.gathering_id == gathering_id)

    def clash(
        self, starts_at: datetime, ends_at: datetime, *, but: str | None = None
    ) -> Entry | None:
        """A seat at that time, except sign-up `but`; a place in line clashes with nothing."""
        for entry in self.entries:
            if entry.is_taken and entry.sign_up_id != but and entry.overlaps(starts_at, ends_at):
                return entry
        return None

    def leads_at(self, starts_at: datetime, ends_at: datetime) -> Led | None:
        return next((one for one in self.led if one.overlaps(starts_at, ends_at)), None)

    def is_free(self, starts_at: datetime, ends_at: datetime, *, but: str | None = None) -> bool:
        return not (self.clash(starts_at, ends_at, but=but) or self.leads_at(starts_at, ends_at))

    def leading(self, led: Led) -> "Calendar":
        return replace(self, led=(*self.leading_no_more(led.session_id).led, led))

    def leading_no_more(self, session_id: str) -> "Calendar":
        return replace(self, led=tuple(one for one in self.led if one.session_id != session_id))

    def with_entry(self, entry: Entry) -> "Calendar":
        return replace(self, entries=(*self.without(entry.sign_up_id).entries, entry))

    def joined_by(self, other: "Calendar") -> "Calendar":
        entries, led = (*self.entries, *other.entries), (*self.led, *other.led)
        return replace(self, entries=entries, led=led)

    def without(self, sign_up_id: str) -> "Calendar":
        return replace(
            self, entries=tuple(one for one in self.entries if one.sign_up_id != sign_up_id)
        )

"""A sign-up (one attendee's place in one session) and the calendar of a person."""

from dataclasses import dataclass, replace
from datetime import datetime

# What takes one of a session's places; the others wait in line or are over.
TAKEN = ("active", "held", "offered", "conflict")
KEPT_FOR_A_WHILE = ("held", "offered", "conflict")


@dataclass(frozen=True)
class SignUp:
    """A seat or a place in line; who comes back after leaving gets a new one.

    `passed_by` are the attendees who gave this very place up before: it never returns to them."""

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
    hold_until: datetime | None = None
    wave_id: str | None = None
    score: int = 0
    before_conflict: str | None = None
    passed_by: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it still holds a seat or a place in line."""
        return self.state != "ended"

    @property
    def is_active(self) -> bool:
        """Whether its owner said yes and sits."""
        return self.state == "active"

    @property
    def is_waiting(self) -> bool:
        """Whether it is a place in line."""
        return self.state == "waitlisted"

    @property
    def is_offered(self) -> bool:
        """Whether a free place is kept for who stood in line with it."""
        return self.state == "offered"

    @property
    def is_taken(self) -> bool:
        """Whether it takes one of the session's places."""
        return self.state in TAKEN

    def to(self, state: str, *, hold_until: datetime | None = None) -> "SignUp":
        """The same sign-up in another state; a hold is kept only where it is named."""
        return replace(self, version=self.version + 1, state=state, hold_until=hold_until)

    def in_conflict(self, hold_until: datetime) -> "SignUp":
        """The same sign-up at the same time as another; a hold it had before goes on."""
        until = min(self.hold_until or hold_until, hold_until)
        return replace(self.to("conflict", hold_until=until), before_conflict=self.state)

    def out_of_conflict(self) -> "SignUp":
        """The same sign-up as it was before another came to be at its time."""
        state = self.before_conflict or "active"
        until = None if state == "active" else self.hold_until
        return replace(self.to(state, hold_until=until), before_conflict=None)

    def ended(self, reason: str, now: datetime) -> "SignUp":
        """The same sign-up, over."""
        return replace(self.to("ended"), place=None, reason=reason, ended_at=now)


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
        """Whether both take place at some moment."""
        return self.starts_at < ends_at and starts_at < self.ends_at


@dataclass(frozen=True)
class Led:
    """A session that somebody leads: an appointment like a seat."""

    session_id: str
    starts_at: datetime
    ends_at: datetime

    def overlaps(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether both take place at some moment."""
        return self.starts_at < ends_at and starts_at < self.ends_at


@dataclass(frozen=True)
class Calendar:
    """What a person signed up for and leads, over all gatherings; written with every change of a
    seat. `version` rises with every writing, also of what is unchanged."""

    person_id: str
    entries: tuple[Entry, ...] = ()
    version: int = 0
    led: tuple[Led, ...] = ()

    def at(self, gathering_id: str) -> tuple[Entry, ...]:
        """The sign-ups that belong to one gathering."""
        return tuple(entry for entry in self.entries if entry.gathering_id == gathering_id)

    def clash(
        self, starts_at: datetime, ends_at: datetime, *, but: str | None = None
    ) -> Entry | None:
        """A seat at the same time but for sign-up `but`; a place in line clashes with nothing."""
        for entry in self.entries:
            if entry.is_taken and entry.sign_up_id != but and entry.overlaps(starts_at, ends_at):
                return entry
        return None

    def leads_at(self, starts_at: datetime, ends_at: datetime) -> Led | None:
        """A session they lead at that time."""
        return next((one for one in self.led if one.overlaps(starts_at, ends_at)), None)

    def is_free(self, starts_at: datetime, ends_at: datetime, *, but: str | None = None) -> bool:
        """Whether nothing of theirs is at that time but for sign-up `but`."""
        return not (self.clash(starts_at, ends_at, but=but) or self.leads_at(starts_at, ends_at))

    def leading(self, led: Led) -> "Calendar":
        """With a session they lead, new or in the place of how it was."""
        return replace(self, led=(*self.leading_no_more(led.session_id).led, led))

    def leading_no_more(self, session_id: str) -> "Calendar":
        """One led session fewer."""
        return replace(self, led=tuple(one for one in self.led if one.session_id != session_id))

    def with_entry(self, entry: Entry) -> "Calendar":
        """With this sign-up, new or in the place of how it was."""
        return replace(self, entries=(*self.without(entry.sign_up_id).entries, entry))

    def without(self, sign_up_id: str) -> "Calendar":
        """One sign-up fewer."""
        return replace(
            self, entries=tuple(one for one in self.entries if one.sign_up_id != sign_up_id)
        )

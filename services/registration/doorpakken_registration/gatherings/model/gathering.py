"""A gathering and its rules: when it takes sign-ups and pitches, whether it has room, and which
periods are invalid."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from doorpakken_events import states
from doorpakken_events.registration.gatherings import EARLIER_MAX

CAPACITY_MAX = 100_000
PROGRAMME_MAX = 40
QUESTIONS_MAX = 5
# How long private details of attendees are kept after the gathering.
PARTICULARS_KEPT_AFTER = timedelta(days=14)
LOCAL = ZoneInfo("Europe/Amsterdam")
# Changes within this time are one change to who reads of them.
SETTLED = timedelta(minutes=5)
TAKING = (states.Gathering.PUBLISHED, states.Gathering.CLOSED, states.Gathering.TOOK_PLACE)


@dataclass(frozen=True)
class ProgrammeItem:
    """What begins at a moment."""

    starts_at: datetime
    title: str


@dataclass(frozen=True)
class Question:
    """What this gathering asks of who sign up; without `choices` they write a line themselves."""

    question_id: str
    text: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Earlier:
    """When and where it was to be held, `until` it was moved, and the reason of that move."""

    starts_at: datetime
    ends_at: datetime
    venue_name: str
    venue_address: str
    until: datetime
    reason: str | None = None


@dataclass(frozen=True)
class Gathering:
    """A meeting; `taken` counts who has a place, `version` is 0 until it is published."""

    id: str
    version: int
    title: str
    ambition: str
    starts_at: datetime
    ends_at: datetime
    venue_name: str
    venue_address: str
    capacity: int | None
    registration_opens_at: datetime | None
    registration_closes_at: datetime | None
    follow_up_from: date | None
    follow_up_until: date | None
    state: states.Gathering = states.Gathering.DRAFT
    reason: str | None = None
    taken: int = 0
    pitches_open_at: datetime | None = None
    pitches_close_at: datetime | None = None
    programme: tuple[ProgrammeItem, ...] = ()
    questions: tuple[Question, ...] = ()
    theme: str | None = None
    # The gathering it follows.
    continues: str | None = None
    # Before each move since it was published, oldest first.
    earlier: tuple[Earlier, ...] = ()

    @property
    def is_cancelled(self) -> bool:
        return self.state is states.Gathering.CANCELLED

    @property
    def is_over_days(self) -> bool:
        """Whether it ends on another day in Amsterdam than it begins."""
        return self.starts_at.astimezone(LOCAL).date() != self.ends_at.astimezone(LOCAL).date()

    @property
    def takes_people(self) -> bool:
        """Whether staff may register people: also after the public closing, for walk-ins, and after
        it took place, for cards."""
        return self.state in TAKING

    def to(self, state: states.Gathering) -> "Gathering":
        return replace(self, state=self.state.to(state))

    def is_open(self, now: datetime) -> bool:
        opens, closes = self.registration_opens_at, self.registration_closes_at
        return (
            self.state is states.Gathering.PUBLISHED
            and (opens is None or opens <= now)
            and (now < closes if closes else now < self.ends_at)
        )

    def takes_pitches(self, now: datetime) -> bool:
        """Whether the public may submit a pitch: by default until the gathering ends. Staff may as
        long as `takes_people`."""
        opens, closes = self.pitches_open_at, self.pitches_close_at
        return (
            self.takes_people and (opens is None or opens <= now) and now < (closes or self.ends_at)
        )

    def is_ahead(self, now: datetime) -> bool:
        return not self.is_cancelled and now < self.ends_at

    def is_past(self, now: datetime) -> bool:
        """Whether the last day of its follow-up, or else its own, is over in Amsterdam."""
        last = self.follow_up_until or self.ends_at.astimezone(LOCAL).date()
        return now.astimezone(LOCAL).date() > last

    def is_moved_from(self, other: "Gathering | Earlier") -> bool:
        return _moment_of(self) != _moment_of(other)

    def moved(self, before: "Gathering", now: datetime, reason: str | None) -> "Gathering":
        """With the moment and place of `before` among the earlier ones."""
        left = Earlier(*_moment_of(before), until=now, reason=reason)
        return replace(self, earlier=(*self.earlier, left)[-EARLIER_MAX:])

    def last_move(self) -> Earlier | None:
        """What a reader may know of it that is not true any more; None if nothing is. Passes over
        what was changed again within minutes."""
        befores = (None, *self.earlier)
        stood = [
            one
            for before, one in zip(befores, self.earlier, strict=False)
            if before is None or one.until - before.until >= SETTLED
        ]
        if not stood or not self.is_moved_from(stood[-1]):
            return None
        return replace(stood[-1], reason=self.earlier[-1].reason)

    def has_room(self, taken: int) -> bool:
        return self.capacity is None or taken < self.capacity

    def wrong_windows(self) -> dict[str, str]:
        """A message by field with a wrong time; empty when all are valid."""
        pairs = {
            "ends_at": (self.starts_at, self.ends_at),
            "registration_closes_at": (self.registration_opens_at, self.registration_closes_at),
            "pitches_close_at": (self.pitches_open_at, self.pitches_close_at),
        }
        wrong = {
            field: "This must be later than the moment it begins."
            for field, (first, last) in pairs.items()
            if first and last and last <= first
        }
        first_day, last_day = self.follow_up_from, self.follow_up_until
        if first_day and last_day and last_day < first_day:
            wrong["follow_up_until"] = "This must not be before follow_up_from."
        if any(not self.starts_at <= one.starts_at < self.ends_at for one in self.programme):
            wrong["programme"] = "Each part must begin between starts_at and ends_at."
        return wrong


def _moment_of(one: Gathering | Earlier) -> tuple[datetime, datetime, str, str]:
    return one.starts_at, one.ends_at, one.venue_name, one.venue_address

"""Support for a pitch by a person, or by an organisation once its contact person confirmed it. Its
history holds states only, no free text."""

from dataclasses import dataclass, replace
from datetime import datetime

# Replaces a reason that the organisation never confirmed.
NOT_CONFIRMED = "not_confirmed"
HISTORY_MAX = 50
STATES = ("pending", "confirmed", "withdrawn")
STRENGTHS = ("withdrawn", "pending", "confirmed")


@dataclass(frozen=True)
class EndorsementStep:
    """The state and stance of support from a moment on."""

    state: str
    stance: str
    at: datetime


@dataclass(frozen=True)
class Endorsement:
    """A person or an organisation that believes in a pitch or joins it; `said_by` is the person who
    gave it for the organisation, and is private."""

    id: str
    version: int
    gathering_id: str
    pitch_id: str
    person_id: str | None
    organisation_id: str | None
    stance: str
    state: str
    reason: str | None
    endorsed_at: datetime
    said_by: str | None = None
    history: tuple[EndorsementStep, ...] = ()

    @property
    def supporter(self) -> str:
        return self.person_id or self.organisation_id or ""

    @property
    def is_withdrawn(self) -> bool:
        return self.state == "withdrawn"

    def says(self, stance: str, reason: str | None, state: str) -> bool:
        """Whether this would change nothing; confirmed support does not become pending again."""
        same = (self.stance, self.reason) == (stance, reason)
        return same and self.state in (state, "confirmed")

    def is_stronger_than(self, other: "Endorsement") -> bool:
        return STRENGTHS.index(self.state) > STRENGTHS.index(other.state)

    def strengthened(self, by: "Endorsement", now: datetime) -> "Endorsement":
        said = replace(self, stance=by.stance, state=by.state, reason=by.reason, said_by=by.said_by)
        return said.stepped(now)

    def stepped(self, now: datetime) -> "Endorsement":
        history = (*self.history, EndorsementStep(self.state, self.stance, now))[-HISTORY_MAX:]
        return replace(self, version=self.version + 1, history=history)

    def confirmed(self, now: datetime) -> "Endorsement":
        return replace(self, state="confirmed").stepped(now)

    def withdrawn(self, now: datetime) -> "Endorsement":
        reason = NOT_CONFIRMED if self.state == "pending" else self.reason
        return replace(self, state="withdrawn", reason=reason).stepped(now)

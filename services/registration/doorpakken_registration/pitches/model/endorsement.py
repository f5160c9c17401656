"""Support for a pitch by a person, or by an organisation once its contact person confirmed it.
What it was before is kept as states, without anybody's words."""

from dataclasses import dataclass, replace
from datetime import datetime

# In the place of words that the organisation never confirmed as its own.
NOT_CONFIRMED = "not_confirmed"
HISTORY_MAX = 50
STATES = ("pending", "confirmed", "withdrawn")


@dataclass(frozen=True)
class EndorsementStep:
    """What support was from a moment on."""

    state: str
    stance: str
    at: datetime


@dataclass(frozen=True)
class Endorsement:
    """A person or an organisation that believes in a pitch or joins it; `said_by` is who said so
    for the organisation, and nobody else's business."""

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
        """Who supports: each supports a pitch once."""
        return self.person_id or self.organisation_id or ""

    @property
    def is_withdrawn(self) -> bool:
        """Whether it counts no more."""
        return self.state == "withdrawn"

    def says(self, stance: str, reason: str | None, state: str) -> bool:
        """Whether saying this would change nothing; what was confirmed stays so."""
        same = (self.stance, self.reason) == (stance, reason)
        return same and self.state in (state, "confirmed")

    def stepped(self, now: datetime) -> "Endorsement":
        """Its next version, with the state it has now added to those it had."""
        history = (*self.history, EndorsementStep(self.state, self.stance, now))[-HISTORY_MAX:]
        return replace(self, version=self.version + 1, history=history)

    def confirmed(self, now: datetime) -> "Endorsement":
        """The same support, as the organisation's own word."""
        return replace(self, state="confirmed").stepped(now)

    def withdrawn(self, now: datetime) -> "Endorsement":
        """The same support, taken back."""
        reason = NOT_CONFIRMED if self.state == "pending" else self.reason
        return replace(self, state="withdrawn", reason=reason).stepped(now)

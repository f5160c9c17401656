"""Support for a pitch by a person, or by an organisation once its contact person confirmed it. Its
history holds states only, no free text."""

from dataclasses import dataclass, replace
from datetime import datetime

from doorpakken_events import states

# Replaces a reason that the organisation never confirmed.
NOT_CONFIRMED = "not_confirmed"
HISTORY_MAX = 50
STRENGTHS = (
    states.Endorsement.WITHDRAWN,
    states.Endorsement.PENDING,
    states.Endorsement.CONFIRMED,
)


@dataclass(frozen=True)
class EndorsementStep:
    """The state and stance of support from a moment on."""

    state: states.Endorsement
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
    state: states.Endorsement
    reason: str | None
    endorsed_at: datetime
    said_by: str | None = None
    history: tuple[EndorsementStep, ...] = ()

    @property
    def supporter(self) -> str:
        return self.person_id or self.organisation_id or ""

    @property
    def is_withdrawn(self) -> bool:
        return self.state is states.Endorsement.WITHDRAWN

    @property
    def is_pending(self) -> bool:
        return self.state is states.Endorsement.PENDING

    @property
    def is_confirmed(self) -> bool:
        return self.state is states.Endorsement.CONFIRMED

    def says(self, stance: str, reason: str | None, state: states.Endorsement) -> bool:
        """Whether this would change nothing; confirmed support does not become pending again."""
        same = (self.stance, self.reason) == (stance, reason)
        return same and (self.state is state or self.is_confirmed)

    def is_stronger_than(self, other: "Endorsement") -> bool:
        return STRENGTHS.index(self.state) > STRENGTHS.index(other.state)

    def strengthened(self, by: "Endorsement", now: datetime) -> "Endorsement":
        state = self.state.to(by.state)
        said = replace(self, stance=by.stance, state=state, reason=by.reason, said_by=by.said_by)
        return said.stepped(now)

    def stepped(self, now: datetime) -> "Endorsement":
        history = (*self.history, EndorsementStep(self.state, self.stance, now))[-HISTORY_MAX:]
        return replace(self, version=self.version + 1, history=history)

    def confirmed(self, now: datetime) -> "Endorsement":
        return self._to(states.Endorsement.CONFIRMED, self.reason, now)

    def withdrawn(self, now: datetime) -> "Endorsement":
        reason = NOT_CONFIRMED if self.is_pending else self.reason
        return self._to(states.Endorsement.WITHDRAWN, reason, now)

    def _to(self, state: states.Endorsement, reason: str | None, now: datetime) -> "Endorsement":
        return replace(self, state=self.state.to(state), reason=reason).stepped(now)

"""An offer toward a need or a category."""

from dataclasses import dataclass, replace
from datetime import datetime

HISTORY_MAX = 50


@dataclass(frozen=True)
class OfferStep:
    """What an offer was from a moment on."""

    state: str
    amount: int
    at: datetime


@dataclass(frozen=True)
class Offer:
    """An amount somebody can give; by a person, by an organisation, or by a person for theirs."""

    id: str
    version: int
    gathering_id: str
    pitch_id: str | None
    need_id: str | None
    category: str
    amount: int
    unit: str
    person_id: str | None
    organisation_id: str | None
    state: str
    offered_at: datetime
    history: tuple[OfferStep, ...] = ()

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was taken back."""
        return self.state == "withdrawn"

    @property
    def is_pending(self) -> bool:
        """Whether it waits for a contact of the organisation, and counts nowhere until then."""
        return self.state == "pending"

    def stepped(self, state: str, amount: int, now: datetime) -> "Offer":
        """The same offer as it is from now on; what it was is kept."""
        history = (*self.history, OfferStep(state, amount, now))[-HISTORY_MAX:]
        version = self.version + 1
        return replace(self, version=version, state=state, amount=amount, history=history)

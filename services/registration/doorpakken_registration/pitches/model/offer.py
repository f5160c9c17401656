"""An offer toward a need or a category."""

from dataclasses import dataclass, replace
from datetime import datetime

from doorpakken_events import states

HISTORY_MAX = 50


@dataclass(frozen=True)
class OfferStep:
    """The state and amount of an offer from a moment on."""

    state: states.Offer
    amount: int
    at: datetime


@dataclass(frozen=True)
class Offer:
    """An offered amount; by a person, by an organisation, or by a person for their organisation."""

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
    state: states.Offer
    offered_at: datetime
    history: tuple[OfferStep, ...] = ()

    @property
    def counted_in(self) -> tuple[str, str]:
        return self.category, self.unit

    @property
    def is_withdrawn(self) -> bool:
        return self.state is states.Offer.WITHDRAWN

    @property
    def is_pending(self) -> bool:
        return self.state is states.Offer.PENDING

    def stepped(self, state: states.Offer, amount: int, now: datetime) -> "Offer":
        state = self.state.to(state)
        history = (*self.history, OfferStep(state, amount, now))[-HISTORY_MAX:]
        version = self.version + 1
        return replace(self, version=version, state=state, amount=amount, history=history)

"""A handover: somebody sends a colleague or neighbour to a session in their place."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum, auto


class HandoverState(StrEnum):
    """Once answered it stays so; WITHDRAWN means that somebody else was asked after them."""

    ASKED = auto()
    ACCEPTED = auto()
    DECLINED = auto()
    WITHDRAWN = auto()


@dataclass(frozen=True)
class Handover:
    """A seat that is to move once the other person says yes."""

    id: str
    gathering_id: str
    session_id: str
    sign_up_id: str
    attendee_id: str
    from_person_id: str
    person_id: str
    state: HandoverState
    asked_at: datetime
    answered_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.state is HandoverState.ASKED

    def answered(self, state: HandoverState, now: datetime) -> "Handover":
        return replace(self, state=state, answered_at=now)

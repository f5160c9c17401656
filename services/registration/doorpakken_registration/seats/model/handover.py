"""A handover: somebody sends a colleague or neighbour to a session in their place."""

from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True)
class Handover:
    """A seat that is to move once the other person says yes: `asked`, then `accepted`, `declined`
    or, when somebody else was asked after them, `withdrawn`."""

    id: str
    gathering_id: str
    session_id: str
    sign_up_id: str
    attendee_id: str
    from_person_id: str
    person_id: str
    state: str
    asked_at: datetime
    answered_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.state == "asked"

    def answered(self, state: str, now: datetime) -> "Handover":
        return replace(self, state=state, answered_at=now)

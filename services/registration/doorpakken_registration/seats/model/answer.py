"""What an attendee answers to an invitation; the last answer counts."""

from dataclasses import dataclass, replace
from datetime import datetime

from doorpakken_events import states


@dataclass(frozen=True)
class InvitationAnswer:
    """One attendee's answer to one wave."""

    id: str
    version: int
    gathering_id: str
    wave_id: str
    attendee_id: str
    answer: states.Answer
    reason: str | None
    answered_at: datetime

    def says(self, answer: states.Answer, reason: str | None) -> bool:
        return (self.answer, self.reason) == (answer, reason)

    def changed(
        self, answer: states.Answer, reason: str | None, now: datetime
    ) -> "InvitationAnswer":
        version, answer = self.version + 1, self.answer.to(answer)
        return replace(self, version=version, answer=answer, reason=reason, answered_at=now)


@dataclass(frozen=True)
class Wave:
    """The invitations of one published plan."""

    id: str
    version: int
    gathering_id: str
    recommendations: int
    sessions: int
    answer_by: datetime
    published_at: datetime

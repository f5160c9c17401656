"""Requests to a person to lead a session at a given time, and their answers. Which answers are
allowed is decided in hosting."""

from dataclasses import dataclass, replace
from datetime import datetime

from doorpakken_events import states


@dataclass(frozen=True)
class OtherSlot:
    """A time at which the session could be instead."""

    slot_id: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Hosting:
    """What matching asks one person about one session; `ask` numbers its requests, from 1."""

    id: str
    version: int
    gathering_id: str
    session_id: str
    person_id: str
    ask: int
    starts_at: datetime
    ends_at: datetime
    other_slots: tuple[OtherSlot, ...]
    state: str

    def find_slot(self, slot_id: str | None) -> OtherSlot | None:
        return next((one for one in self.other_slots if one.slot_id == slot_id), None)


@dataclass(frozen=True)
class HostingAnswer:
    """What that person said, under the hosting's id; the last answer counts."""

    id: str
    version: int
    gathering_id: str
    session_id: str
    person_id: str
    ask: int
    answer: states.HostingAnswer
    slot_id: str | None
    answered_at: datetime

    def changed(
        self, ask: int, answer: states.HostingAnswer, slot_id: str | None, now: datetime
    ) -> "HostingAnswer":
        """Returns itself, with the same version, when nothing changes."""
        if (self.ask, self.answer, self.slot_id) == (ask, answer, slot_id):
            return self
        version, answer = self.version + 1, self.answer.to(answer)
        return replace(
            self, version=version, ask=ask, answer=answer, slot_id=slot_id, answered_at=now
        )

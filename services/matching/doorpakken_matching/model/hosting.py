"""Requests to people to host a session at a given time, and their answers. Pure; an answer to an
earlier request is ignored."""

from datetime import datetime
from typing import Self
from uuid import UUID, uuid5

from doorpakken_events import states
from pydantic import BaseModel, ConfigDict

from doorpakken_matching.model.places import Slot

_HOSTINGS = UUID("6f1d8f0e-52a4-5d0b-9b1c-9d7f6f2f4c11")


class Hosting(BaseModel):
    """One person and one session; `ask` counts the times they were asked about."""

    model_config = ConfigDict(frozen=True)
    hosting_id: str
    version: int
    gathering_id: str
    session_id: str
    person_id: str
    ask: int
    starts_at: datetime
    ends_at: datetime
    other_slots: tuple[Slot, ...] = ()
    state: states.Hosting = states.Hosting.ASKED
    slot_id: str | None = None
    asked_at: datetime
    answered_at: datetime | None = None

    @property
    def is_replaced(self) -> bool:
        return self.state is states.Hosting.REPLACED

    @property
    def wished(self) -> Slot | None:
        """The slot that the host prefers; None unless the answer is `other_slot`."""
        if self.state is not states.Hosting.OTHER_SLOT:
            return None
        return next((one for one in self.other_slots if one.slot_id == self.slot_id), None)

    def stands_for(self, starts_at: datetime, ends_at: datetime) -> bool:
        """True if they were asked about exactly this time and were not replaced since."""
        is_same_time = (self.starts_at, self.ends_at) == (starts_at, ends_at)
        return not self.is_replaced and is_same_time

    def answered(self, answer: str, slot_id: str | None, at: datetime) -> Self:
        if (self.state, self.slot_id) == (answer, slot_id):
            return self
        return self._to(states.Hosting(answer), slot_id=slot_id, answered_at=at)

    def asked_about(
        self, starts_at: datetime, ends_at: datetime, other_slots: tuple[Slot, ...], now: datetime
    ) -> Self:
        """Asks about another time; the slot that the host preferred counts as a yes at once."""
        wished = self.wished
        is_wish = bool(wished and (wished.starts_at, wished.ends_at) == (starts_at, ends_at))
        return self._to(
            states.Hosting.YES if is_wish else states.Hosting.ASKED,
            ask=self.ask + 1,
            starts_at=starts_at,
            ends_at=ends_at,
            other_slots=other_slots,
            slot_id=None,
            asked_at=now,
            answered_at=self.answered_at if is_wish else None,
        )

    def replaced(self) -> Self:
        return self if self.is_replaced else self._to(states.Hosting.REPLACED, slot_id=None)

    def _to(self, state: states.Hosting, **fields: object) -> Self:
        changed = {"version": self.version + 1, "state": self.state.to(state), **fields}
        return self.model_copy(update=changed)


def hosting_id_of(session_id: str, person_id: str) -> str:
    return str(uuid5(_HOSTINGS, f"{session_id}/{person_id}"))

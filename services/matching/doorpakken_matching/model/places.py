"""Rooms, slots and their combinations (cells), with the rules for overlap."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel, ConfigDict


class Room(BaseModel):
    """Where a work session can be; `capacity` counts seats, the host not included."""

    model_config = ConfigDict(frozen=True)
    room_id: str
    name: str
    capacity: int
    address: str = ""
    link: str | None = None


class Slot(BaseModel):
    """When work sessions can be, in UTC."""

    model_config = ConfigDict(frozen=True)
    slot_id: str
    starts_at: datetime
    ends_at: datetime

    def overlaps(self, other: "Slot") -> bool:
        """A slot that ends when the other starts does not overlap it."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True)
class Cell:
    """A room in a slot; it holds at most one session."""

    slot: Slot
    room: Room

    def excludes(self, other: "Cell") -> bool:
        return self.room.room_id == other.room.room_id and self.slot.overlaps(other.slot)


def cells_of(slots: Sequence[Slot], rooms: Sequence[Room]) -> list[Cell]:
    by_time = sorted(slots, key=lambda slot: (slot.starts_at, slot.ends_at, slot.slot_id))
    by_size = sorted(rooms, key=lambda room: (-room.capacity, room.room_id))
    return [Cell(slot, room) for slot in by_time for room in by_size]


def sessions_that_fit(slots: Sequence[Slot], rooms: Sequence[Room]) -> int:
    """How many sessions can take place: in each room as many as there are slots that do not
    overlap."""
    each, free_from = 0, None
    for slot in sorted(slots, key=lambda one: one.ends_at):
        if free_from is None or slot.starts_at >= free_from:
            each, free_from = each + 1, slot.ends_at
    return each * len(rooms)

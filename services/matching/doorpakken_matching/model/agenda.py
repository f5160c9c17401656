"""The sessions to come in their rooms and slots: what is free, and for whom. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from doorpakken_matching.model.places import Cell, Room, Slot, cells_of

CHOICES_MAX = 5


@dataclass(frozen=True)
class Booking:
    """A session to come, who leads it and how many seats it has."""

    session_id: str
    host: str | None
    seats: int
    cell: Cell


@dataclass(frozen=True)
class Agenda:
    """All rooms, the slots still to come, and what is booked."""

    rooms: tuple[Room, ...]
    slots: tuple[Slot, ...]
    bookings: tuple[Booking, ...]

    def is_room_free(self, cell: Cell, *, session_id: str) -> bool:
        """Whether this session could be there."""
        return not any(one.cell.excludes(cell) for one in self._others(session_id))

    def is_person_free(self, person_id: str, slot: Slot, *, session_id: str) -> bool:
        """Whether they lead no other session at that time."""
        others = [one for one in self._others(session_id) if one.host == person_id]
        return not any(one.cell.slot.overlaps(slot) for one in others)

    def other_slots(self, session_id: str, person_id: str) -> tuple[Slot, ...]:
        """The first few times at which this person could lead the session instead, in its own room
        or in one that holds as many."""
        booking = next(one for one in self.bookings if one.session_id == session_id)
        free = {
            cell.slot.slot_id: cell.slot
            for cell in cells_of(self.slots, self._fitting(booking))
            if cell.slot != booking.cell.slot
            and self.is_room_free(cell, session_id=session_id)
            and self.is_person_free(person_id, cell.slot, session_id=session_id)
        }
        return tuple(free.values())[:CHOICES_MAX]

    def _fitting(self, booking: Booking) -> Sequence[Room]:
        own = booking.cell.room
        return [one for one in self.rooms if one == own or one.capacity >= booking.seats]

    def _others(self, session_id: str) -> list[Booking]:
        return [one for one in self.bookings if one.session_id != session_id]

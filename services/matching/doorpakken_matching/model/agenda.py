"""The coming sessions with their rooms and slots: what is free, and for whom. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from doorpakken_events import states

from doorpakken_matching.model.places import Cell, Room, Slot

# The states of a session that still takes place.
OPEN = (states.Session.SCHEDULED, states.Session.RESCHEDULED)
CHOICES_MAX = 5


@dataclass(frozen=True)
class Booking:
    """A coming session with its host, number of seats and cell."""

    session_id: str
    host: str | None
    seats: int
    cell: Cell


@dataclass(frozen=True)
class Agenda:
    """All rooms, the coming slots, and the bookings."""

    rooms: tuple[Room, ...]
    slots: tuple[Slot, ...]
    bookings: tuple[Booking, ...]

    def is_room_free(self, cell: Cell, *, session_id: str) -> bool:
        return not any(one.cell.excludes(cell) for one in self._others(session_id))

    def is_person_free(self, person_id: str, slot: Slot, *, session_id: str) -> bool:
        """A person is busy only while they host another session."""
        others = [one for one in self._others(session_id) if one.host == person_id]
        return not any(one.cell.slot.overlaps(slot) for one in others)

    def find_room(self, session_id: str, slot: Slot) -> Room | None:
        """The session's own room if free then, else the smallest free one with enough seats."""
        booking = self.booking(session_id)
        cells = [Cell(slot, room) for room in self._fitting(booking)]
        free = [one.room for one in cells if self.is_room_free(one, session_id=session_id)]
        return free[0] if free else None

    def other_slots(self, session_id: str, person_id: str) -> tuple[Slot, ...]:
        """The earliest slots, at most CHOICES_MAX, in which this person could host the session."""
        now = self.booking(session_id).cell.slot
        free = [
            slot
            for slot in sorted(self.slots, key=lambda one: (one.starts_at, one.slot_id))
            if slot != now
            and self.find_room(session_id, slot)
            and self.is_person_free(person_id, slot, session_id=session_id)
        ]
        return tuple(free[:CHOICES_MAX])

    def booking(self, session_id: str) -> Booking:
        """Raises KeyError for a session that is not a coming one."""
        found = {one.session_id: one for one in self.bookings}
        return found[session_id]

    def _fitting(self, booking: Booking) -> Sequence[Room]:
        own = booking.cell.room
        others = [one for one in self.rooms if one != own and one.capacity >= booking.seats]
        return [own, *sorted(others, key=lambda one: (one.capacity, one.room_id))]

    def _others(self, session_id: str) -> list[Booking]:
        return [one for one in self.bookings if one.session_id != session_id]

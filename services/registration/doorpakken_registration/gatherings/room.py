"""Whether a gathering has a place for a new attendee. A free place goes to the waitlist first."""

from dataclasses import dataclass, replace

from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.gatherings.model.attendee import Attendee, beginning
from doorpakken_registration.gatherings.model.gathering import Gathering
from doorpakken_registration.gatherings.store import attendees as store


async def is_full(documents: Documents, gathering: Gathering) -> bool:
    """True also when the free places are for the waitlist."""
    return not gathering.has_room(gathering.taken) or await has_waiting(documents, gathering)


async def has_waiting(documents: Documents, gathering: Gathering | None) -> bool:
    if gathering is None or gathering.capacity is None:
        return False
    return bool(await store.list_waiting(documents, gathering.id, 1))


@dataclass
class Room:
    """Gives places of a gathering to guests; `taken` includes those it gave."""

    gathering: Gathering
    is_awaited: bool
    taken: int

    def admit(self, guest: Attendee) -> Attendee:
        """Registered or on the waitlist: a seat in a session gives no place at the gathering."""
        has_room = self.gathering.has_room(self.taken) and not self.is_awaited
        self.taken += has_room
        return replace(guest, state=beginning(has_place=has_room))

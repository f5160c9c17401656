"""Whether a gathering has a place for who comes now. Refuses a free place that others wait for."""

from dataclasses import dataclass, replace

from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.gatherings.model.attendee import Attendee
from doorpakken_registration.gatherings.model.gathering import Gathering
from doorpakken_registration.gatherings.store import attendees as store


async def is_full(documents: Documents, gathering: Gathering) -> bool:
    """Whether who comes now has to wait: all places are taken, or belong to who waits already."""
    return not gathering.has_room(gathering.taken) or await has_waiting(documents, gathering)


async def has_waiting(documents: Documents, gathering: Gathering | None) -> bool:
    """Whether somebody waits for a place here."""
    if gathering is None or gathering.capacity is None:
        return False
    return bool(await store.list_waiting(documents, gathering.id, 1))


@dataclass
class Room:
    """The places of a gathering while guests come to it; `taken` counts them along."""

    gathering: Gathering
    is_awaited: bool
    taken: int

    def admit(self, guest: Attendee) -> Attendee:
        """The guest with a place, or on the waitlist: a seat in a session makes no place here."""
        has_room = self.gathering.has_room(self.taken) and not self.is_awaited
        self.taken += has_room
        return replace(guest, state="registered" if has_room else "waitlisted")

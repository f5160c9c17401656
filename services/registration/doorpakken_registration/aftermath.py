"""What erasing a person will do, told before they decide; and all that is known of them, to take
along. Refuses nothing and changes nothing."""

from dataclasses import dataclass
from typing import Any

from doorpakken_plumbing.mongo import Documents

from doorpakken_registration import stays
from doorpakken_registration.model.person import Person
from doorpakken_registration.stays import Seat
from doorpakken_registration.store import attendees as attendees_store
from doorpakken_registration.store import own as store
from doorpakken_registration.store import pitches as pitches_store

# How something is kept says nothing about the person.
BOOKKEEPING = ("_id", "held", "version", "is_open", "supporter")


@dataclass(frozen=True)
class Aftermath:
    """Seats and lines they are in, titles of what they support, and offers; all of it ends."""

    seats: tuple[Seat, ...]
    supported: tuple[str, ...]
    offers: int


async def foresee(documents: Documents, person: Person) -> Aftermath:
    """What will happen when this person is erased."""
    found = await stays.list_stays(documents, person)
    own = await store.list_own(documents, person.id, [stay.attendee.id for stay in found])
    pitch_ids = {one["pitch_id"] for one in own["endorsements"]}
    titles = await pitches_store.titles_of(documents, pitch_ids)
    return Aftermath(
        seats=tuple(seat for stay in found for seat in stay.seats),
        supported=tuple(sorted(titles.values())),
        offers=sum(one["state"] == "offered" for one in own["offers"]),
    )


async def copy_of(documents: Documents, person: Person) -> dict[str, list[dict[str, Any]]]:
    """All that is known of a person, by kind."""
    attendances = await attendees_store.list_attendances(documents, person.id)
    own = await store.list_own(documents, person.id, [one.id for one in attendances])
    return {
        name: [{key: one[key] for key in one if key not in BOOKKEEPING} for one in documents]
        for name, documents in own.items()
        if documents
    }

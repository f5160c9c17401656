"""The waitlist and the open offers of a gathering, for staff: they phone those without an e-mail
address, who are not notified otherwise."""

from dataclasses import dataclass

from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.gatherings.model.attendee import Attendee
from doorpakken_registration.gatherings.store import attendees as store
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.store import persons as persons_store

LISTED_MAX = 1000


@dataclass(frozen=True)
class Waiting:
    """An attendee on the waitlist, from position 1; None for one who was offered a place."""

    attendee: Attendee
    person: Person
    position: int | None

    @property
    def is_to_call(self) -> bool:
        return self.person.email is None


async def list_waiting(documents: Documents, gathering_id: str) -> list[Waiting]:
    """First those who were offered a place, then the waitlist in order."""
    offered = await store.list_offered(documents, gathering_id, LISTED_MAX)
    waiting = await store.list_waiting(documents, gathering_id, LISTED_MAX)
    ids = {one.person_id for one in (*offered, *waiting)}
    people = {one.id: one for one in await persons_store.list_persons(documents, ids)}
    placed: list[tuple[Attendee, int | None]] = [(one, None) for one in offered]
    placed += [(one, at) for at, one in enumerate(waiting, start=1)]
    return [
        Waiting(one, people[one.person_id], at) for one, at in placed if one.person_id in people
    ]

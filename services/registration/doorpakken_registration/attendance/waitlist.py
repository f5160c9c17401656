"""Who waits for a place at a gathering, or was offered one: for staff, who telephone those without
an e-mail address, since nothing else tells them."""

from dataclasses import dataclass

from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.gatherings.model.attendee import Attendee
from doorpakken_registration.gatherings.store import attendees as store
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.store import persons as persons_store

LISTED_MAX = 1000


@dataclass(frozen=True)
class Waiting:
    """Somebody who waits, with where they stand; None for who was offered a place."""

    attendee: Attendee
    person: Person
    position: int | None

    @property
    def is_to_call(self) -> bool:
        """Whether only a telephone call tells them."""
        return self.person.email is None


async def list_waiting(documents: Documents, gathering_id: str) -> list[Waiting]:
    """Those who were offered a place, then the line in its order."""
    offered = await store.list_offered(documents, gathering_id, LISTED_MAX)
    waiting = await store.list_waiting(documents, gathering_id, LISTED_MAX)
    ids = {one.person_id for one in (*offered, *waiting)}
    people = {one.id: one for one in await persons_store.list_persons(documents, ids)}
    placed: list[tuple[Attendee, int | None]] = [(one, None) for one in offered]
    placed += [(one, at) for at, one in enumerate(waiting, start=1)]
    return [
        Waiting(one, people[one.person_id], at) for one, at in placed if one.person_id in people
    ]

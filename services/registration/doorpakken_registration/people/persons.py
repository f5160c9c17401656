"""People: finds or creates those of one batch of work, and changes names and addresses for who may.
Refuses a change that would give two people the same identity."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from doorpakken_events.registration import PersonContact
from doorpakken_plumbing.http.errors import Conflict, NotFound
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.observing.tracing import Origin
from doorpakken_plumbing.time import clock

from doorpakken_registration.common.model.addresses import without_address
from doorpakken_registration.common.model.names import key_of
from doorpakken_registration.people.model.person import Introduction, Person
from doorpakken_registration.people.store import persons as store

NO_SUCH = "There is no person with this id."


class PersonKnown(Conflict):
    """Another person has this name and address; `id` is that one."""

    slug = "person-known"
    dutch = "Iemand anders heeft deze naam met dit adres."


async def get(documents: Documents, person_id: str) -> Person:
    found = await store.find_person(documents, person_id)
    if found is None:
        raise NotFound(NO_SUCH)
    return found


async def hold(tx: Transaction, person_id: str) -> Person:
    """Writes to the person, so that a concurrent erasure conflicts and nothing of theirs is stored
    after it; raises NotFound."""
    found = await store.hold_person(tx, person_id)
    if found is None:
        raise NotFound(NO_SUCH)
    return found


async def change(tx: Transaction, person_id: str, who: Introduction) -> Person:
    """Raises NotFound or PersonKnown."""
    before = await hold(tx, person_id)
    after = before.introduced(who)
    for other in await store.list_persons_known_as(tx, after.identities):
        if other.id != person_id:
            raise PersonKnown(
                "Somebody else has this name with this address. Merge the two.", id=other.id
            )
    return await put(tx, before, after)


async def add_addresses(
    tx: Transaction, person_id: str, email: str | None, phone: str | None
) -> None:
    """Adds only addresses that are missing, and none if that would identify another person too."""
    before = await hold(tx, person_id)
    who = Introduction(before.name, before.email or email, before.phone or phone, before.language)
    after = before.introduced(who)
    known = await store.list_persons_known_as(tx, after.identities)
    if all(one.id == person_id for one in known):
        await put(tx, before, after)


async def end_links(tx: Transaction, person_id: str) -> Person:
    before = await hold(tx, person_id)
    return await put(tx, before, before.without_links())


async def put(tx: Transaction, before: Person, after: Person) -> Person:
    """Publishes PersonContact, with the next version, only if one of its fields changed."""
    if after == before:
        return before
    if _contact(after) != _contact(before):
        after = replace(after, version=before.version + 1)
        tx.publish(_contact(after), after.version)
    await store.put_person(tx, after)
    return after


async def forget(tx: Transaction, person_id: str, attendee_ids: Sequence[str]) -> int:
    """Raises NotFound."""
    await _remove(tx, await get(tx, person_id))
    return 1


async def give(tx: Transaction, gone: str, stays: str) -> None:
    """The one who stays is found by the names and addresses of both; raises NotFound."""
    theirs, own = await get(tx, gone), await get(tx, stays)
    await _remove(tx, theirs)
    await put(tx, own, own.joined_by(theirs))


async def _remove(tx: Transaction, person: Person) -> None:
    await store.remove_person(tx, person.id)
    tx.publish_tombstones(PersonContact, person.id, person.version)


class People:
    """Finds or creates the people who introduce themselves in one transaction."""

    def __init__(self, tx: Transaction, known: Sequence[Person]) -> None:
        self._tx = tx
        self._by_identity = {name: person for person in known for name in person.identities}
        self._by_id = {person.id: person for person in known}
        self._made: list[Person] = []
        self.known_ids = {person.id for person in known}

    @classmethod
    async def meet(
        cls, tx: Transaction, introductions: Sequence[Introduction], ids: Iterable[str] = ()
    ) -> "People":
        """Looks up all introductions and ids at once, and holds the people who are known."""
        identities = {name for one in introductions for name in one.identities}
        known = await store.list_persons_known_as(tx, identities)
        if missing := {*ids} - {one.id for one in known}:
            known += await store.list_persons(tx, missing)
        await store.hold_persons(tx, [one.id for one in known])
        return cls(tx, known)

    def find(self, who: Introduction) -> Person | None:
        return next(filter(None, map(self._by_identity.get, who.identities)), None)

    def with_id(self, person_id: str) -> Person | None:
        return self._by_id.get(person_id)

    def find_or_make(self, who: Introduction, origin: Origin | None = None) -> Person:
        if known := self.find(who):
            return known
        person = self._make(who)
        self._by_identity.update(dict.fromkeys(person.identities, person))
        self._made.append(person)
        self._tx.publish(_contact(person), person.version, origin=origin)
        return person

    def _make(self, who: Introduction) -> Person:
        person_id = self._tx.new_id()
        return Person(
            id=person_id,
            version=1,
            name=who.name,
            email=who.email,
            phone=who.phone,
            language=who.language,
            identities=who.identities or (without_address(person_id, key_of(who.name)),),
            generation=0,
            created_at=clock.now(),
        )

    async def save(self) -> None:
        await store.add_persons(self._tx, self._made)


def _contact(person: Person) -> PersonContact:
    return PersonContact(
        person_id=person.id,
        name=person.name,
        email=person.email,
        phone=person.phone,
        language=person.language,
        generation=person.generation,
    )

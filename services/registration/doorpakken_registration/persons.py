"""People and organisations of one batch of work: each is found, or made and said once.
Refuses to change somebody who is known: who asks has not shown to be that person."""

from collections.abc import Sequence

from doorpakken_events.registration import OrganisationDescribed, PersonContact
from doorpakken_plumbing import clock
from doorpakken_plumbing.errors import NotFound
from doorpakken_plumbing.mongo import Documents
from doorpakken_plumbing.tracing import Origin
from doorpakken_plumbing.transaction import Transaction

from doorpakken_registration.model.names import key_of
from doorpakken_registration.model.person import Introduction, Organisation, Person
from doorpakken_registration.store import persons as store

NO_SUCH = "There is no person with this id."


async def get(documents: Documents, person_id: str) -> Person:
    """The person; raises NotFound."""
    found = await store.find_person(documents, person_id)
    if found is None:
        raise NotFound(NO_SUCH)
    return found


async def hold(tx: Transaction, person_id: str) -> Person:
    """The person something is about to be kept for; raises NotFound. An erasure at the same moment
    conflicts with this, so that nothing of theirs is written behind it."""
    found = await store.hold_person(tx, person_id)
    if found is None:
        raise NotFound(NO_SUCH)
    return found


class People:
    """The people who introduce themselves in one transaction."""

    def __init__(self, tx: Transaction, known: Sequence[Person]) -> None:
        self._tx = tx
        self._by_identity = {name: person for person in known for name in person.identities}
        self._made: list[Person] = []
        self.known_ids = {person.id for person in known}

    @classmethod
    async def meet(cls, tx: Transaction, introductions: Sequence[Introduction]) -> "People":
        """Looks up all of them at once."""
        identities = {name for one in introductions for name in one.identities}
        return cls(tx, await store.list_persons_known_as(tx, identities))

    def find_or_make(self, who: Introduction, origin: Origin | None = None) -> Person:
        """The person who introduces themselves, known or new."""
        for name in who.identities:
            if person := self._by_identity.get(name):
                return person
        person = self._make(who)
        self._by_identity.update(dict.fromkeys(person.identities, person))
        self._made.append(person)
        self._tx.publish(_contact(person), person.version, origin=origin)
        return person

    def _make(self, who: Introduction) -> Person:
        return Person(
            id=self._tx.new_id(),
            version=1,
            name=who.name,
            email=who.email,
            phone=who.phone,
            language=who.language,
            identities=who.identities,
            generation=0,
            created_at=clock.now(),
        )

    async def save(self) -> None:
        """Keeps those who were made."""
        await store.add_persons(self._tx, self._made)


class Organisations:
    """The organisations that are named in one transaction."""

    def __init__(self, tx: Transaction, known: Sequence[Organisation]) -> None:
        self._tx = tx
        self._by_name = {one.name_key: one for one in known}
        self._made: list[Organisation] = []

    @classmethod
    async def named(cls, tx: Transaction, names: Sequence[str]) -> "Organisations":
        """Looks up all of them at once."""
        keys = {key_of(name) for name in names}
        return cls(tx, await store.list_organisations_named(tx, keys))

    def find_or_make(
        self, name: str | None, kind: str, origin: Origin | None = None
    ) -> Organisation | None:
        """The organisation of this name, known or new with this kind; None without a name."""
        if not name:
            return None
        if known := self._by_name.get(key_of(name)):
            return known
        made = Organisation(self._tx.new_id(), 1, name, key_of(name), kind)
        self._by_name[made.name_key] = made
        self._made.append(made)
        said = OrganisationDescribed(organisation_id=made.id, name=made.name, kind=made.kind)
        self._tx.publish(said, made.version, origin=origin)
        return made

    async def save(self) -> None:
        """Keeps those that were made."""
        await store.add_organisations(self._tx, self._made)


def _contact(person: Person) -> PersonContact:
    return PersonContact(
        person_id=person.id,
        name=person.name,
        email=person.email,
        phone=person.phone,
        language=person.language,
        generation=person.generation,
    )

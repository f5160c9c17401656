"""Who stands behind commitments, by name and telephone number, for staff and for who pitched the
plan."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.commitments.model.commitment import Commitment
from doorpakken_registration.organisations.store import organisations as organisations_store
from doorpakken_registration.people.model.person import Organisation, Person
from doorpakken_registration.people.store import persons as persons_store


@dataclass(frozen=True)
class Who:
    """By id."""

    people: Mapping[str, Person]
    organisations: Mapping[str, Organisation]

    def name_of(self, one: Commitment) -> str:
        """Of the organisation, or else of the person; empty for who is forgotten."""
        organisation = self.organisations.get(one.organisation_id or "")
        person = self.people.get(one.person_id or "")
        return organisation.name if organisation else person.name if person else ""

    def to_call(self, one: Commitment) -> Sequence[Person]:
        """Its owner, or else the contacts of the organisation."""
        owner = self.people.get(one.person_id or "")
        return [owner] if owner else self.contacts_of(one.organisation_id)

    def contacts_of(self, organisation_id: str | None) -> Sequence[Person]:
        organisation = self.organisations.get(organisation_id or "")
        contacts = organisation.contacts if organisation else ()
        return [self.people[one] for one in contacts if one in self.people]


async def behind(
    documents: Documents, found: Iterable[Commitment], organisation_ids: Iterable[str] = ()
) -> Who:
    """Of these commitments, and of other organisations with their contacts."""
    found = [*found]
    ids = {one.organisation_id for one in found if one.organisation_id} | {*organisation_ids}
    organisations = await organisations_store.list_organisations(documents, ids)
    people = {one.person_id for one in found if one.person_id}
    people |= {contact for one in organisations for contact in one.contacts}
    persons = await persons_store.list_persons(documents, people)
    return Who({one.id: one for one in persons}, {one.id: one for one in organisations})

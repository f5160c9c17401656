"""Organisations: found by name, or created and published without their contacts; staff change them
and set their contacts. Rejects a second organisation of the same name, and changes to a merged
one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from doorpakken_events.registration import OrganisationDescribed
from doorpakken_plumbing.http.errors import Conflict, NotFound
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.observing.tracing import Origin

from doorpakken_registration.common.model.names import key_of
from doorpakken_registration.organisations.store import organisations as store
from doorpakken_registration.people import persons
from doorpakken_registration.people.model.person import Organisation

NO_SUCH = "There is no organisation with this id."


class NameTaken(Conflict):
    """Another organisation has this name; `id` is that one."""

    slug = "organisation-name-taken"
    dutch = "Een andere organisatie heet al zo."


class IsMerged(Conflict):
    """It was merged; `into` is the organisation that it became."""

    slug = "organisation-merged"
    dutch = "Deze organisatie is samengevoegd met een andere."


async def get(documents: Documents, organisation_id: str) -> Organisation:
    found = await store.find_organisation(documents, organisation_id)
    if found is None:
        raise NotFound(NO_SUCH)
    return found


async def name_of(documents: Documents, organisation_id: str | None) -> str | None:
    if organisation_id is None:
        return None
    found = await store.find_organisation(documents, organisation_id)
    return found.name if found else None


async def hold(tx: Transaction, organisation_id: str) -> Organisation:
    """Raises NotFound or IsMerged. A merge of this organisation at the same time conflicts."""
    await store.hold_organisations(tx, [organisation_id])
    return await get_open(tx, organisation_id)


async def get_open(documents: Documents, organisation_id: str) -> Organisation:
    """Raises NotFound, or IsMerged for an organisation that was merged into another."""
    found = await get(documents, organisation_id)
    if found.merged_into:
        raise IsMerged("This organisation was merged into another one.", into=found.merged_into)
    return found


async def change(tx: Transaction, organisation_id: str, name: str, kind: str) -> Organisation:
    """Raises NotFound, IsMerged or NameTaken."""
    before = await get_open(tx, organisation_id)
    after = replace(before, name=name, name_key=key_of(name), kind=kind)
    if after == before:
        return before
    if after.name_key != before.name_key:
        await _free_name(tx, before, after.name_key)
    after = replace(after, version=before.version + 1)
    await store.put_organisation(tx, after)
    tx.publish(event_of(after), after.version)
    return after


async def set_contacts(
    tx: Transaction, organisation_id: str, person_ids: Sequence[str]
) -> Organisation:
    """Raises NotFound or IsMerged. Publishes no event: who is a contact is private."""
    organisation = await get_open(tx, organisation_id)
    for person_id in person_ids:
        await persons.hold(tx, person_id)
    after = organisation.with_contacts(person_ids)
    await store.put_organisation(tx, after)
    return after


async def forget(tx: Transaction, person_id: str, attendee_ids: Sequence[str]) -> int:
    found = await store.list_organisations_of_contact(tx, person_id)
    for organisation in found:
        left = [one for one in organisation.contacts if one != person_id]
        await store.put_organisation(tx, organisation.with_contacts(left))
    return len(found)


async def give_contacts(tx: Transaction, gone: str, stays: str) -> None:
    for one in await store.list_organisations_of_contact(tx, gone):
        contacts = [stays if contact == gone else contact for contact in one.contacts]
        await store.put_organisation(tx, one.with_contacts(contacts))


async def _free_name(tx: Transaction, organisation: Organisation, name_key: str) -> None:
    """Frees a name of an organisation merged into this one: the merged one takes this one's old
    name, which so still finds this one. Raises NameTaken for a name of any other organisation."""
    for other in await store.list_organisations_named(tx, [name_key]):
        if other.merged_into != organisation.id:
            raise NameTaken(
                "Another organisation has this name. Merge the two.",
                id=other.merged_into or other.id,
            )
        # `name_key` is unique, so the names are swapped in steps; the caller writes the last one.
        await store.put_organisation(tx, replace(organisation, name_key=f"{name_key} "))
        await store.put_organisation(tx, replace(other, name_key=organisation.name_key))


class Organisations:
    """The organisations named in one transaction."""

    def __init__(self, tx: Transaction, by_name: Mapping[str, Organisation]) -> None:
        self._tx = tx
        self._by_name = dict(by_name)
        self._made: list[Organisation] = []

    @classmethod
    async def named(cls, tx: Transaction, names: Sequence[str]) -> "Organisations":
        """Looks all names up in one query and holds what is found; a merged one gives its
        target."""
        keys = {key_of(name) for name in names}
        known = await store.list_organisations_named(tx, keys)
        into = {one.merged_into for one in known if one.merged_into}
        by_id = {one.id: one for one in await store.list_organisations(tx, into)} if into else {}
        by_name = {one.name_key: by_id.get(one.merged_into or "", one) for one in known}
        await store.hold_organisations(tx, {one.id for one in by_name.values()})
        return cls(tx, by_name)

    def find_or_make(
        self, name: str | None, kind: str, origin: Origin | None = None
    ) -> Organisation | None:
        """None without a name; `kind` and `origin` apply to a new organisation only."""
        if not name:
            return None
        if known := self._by_name.get(key_of(name)):
            return known
        made = Organisation(self._tx.new_id(), 1, name, key_of(name), kind)
        self._by_name[made.name_key] = made
        self._made.append(made)
        self._tx.publish(event_of(made), made.version, origin=origin)
        return made

    async def save(self) -> None:
        await store.add_organisations(self._tx, self._made)


def event_of(organisation: Organisation) -> OrganisationDescribed:
    return OrganisationDescribed(
        organisation_id=organisation.id,
        name=organisation.name,
        kind=organisation.kind,
        merged_into=organisation.merged_into,
    )

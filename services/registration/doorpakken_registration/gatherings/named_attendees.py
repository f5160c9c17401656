"""Attendees with their names, addresses and organisation, for staff."""

from collections.abc import Sequence

from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.common.store.paging import Part
from doorpakken_registration.gatherings.model.attendee import Attendee
from doorpakken_registration.gatherings.store import attendees as store
from doorpakken_registration.organisations.store import organisations as organisations_store
from doorpakken_registration.people.store import persons as persons_store


async def list_first(
    documents: Documents, gathering_id: str, limit: int
) -> list[dict[str, object]]:
    found = await store.page_attendees(documents, gathering_id, Part(limit))
    return await list_named(documents, found.items)


async def list_named(documents: Documents, found: Sequence[Attendee]) -> list[dict[str, object]]:
    """The fields of each attendee with the person's `name`, `email` and `phone`, and the name of
    the `organisation`; without those whose person was erased or merged meanwhile."""
    people = await persons_store.list_persons(documents, {one.person_id for one in found})
    by_id = {person.id: person for person in people}
    organisations = await organisations_store.list_organisations(
        documents, {one.organisation_id for one in found if one.organisation_id}
    )
    names = {one.id: one.name for one in organisations}
    return [
        {
            **vars(one),
            "name": by_id[one.person_id].name,
            "email": by_id[one.person_id].email,
            "phone": by_id[one.person_id].phone,
            "organisation": names.get(one.organisation_id or ""),
        }
        for one in found
        if one.person_id in by_id
    ]

"""People and organisations, each found by what makes them the same one again, and the links that
were asked for."""

from collections.abc import Iterable
from datetime import datetime

from doorpakken_plumbing.mongo import Documents
from doorpakken_plumbing.transaction import Transaction

from doorpakken_registration.model.person import Organisation, Person
from doorpakken_registration.store.documents import all_from, from_document, to_document


async def add_persons(tx: Transaction, persons: Iterable[Person]) -> None:
    """Keeps new people."""
    await tx["persons"].insert_many([to_document(person) for person in persons])


async def find_person(documents: Documents, person_id: str) -> Person | None:
    """The person, or None."""
    document = await documents["persons"].find_one({"_id": person_id})
    return from_document(Person, document) if document else None


async def hold_person(tx: Transaction, person_id: str) -> Person | None:
    """The person, written to as they are: whoever erases them at this moment conflicts."""
    document = await tx["persons"].find_one_and_update({"_id": person_id}, {"$inc": {"held": 1}})
    return from_document(Person, document) if document else None


async def list_persons(documents: Documents, person_ids: Iterable[str]) -> list[Person]:
    """The people with these ids."""
    return all_from(Person, await documents["persons"].find({"_id": {"$in": [*person_ids]}}))


async def list_persons_known_as(documents: Documents, identities: Iterable[str]) -> list[Person]:
    """The people who have one of these identities."""
    wanted = [*identities]
    if not wanted:
        return []
    return all_from(Person, await documents["persons"].find({"identities": {"$in": wanted}}))


async def add_organisations(tx: Transaction, organisations: Iterable[Organisation]) -> None:
    """Keeps new organisations."""
    await tx["organisations"].insert_many([to_document(one) for one in organisations])


async def find_organisation(documents: Documents, organisation_id: str) -> Organisation | None:
    """The organisation, or None."""
    document = await documents["organisations"].find_one({"_id": organisation_id})
    return from_document(Organisation, document) if document else None


async def list_organisations(documents: Documents, ids: Iterable[str]) -> list[Organisation]:
    """The organisations with these ids."""
    found = await documents["organisations"].find({"_id": {"$in": [*ids]}})
    return all_from(Organisation, found)


async def list_organisations_named(
    documents: Documents, name_keys: Iterable[str]
) -> list[Organisation]:
    """The organisations with these names."""
    wanted = [*name_keys]
    if not wanted:
        return []
    found = await documents["organisations"].find({"name_key": {"$in": wanted}})
    return all_from(Organisation, found)


async def add_link_requests(
    tx: Transaction, requested: Iterable[tuple[str, str]], created_at: datetime
) -> None:
    """Keeps that links were asked for: (id, person id)."""
    await tx["link_requests"].insert_many(
        [
            {"_id": request_id, "version": 1, "person_id": person_id, "created_at": created_at}
            for request_id, person_id in requested
        ]
    )


async def count_link_requests(
    documents: Documents, person_ids: Iterable[str], since: datetime
) -> dict[str, int]:
    """How many links each of these people was sent since a moment."""
    wanted = [*person_ids]
    if not wanted:
        return {}
    found = await documents["link_requests"].aggregate(
        [
            {"$match": {"person_id": {"$in": wanted}, "created_at": {"$gt": since}}},
            {"$group": {"_id": "$person_id", "count": {"$sum": 1}}},
        ]
    )
    return {row["_id"]: row["count"] for row in found}

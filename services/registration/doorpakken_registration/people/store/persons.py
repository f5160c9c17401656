"""People in `persons`, found by id, identity or search words; and their requests for links."""

from collections.abc import Iterable
from datetime import datetime

from doorpakken_events.registration import LinkRequested
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, DESCENDING, Document, Documents

from doorpakken_registration.common.model.search import words_in, words_of
from doorpakken_registration.common.store.documents import (
    all_from,
    from_document,
    matching,
    to_document,
)
from doorpakken_registration.common.store.paging import Leaf, Page, Part, read_leaf, read_page
from doorpakken_registration.people.model.person import Person


async def add_persons(tx: Transaction, persons: Iterable[Person]) -> None:
    await tx["persons"].insert_many([_document(person) for person in persons])


async def find_person(documents: Documents, person_id: str) -> Person | None:
    document = await documents["persons"].find_one({"_id": person_id})
    return from_document(Person, document) if document else None


async def hold_person(tx: Transaction, person_id: str) -> Person | None:
    """Writes to the person without changing them, so that a concurrent erasure conflicts."""
    document = await tx["persons"].find_one_and_update({"_id": person_id}, {"$inc": {"held": 1}})
    return from_document(Person, document) if document else None


async def hold_persons(tx: Transaction, person_ids: Iterable[str]) -> None:
    wanted = [*person_ids]
    if wanted:
        await tx["persons"].update_many({"_id": {"$in": wanted}}, {"$inc": {"held": 1}})


async def put_person(tx: Transaction, person: Person) -> None:
    await tx["persons"].replace_one({"_id": person.id}, _document(person))


async def remove_person(tx: Transaction, person_id: str) -> None:
    await tx["persons"].delete_one({"_id": person_id})


async def page_persons(documents: Documents, search: str, *, skip: int, limit: int) -> Leaf[Person]:
    order = [("name", ASCENDING), ("_id", ASCENDING)]
    return await read_leaf(
        documents["persons"], matching(words_of(search)), order, skip, limit, Person
    )


async def page_persons_by_name(documents: Documents, search: str, part: Part) -> Page[Person]:
    order = [("name", ASCENDING), ("_id", ASCENDING)]
    wanted = matching(words_of(search))
    return await read_page(documents["persons"], wanted, order, part, Person)


async def list_persons(documents: Documents, person_ids: Iterable[str]) -> list[Person]:
    return all_from(Person, await documents["persons"].find({"_id": {"$in": [*person_ids]}}))


async def list_persons_known_as(documents: Documents, identities: Iterable[str]) -> list[Person]:
    wanted = [*identities]
    if not wanted:
        return []
    return all_from(Person, await documents["persons"].find({"identities": {"$in": wanted}}))


async def list_persons_at(documents: Documents, email: str, limit: int) -> list[Person]:
    # A range instead of a regex, so that the index gives exactly these identities, which begin with
    # the address; `!` sorts after the space that ends it.
    wanted = {"identities": {"$elemMatch": {"$gte": f"{email} ", "$lt": f"{email}!"}}}
    sort = [("_id", DESCENDING)]
    return all_from(Person, await documents["persons"].find(wanted, sort=sort, limit=limit))


async def add_link_requests(
    tx: Transaction, requested: Iterable[LinkRequested], created_at: datetime
) -> None:
    """`created_at` is real time, by which requests are counted for the limit."""
    await tx["link_requests"].insert_many(
        [
            {
                "_id": said.link_request_id,
                "version": 1,
                "person_id": said.person_id,
                "requested_at": said.requested_at,
                "created_at": created_at,
            }
            for said in requested
        ]
    )


async def count_link_requests(
    documents: Documents, person_ids: Iterable[str], since: datetime
) -> dict[str, int]:
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


def _document(person: Person) -> Document:
    return {**to_document(person), "words": words_in(person.identities)}

"""Attendees in the collection `attendees`."""

from collections import Counter
from collections.abc import Iterable
from functools import partial

from doorpakken_plumbing.mongo import ASCENDING, Documents, ReplaceOne
from doorpakken_plumbing.transaction import Transaction

from doorpakken_registration.model.attendee import WITH_A_PLACE, Attendee
from doorpakken_registration.store.documents import (
    all_from,
    from_document,
    to_document,
    with_fields,
)
from doorpakken_registration.store.paging import Page, Part, read_page


async def add_attendees(tx: Transaction, attendees: Iterable[Attendee]) -> None:
    """Keeps new ones."""
    await tx["attendees"].insert_many([to_document(attendee) for attendee in attendees])


async def put_attendees(tx: Transaction, attendees: Iterable[Attendee]) -> None:
    """Keeps new states, also of those who are new."""
    await tx["attendees"].bulk_write(
        [ReplaceOne({"_id": one.id}, to_document(one), upsert=True) for one in attendees]
    )


async def find_attendee(documents: Documents, attendee_id: str) -> Attendee | None:
    """The attendee, or None."""
    document = await documents["attendees"].find_one({"_id": attendee_id})
    return from_document(Attendee, document) if document else None


async def find_attendee_of(
    documents: Documents, gathering_id: str, person_id: str
) -> Attendee | None:
    """The person at a gathering, or None."""
    document = await documents["attendees"].find_one(
        {"gathering_id": gathering_id, "person_id": person_id}
    )
    return from_document(Attendee, document) if document else None


async def list_attendees(documents: Documents, ids: Iterable[str]) -> list[Attendee]:
    """The attendees with these ids."""
    return all_from(Attendee, await documents["attendees"].find({"_id": {"$in": [*ids]}}))


async def list_attendees_of(
    documents: Documents, gathering_id: str, person_ids: Iterable[str]
) -> list[Attendee]:
    """Which of these people are at a gathering."""
    wanted = [*person_ids]
    if not wanted:
        return []
    found = await documents["attendees"].find(
        {"gathering_id": gathering_id, "person_id": {"$in": wanted}}
    )
    return all_from(Attendee, found)


async def list_attendees_at(documents: Documents, gathering_id: str) -> list[Attendee]:
    """All attendees of a gathering, who signed up first is first."""
    wanted = {"gathering_id": gathering_id}
    return all_from(Attendee, await documents["attendees"].find(wanted, sort=[("_id", ASCENDING)]))


async def list_waiting(documents: Documents, gathering_id: str, most: int) -> list[Attendee]:
    """Who waits for a place, the longest first; nobody when `most` is none."""
    if most < 1:
        return []
    waiting = {"gathering_id": gathering_id, "state": "waitlisted"}
    sort = [("registered_at", ASCENDING), ("_id", ASCENDING)]
    return all_from(Attendee, await documents["attendees"].find(waiting, sort=sort, limit=most))


async def list_attendances(documents: Documents, person_id: str) -> list[Attendee]:
    """All gatherings of a person."""
    return all_from(Attendee, await documents["attendees"].find({"person_id": person_id}))


async def page_attendees(
    documents: Documents, gathering_id: str, part: Part, **fields: str | None
) -> Page[Attendee]:
    """Some of a gathering's attendees, who have these fields, in order of registration."""
    order = [("registered_at", ASCENDING), ("_id", ASCENDING)]
    wanted = with_fields(gathering_id=gathering_id, **fields)
    make = partial(from_document, Attendee)
    return await read_page(documents["attendees"], wanted, order, part, make)


async def count_by_kind(documents: Documents, gathering_id: str) -> Counter[str]:
    """How many of each kind have a place at the gathering."""
    with_a_place = {"gathering_id": gathering_id, "state": {"$in": list(WITH_A_PLACE)}}
    found = await documents["attendees"].aggregate(
        [{"$match": with_a_place}, {"$group": {"_id": "$kind", "count": {"$sum": 1}}}]
    )
    return Counter({one["_id"]: one["count"] for one in found})

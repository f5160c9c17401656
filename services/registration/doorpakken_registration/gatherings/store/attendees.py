"""Attendees in the collection `attendees`."""

from collections import Counter
from collections.abc import Iterable
from operator import itemgetter

from doorpakken_events import states
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, Documents, ReplaceOne

from doorpakken_registration.common.store import tallies
from doorpakken_registration.common.store.documents import (
    all_from,
    from_document,
    to_document,
    with_fields,
)
from doorpakken_registration.common.store.paging import Page, Part, read_page
from doorpakken_registration.gatherings.model.attendee import WITH_A_PLACE, Attendee

INSIDE = "inside"


async def add_attendees(tx: Transaction, attendees: Iterable[Attendee]) -> None:
    new = [*attendees]
    await tx["attendees"].insert_many([to_document(attendee) for attendee in new])
    await _tally(tx, (), new)


async def put_attendees(tx: Transaction, attendees: Iterable[Attendee]) -> None:
    changed = [*attendees]
    if not changed:
        return
    before = await list_attendees(tx, [one.id for one in changed])
    await tx["attendees"].bulk_write(
        [ReplaceOne({"_id": one.id}, to_document(one), upsert=True) for one in changed]
    )
    await _tally(tx, before, changed)


async def delete_attendees(tx: Transaction, attendees: Iterable[Attendee]) -> None:
    gone = [*attendees]
    await tx["attendees"].delete_many({"_id": {"$in": [one.id for one in gone]}})
    await _tally(tx, gone, ())


async def find_attendee(documents: Documents, attendee_id: str) -> Attendee | None:
    document = await documents["attendees"].find_one({"_id": attendee_id})
    return from_document(Attendee, document) if document else None


async def find_attendee_of(
    documents: Documents, gathering_id: str, person_id: str
) -> Attendee | None:
    document = await documents["attendees"].find_one(
        {"gathering_id": gathering_id, "person_id": person_id}
    )
    return from_document(Attendee, document) if document else None


async def list_attendees(documents: Documents, ids: Iterable[str]) -> list[Attendee]:
    return all_from(Attendee, await documents["attendees"].find({"_id": {"$in": [*ids]}}))


async def list_attendees_of(
    documents: Documents, gathering_id: str, person_ids: Iterable[str]
) -> list[Attendee]:
    wanted = [*person_ids]
    if not wanted:
        return []
    found = await documents["attendees"].find(
        {"gathering_id": gathering_id, "person_id": {"$in": wanted}}
    )
    return all_from(Attendee, found)


async def list_attendees_at(documents: Documents, gathering_id: str) -> list[Attendee]:
    found = await documents["attendees"].find({"gathering_id": gathering_id})
    return all_from(Attendee, sorted(found, key=itemgetter("_id")))


async def list_waiting(documents: Documents, gathering_id: str, most: int) -> list[Attendee]:
    """Longest waiting first."""
    if most < 1:
        return []
    waiting = {"gathering_id": gathering_id, "state": states.Attendee.WAITLISTED}
    sort = [("registered_at", ASCENDING), ("_id", ASCENDING)]
    return all_from(Attendee, await documents["attendees"].find(waiting, sort=sort, limit=most))


async def list_offered(documents: Documents, gathering_id: str, most: int) -> list[Attendee]:
    offered = {"gathering_id": gathering_id, "state": states.Attendee.OFFERED}
    sort = [("registered_at", ASCENDING), ("_id", ASCENDING)]
    return all_from(Attendee, await documents["attendees"].find(offered, sort=sort, limit=most))


async def list_attendances(documents: Documents, person_id: str) -> list[Attendee]:
    return all_from(Attendee, await documents["attendees"].find({"person_id": person_id}))


async def list_members(documents: Documents, organisation_id: str) -> list[Attendee]:
    """Who takes part for the organisation, in order of registration."""
    found = await documents["attendees"].find({"organisation_id": organisation_id})
    return all_from(Attendee, sorted(found, key=itemgetter("registered_at")))


async def has_any(documents: Documents, gathering_id: str, state: str) -> bool:
    wanted = {"gathering_id": gathering_id, "state": state}
    return await documents["attendees"].find_one(wanted, projection={"_id": 1}) is not None


async def page_attendees(
    documents: Documents, gathering_id: str, part: Part, **fields: str | None
) -> Page[Attendee]:
    """In order of registration; a field that is None matches any value."""
    order = [("registered_at", ASCENDING), ("_id", ASCENDING)]
    wanted = with_fields(gathering_id=gathering_id, **fields)
    return await read_page(documents["attendees"], wanted, order, part, Attendee)


async def count_by_kind(documents: Documents, gathering_id: str) -> Counter[str]:
    """Counts attendees who have a place."""
    return (await tallies.read(documents, [gathering_id])).get(gathering_id, Counter())


async def count_not_cancelled(documents: Documents, gathering_id: str) -> int:
    placed = (await count_by_kind(documents, gathering_id)).total()
    waiting = {"gathering_id": gathering_id, "state": states.Attendee.WAITLISTED}
    return placed + await documents["attendees"].count(waiting)


async def count_inside(documents: Documents, gathering_id: str) -> int:
    """How many are checked in."""
    key = _inside(gathering_id)
    return (await tallies.read(documents, [key])).get(key, Counter())[INSIDE]


async def count_inside_anew(tx: Transaction) -> None:
    """Fills the tallies of a database that has none of these yet."""
    found = await tx["attendees"].aggregate(
        [
            {"$match": {"state": states.Attendee.CHECKED_IN}},
            {"$group": {"_id": "$gathering_id", "count": {"$sum": 1}}},
        ]
    )
    await tallies.add(tx, {_inside(one["_id"]): {INSIDE: one["count"]} for one in found})


async def count_anew(tx: Transaction) -> None:
    """Fills the tallies of a database that has none yet."""
    found = await tx["attendees"].aggregate(
        [
            {"$match": {"state": {"$in": list(WITH_A_PLACE)}}},
            {"$group": {"_id": ["$gathering_id", "$kind"], "count": {"$sum": 1}}},
        ]
    )
    counts: dict[str, Counter[str]] = {}
    for one in found:
        gathering_id, kind = one["_id"]
        counts.setdefault(gathering_id, Counter())[kind] = one["count"]
    await tallies.add(tx, counts)


async def _tally(tx: Transaction, before: Iterable[Attendee], after: Iterable[Attendee]) -> None:
    was, now = _counted(before), _counted(after)
    changes = {one: tallies.difference(was.get(one, ()), now.get(one, ())) for one in {*was, *now}}
    await tallies.add(tx, changes)


def _counted(attendees: Iterable[Attendee]) -> dict[str, list[str]]:
    """What each tally counts: the kinds of who has a place, and who is inside."""
    counted: dict[str, list[str]] = {}
    for one in attendees:
        if one.has_place:
            counted.setdefault(one.gathering_id, []).append(one.kind)
        if one.state is states.Attendee.CHECKED_IN:
            counted.setdefault(_inside(one.gathering_id), []).append(INSIDE)
    return counted


def _inside(gathering_id: str) -> str:
    return f"{INSIDE} {gathering_id}"

"""Gatherings in the collection `gatherings`."""

from collections.abc import Iterable
from datetime import datetime

from doorpakken_events import states
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import DESCENDING, Document, Documents

from doorpakken_registration.common.store.documents import (
    all_from,
    from_document,
    to_document,
    with_fields,
)
from doorpakken_registration.common.store.paging import Page, Part, read_page
from doorpakken_registration.gatherings.model.gathering import Gathering

LISTED_MAX = 200


async def add_gathering(tx: Transaction, gathering: Gathering) -> None:
    await tx["gatherings"].insert_one(to_document(gathering))


async def put_gathering(tx: Transaction, gathering: Gathering) -> None:
    await tx["gatherings"].replace_one({"_id": gathering.id}, to_document(gathering))


async def set_taken(tx: Transaction, gathering_id: str, taken: int) -> None:
    """Writes also when the number stays the same, so that a transaction that frees a place at this
    moment conflicts with one that found none."""
    change = {"$set": {"taken": taken}, "$inc": {"held": 1}}
    await tx["gatherings"].update_one({"_id": gathering_id}, change)


async def add_taken(tx: Transaction, gathering_id: str, places: int) -> None:
    """May be negative; 0 is written too, see `set_taken`."""
    change = {"$inc": {"taken": places, "held": 1}}
    await tx["gatherings"].update_one({"_id": gathering_id}, change)


async def free_places(tx: Transaction, gathering_ids: Iterable[str]) -> None:
    for gathering_id in gathering_ids:
        await tx["gatherings"].update_one({"_id": gathering_id}, {"$inc": {"taken": -1}})


async def find_gathering(documents: Documents, gathering_id: str) -> Gathering | None:
    document = await documents["gatherings"].find_one({"_id": gathering_id})
    return from_document(Gathering, document) if document else None


async def list_gatherings(
    documents: Documents, *, drafts: frozenset[str] | None = frozenset()
) -> list[Gathering]:
    return (await page_gatherings(documents, Part(LISTED_MAX), drafts=drafts)).items


async def page_gatherings(
    documents: Documents,
    part: Part,
    *,
    drafts: frozenset[str] | None = frozenset(),
    state: str | None = None,
) -> Page[Gathering]:
    """Newest first; with the drafts of these ids, or all drafts for None."""
    public: Document = {"state": {"$ne": states.Gathering.DRAFT}, "version": {"$gt": 0}}
    shown: Document = public if drafts is not None else {}
    if drafts:
        shown = {"$or": [public, {"_id": {"$in": [*drafts]}}]}
    wanted = {"$and": [shown, with_fields(state=state)]}
    order = [("starts_at", DESCENDING), ("_id", DESCENDING)]
    return await read_page(documents["gatherings"], wanted, order, part, Gathering)


async def list_in_states(
    documents: Documents, wanted: Iterable[states.Gathering]
) -> list[Gathering]:
    match = {"state": {"$in": [*wanted]}}
    return all_from(Gathering, await documents["gatherings"].find(match))


async def list_published(documents: Documents, begun_after: datetime) -> list[Gathering]:
    """Newest first, at most `LISTED_MAX`; without cancelled ones."""
    wanted: Document = {
        "starts_at": {"$gt": begun_after},
        "version": {"$gt": 0},
        "state": {"$ne": states.Gathering.CANCELLED},
    }
    order = [("starts_at", DESCENDING), ("_id", DESCENDING)]
    found = await documents["gatherings"].find(wanted, sort=order, limit=LISTED_MAX)
    return all_from(Gathering, found)


async def list_drafts(documents: Documents) -> list[Gathering]:
    """Newest first, at most `LISTED_MAX`."""
    wanted: Document = {"state": states.Gathering.DRAFT}
    order = [("starts_at", DESCENDING), ("_id", DESCENDING)]
    found = await documents["gatherings"].find(wanted, sort=order, limit=LISTED_MAX)
    return all_from(Gathering, found)

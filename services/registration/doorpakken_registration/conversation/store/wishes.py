"""Wishes in the collection `wishes`; `_id` is the attendee's id."""

from collections.abc import Iterable

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, Documents

from doorpakken_registration.common.store.documents import all_from, from_document, to_document
from doorpakken_registration.common.store.paging import Page, Part, read_page
from doorpakken_registration.conversation.model.wishes import Wishes


async def put_wishes(tx: Transaction, wishes: Wishes) -> None:
    await tx["wishes"].replace_one({"_id": wishes.id}, to_document(wishes), upsert=True)


async def find_wishes(documents: Documents, attendee_id: str) -> Wishes | None:
    document = await documents["wishes"].find_one({"_id": attendee_id})
    return from_document(Wishes, document) if document else None


async def has_any(documents: Documents, gathering_id: str) -> bool:
    found = await documents["wishes"].find_one(
        {"gathering_id": gathering_id}, projection={"_id": 1}
    )
    return found is not None


async def page_wishes(documents: Documents, gathering_id: str, part: Part) -> Page[Wishes]:
    """In order of statement, without withdrawn (empty) wishes."""
    wanted = {"gathering_id": gathering_id, "pitch_ids": {"$ne": []}}
    order = [("stated_at", ASCENDING), ("_id", ASCENDING)]
    return await read_page(documents["wishes"], wanted, order, part, Wishes)


async def list_wishes_of(documents: Documents, attendee_ids: Iterable[str]) -> list[Wishes]:
    return all_from(Wishes, await documents["wishes"].find({"_id": {"$in": [*attendee_ids]}}))

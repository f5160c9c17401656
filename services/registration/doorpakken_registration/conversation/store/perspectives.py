"""Insights noted at tables, in the collection `perspectives`."""

from collections.abc import Iterable

from doorpakken_events import states
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, DESCENDING, Document, Documents

from doorpakken_registration.common.store.documents import all_from, from_document, to_document
from doorpakken_registration.common.store.paging import Page, Part, read_page
from doorpakken_registration.conversation.model.perspective import Perspective

LISTED_MAX = 2000


async def put_perspective(tx: Transaction, perspective: Perspective) -> None:
    document = to_document(perspective)
    await tx["perspectives"].replace_one({"_id": perspective.id}, document, upsert=True)


async def find_perspective(documents: Documents, perspective_id: str) -> Perspective | None:
    document = await documents["perspectives"].find_one({"_id": perspective_id})
    return from_document(Perspective, document) if document else None


async def list_perspectives(
    documents: Documents, gathering_id: str, states: Iterable[str] = ()
) -> list[Perspective]:
    """Oldest first, at most `LISTED_MAX`; without `states` those in any state."""
    return (await page_perspectives(documents, gathering_id, Part(LISTED_MAX), states)).items


async def page_perspectives(
    documents: Documents, gathering_id: str, part: Part, states: Iterable[str] = ()
) -> Page[Perspective]:
    wanted: Document = {"gathering_id": gathering_id}
    if states:
        wanted["state"] = {"$in": [*states]}
    return await read_page(
        documents["perspectives"], wanted, [("_id", ASCENDING)], part, Perspective
    )


async def find_oldest_unread(documents: Documents, gathering_id: str) -> Perspective | None:
    document = await documents["perspectives"].find_one(
        _unread(gathering_id), sort=[("_id", ASCENDING)]
    )
    return from_document(Perspective, document) if document else None


async def count_unread(documents: Documents, gathering_id: str) -> int:
    """At most `LISTED_MAX`."""
    return await documents["perspectives"].count(_unread(gathering_id), limit=LISTED_MAX)


def _unread(gathering_id: str) -> Document:
    return {"gathering_id": gathering_id, "state": states.Perspective.PENDING}


async def list_approved_at(documents: Documents, table_id: str) -> list[Perspective]:
    wanted = {"table_id": table_id, "state": states.Perspective.APPROVED}
    found = await documents["perspectives"].find(
        wanted, sort=[("_id", DESCENDING)], limit=LISTED_MAX
    )
    return all_from(Perspective, found)


async def list_perspectives_about(documents: Documents, persona_id: str) -> list[Perspective]:
    return all_from(Perspective, await documents["perspectives"].find({"persona_id": persona_id}))


async def delete_perspectives(tx: Transaction, ids: Iterable[str]) -> None:
    await tx["perspectives"].delete_many({"_id": {"$in": [*ids]}})

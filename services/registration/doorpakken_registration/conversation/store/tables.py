"""Tables in the collection `tables`, each found by its code."""

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, Document, Documents

from doorpakken_registration.common.store.documents import all_from, from_document, to_document
from doorpakken_registration.common.store.paging import Page, Part, read_page
from doorpakken_registration.conversation.model.table import Table


async def add_table(tx: Transaction, table: Table) -> None:
    """Raises DuplicateKeyError if a concurrent transaction took the code."""
    await tx["tables"].insert_one(to_document(table))


async def set_open(tx: Transaction, table: Table) -> None:
    await tx["tables"].update_one({"_id": table.id}, {"$set": {"is_open": table.is_open}})


async def find_table(documents: Documents, code: str) -> Table | None:
    return _table(await documents["tables"].find_one({"code": code}))


async def hold_table(tx: Transaction, code: str) -> Table | None:
    """Writes to the table without changing it, so that a concurrent delete conflicts."""
    held = await tx["tables"].find_one_and_update({"code": code}, {"$inc": {"held": 1}})
    return _table(held)


async def list_tables(documents: Documents, gathering_id: str) -> list[Table]:
    wanted = {"gathering_id": gathering_id}
    return all_from(Table, await documents["tables"].find(wanted, sort=[("_id", ASCENDING)]))


async def has_any(documents: Documents, gathering_id: str) -> bool:
    found = await documents["tables"].find_one(
        {"gathering_id": gathering_id}, projection={"_id": 1}
    )
    return found is not None


async def page_tables(documents: Documents, gathering_id: str, part: Part) -> Page[Table]:
    wanted = {"gathering_id": gathering_id}
    return await read_page(documents["tables"], wanted, [("_id", ASCENDING)], part, Table)


async def delete_tables_about(tx: Transaction, persona_id: str) -> None:
    await tx["tables"].delete_many({"persona_id": persona_id})


def _table(document: Document | None) -> Table | None:
    return from_document(Table, document) if document else None

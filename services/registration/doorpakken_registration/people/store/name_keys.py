"""Progress of recomputing name keys, in `name_keys`; and the rows with them, in batches by id."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, Document, Documents, UpdateOne


@dataclass(frozen=True)
class Progress:
    """The id up to which the keys of a collection are of this version."""

    version: int = 0
    after: str = ""
    is_done: bool = False


async def find_progress(documents: Documents, collection: str) -> Progress:
    found = await documents["name_keys"].find_one({"_id": collection})
    return Progress(found["version"], found["after"], found["is_done"]) if found else Progress()


async def put_progress(tx: Transaction, collection: str, progress: Progress) -> None:
    row = {"_id": collection, **vars(progress)}
    await tx["name_keys"].replace_one({"_id": collection}, row, upsert=True)


async def list_rows(
    documents: Documents, collection: str, field: str, after: str, limit: int
) -> list[Document]:
    wanted, sort = {"_id": {"$gt": after}}, [("_id", ASCENDING)]
    rows = documents[collection]
    return await rows.find(wanted, sort=sort, limit=limit, projection={field: 1})


async def owners_of(
    documents: Documents, collection: str, field: str, keys: Iterable[str]
) -> dict[str, str]:
    wanted = {*keys}
    if not wanted:
        return {}
    found = await documents[collection].find({field: {"$in": [*wanted]}}, projection={field: 1})
    return {key: row["_id"] for row in found for key in listed(row[field]) if key in wanted}


async def put_keys(
    tx: Transaction, collection: str, field: str, keys: Mapping[str, list[str] | str]
) -> None:
    await tx[collection].bulk_write(
        [UpdateOne({"_id": one}, {"$set": {field: value}}) for one, value in keys.items()]
    )


def listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)

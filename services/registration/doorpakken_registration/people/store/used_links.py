"""When somebody last used the link to their own page, in `used_links`, by person and link."""

from collections.abc import Sequence
from datetime import datetime
from operator import itemgetter

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents


async def find_use(documents: Documents, name: str) -> datetime | None:
    row = await documents["used_links"].find_one({"_id": name})
    return row["used_at"] if row else None


async def list_users(documents: Documents, person_ids: Sequence[str]) -> list[str]:
    found = await documents["used_links"].find({"person_id": {"$in": list(person_ids)}})
    found.sort(key=itemgetter("used_at"), reverse=True)
    return list(dict.fromkeys(row["person_id"] for row in found))


async def put_use(
    tx: Transaction, name: str, person_id: str, used_at: datetime, goes_at: datetime
) -> None:
    """`goes_at` is real time, at which the TTL index deletes the row."""
    row = {"_id": name, "person_id": person_id, "used_at": used_at, "goes_at": goes_at}
    await tx["used_links"].replace_one({"_id": name}, row, upsert=True)


async def give(tx: Transaction, gone: str, stays: str) -> None:
    for row in await tx["used_links"].find({"person_id": gone}):
        given = {**row, "_id": row["_id"].replace(gone, stays), "person_id": stays}
        await tx["used_links"].replace_one({"_id": given["_id"]}, given, upsert=True)
    await tx["used_links"].delete_many({"person_id": gone})

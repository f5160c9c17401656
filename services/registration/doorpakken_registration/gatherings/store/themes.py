"""Themes that a gathering may have, in the collection `themes`: each name once."""

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, Documents

THEMES_MAX = 50


async def add_theme(tx: Transaction, name: str) -> None:
    await tx["themes"].replace_one({"_id": name}, {"_id": name}, upsert=True)


async def delete_theme(tx: Transaction, name: str) -> None:
    await tx["themes"].delete_one({"_id": name})


async def has_theme(documents: Documents, name: str) -> bool:
    return await documents["themes"].find_one({"_id": name}) is not None


async def list_themes(documents: Documents) -> list[str]:
    found = await documents["themes"].find({}, sort=[("_id", ASCENDING)], limit=THEMES_MAX)
    return [one["_id"] for one in found]

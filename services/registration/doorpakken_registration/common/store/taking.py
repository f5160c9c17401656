"""Deletes documents and returns their versions, so that tombstones can be published; or gives them
to another person."""

from collections.abc import Sequence
from datetime import datetime

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING


async def take(tx: Transaction, collection: str, field: str, ids: Sequence[str]) -> dict[str, int]:
    """Deletes the documents whose `field` is one of `ids`; returns their versions by id."""
    match = {field: {"$in": [*ids]}}
    found = await tx[collection].find(match, projection={"version": 1})
    await tx[collection].delete_many(match)
    return {document["_id"]: document.get("version", 0) for document in found}


async def take_requested(
    tx: Transaction, collection: str, before: datetime, limit: int
) -> dict[str, int]:
    """Deletes at most `limit` requests, oldest first; returns their versions by id."""
    found = await tx[collection].find(
        {"requested_at": {"$lt": before}},
        sort=[("requested_at", ASCENDING)],
        limit=limit,
        projection={"_id": 1},
    )
    return await take(tx, collection, "_id", [document["_id"] for document in found])


async def give(
    tx: Transaction, collection: str, fields: Sequence[str], gone: str, stays: str
) -> None:
    """Replaces the id of the person who is gone in these fields."""
    for field in fields:
        await tx[collection].update_many({field: gone}, {"$set": {field: stays}})

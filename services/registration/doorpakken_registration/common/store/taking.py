"""Takes documents out of a collection, so that what goes can be said: with the versions it had."""

from collections.abc import Sequence
from datetime import datetime

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING


async def take(tx: Transaction, collection: str, field: str, ids: Sequence[str]) -> dict[str, int]:
    """Deletes what these ids own; the versions it had, by id."""
    match = {field: {"$in": [*ids]}}
    found = await tx[collection].find(match, projection={"version": 1})
    await tx[collection].delete_many(match)
    return {document["_id"]: document.get("version", 0) for document in found}


async def take_requested(
    tx: Transaction, collection: str, before: datetime, limit: int
) -> dict[str, int]:
    """Deletes some of the requests made before a moment, the oldest first; their versions by id."""
    found = await tx[collection].find(
        {"requested_at": {"$lt": before}},
        sort=[("requested_at", ASCENDING)],
        limit=limit,
        projection={"_id": 1},
    )
    return await take(tx, collection, "_id", [document["_id"] for document in found])

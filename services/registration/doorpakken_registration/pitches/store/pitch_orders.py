"""The order of telling pitches, one document for each gathering, in `pitch_orders`."""

from collections.abc import Sequence

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents


async def find_order(documents: Documents, gathering_id: str) -> list[str]:
    """Ids of pitches; empty while nobody chose an order."""
    found = await documents["pitch_orders"].find_one({"_id": gathering_id})
    return list(found["pitch_ids"]) if found else []


async def put_order(tx: Transaction, gathering_id: str, pitch_ids: Sequence[str]) -> None:
    document = {"_id": gathering_id, "pitch_ids": [*pitch_ids]}
    await tx["pitch_orders"].replace_one({"_id": gathering_id}, document, upsert=True)

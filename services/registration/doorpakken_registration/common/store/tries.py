"""Counters of password attempts, in `sign_in_tries`: a window by name, shared by all replicas."""

from collections.abc import Iterable
from datetime import datetime

from doorpakken_plumbing.mongo.database import Documents


async def count_try(documents: Documents, name: str, expires_at: datetime) -> tuple[int, datetime]:
    """Counts an attempt in the open window, or in a new one that ends at `expires_at`. Returns the
    attempts so far and the end of the window."""
    is_open = {"$gt": ["$expires_at", "$$NOW"]}
    row = await documents["sign_in_tries"].find_one_and_update(
        {"_id": name},
        [
            {
                "$set": {
                    "tries": {"$cond": [is_open, {"$add": ["$tries", 1]}, 1]},
                    "expires_at": {"$cond": [is_open, "$expires_at", expires_at]},
                }
            }
        ],
        upsert=True,
    )
    return (int(row["tries"]), row["expires_at"]) if row else (1, expires_at)


async def give_back_try(documents: Documents, names: Iterable[str]) -> None:
    wanted = {"_id": {"$in": [*names]}, "tries": {"$gt": 0}}
    await documents["sign_in_tries"].update_many(wanted, {"$inc": {"tries": -1}})


async def forget_tries(documents: Documents, name: str) -> None:
    await documents["sign_in_tries"].delete_one({"_id": name})

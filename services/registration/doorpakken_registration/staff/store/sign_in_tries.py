"""Tries at a password, in `sign_in_tries`: a window by name, shared by all replicas."""

from collections.abc import Iterable
from datetime import datetime

from doorpakken_plumbing.mongo.database import Documents


async def count_try(documents: Documents, name: str, expires_at: datetime) -> tuple[int, datetime]:
    """Counts one more under this name, in a window that ends then unless one is open; how many by
    now, and when its window ends."""
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
    """Takes one try away from each."""
    wanted = {"_id": {"$in": [*names]}, "tries": {"$gt": 0}}
    await documents["sign_in_tries"].update_many(wanted, {"$inc": {"tries": -1}})


async def forget_tries(documents: Documents, name: str) -> None:
    """Begins anew."""
    await documents["sign_in_tries"].delete_one({"_id": name})

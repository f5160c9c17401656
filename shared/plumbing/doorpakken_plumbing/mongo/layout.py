"""The layout of what services store. A database that another version filled is left as it is: read
in another way it would lose what was sent, or send it again."""

from doorpakken_plumbing.mongo.database import Mongo

# Increase it when what is stored can no longer be used.
LAYOUT = 3

ABOUT = "about"
MARK = {"_id": "layout"}
# In every database that a service has served; of before there was a mark it may have no row.
SERVED = "outbox"


async def why_not_ours(mongo: Mongo) -> str | None:
    """Marks a new database; None when it has this version's layout."""
    known = await mongo[ABOUT].find_one(MARK)
    if known is None and SERVED not in await mongo.list_collections():
        await mongo[ABOUT].update_one(MARK, {"$set": {"number": LAYOUT}}, upsert=True)
        return None
    found = known["number"] if known else "unknown"
    if found == LAYOUT:
        return None
    return (
        f"the database {mongo.name} was filled by another version of Doorpakken (layout {found}, "
        f"this one has {LAYOUT}): use that version, or another database"
    )

"""Empties a database between tests. To make its indexes anew for each test costs a second."""

import asyncio

from doorpakken_plumbing.mongo.database import Mongo
from doorpakken_plumbing.mongo.layout import ABOUT


async def empty(mongo: Mongo) -> None:
    """Indexes and the mark of the layout stay."""
    names = await mongo.list_collections() - {ABOUT}
    await asyncio.gather(*(mongo[name].delete_many({}) for name in names))

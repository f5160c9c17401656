"""Two decisions at once: one that looked at the database before another was made, and writes after
it. Whatever both stand on has to make them meet."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Document

T = TypeVar("T")

NOTHING: Document = {"_id": "nothing"}


async def meanwhile(
    transact: Callable[[Callable[[Transaction], Awaitable[T]]], Awaitable[T]],
    work: Callable[[Transaction], Awaitable[T]],
    other: Callable[[], Awaitable[object]],
) -> T:
    """What `work` gave, whose first try saw nothing of what `other` did."""
    tries = 0

    async def late(tx: Transaction) -> T:
        nonlocal tries
        tries += 1
        # A transaction sees the database as it was when it first read.
        await tx["gatherings"].find_one(NOTHING)
        if tries == 1:
            await other()
        return await work(tx)

    return await transact(late)

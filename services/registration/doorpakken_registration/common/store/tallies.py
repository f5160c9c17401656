"""Counters shown on pages, kept in `tallies` by what changes them, so that no page has to count.
One number may be the sum of several documents, where many transactions change it at once."""

from collections import Counter
from collections.abc import Iterable, Mapping

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents, UpdateOne

TALLIES = "tallies"
BEGUN = "begun"


def difference(before: Iterable[str], after: Iterable[str]) -> Counter[str]:
    """The change in occurrences by name, negative for fewer; leaves out names without a change."""
    change = Counter(after)
    change.subtract(Counter(before))
    return Counter({name: number for name, number in change.items() if number})


async def has_begun(documents: Documents, which: str = BEGUN) -> bool:
    return await documents[TALLIES].find_one({"_id": which}) is not None


async def begin(tx: Transaction, which: str = BEGUN) -> None:
    """Marks the tallies as being kept; of two concurrent calls one fails."""
    await tx[TALLIES].insert_one({"_id": which})


async def add(tx: Transaction, changes: Mapping[str, Mapping[str, int]]) -> None:
    await tx[TALLIES].bulk_write(
        [
            UpdateOne({"_id": id}, {"$inc": {f"counts.{n}": by[n] for n in by}}, upsert=True)
            for id, by in changes.items()
            if by
        ]
    )


async def read(documents: Documents, ids: Iterable[str]) -> dict[str, Counter[str]]:
    found = await documents[TALLIES].find({"_id": {"$in": [*ids]}})
    return {one["_id"]: +Counter(one.get("counts", {})) for one in found}

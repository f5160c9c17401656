"""Numbers that pages show, kept in `tallies` by what changes them, so that nobody counts to show
them. Several documents may add up to one number, where many change it at the same moment."""

from collections import Counter
from collections.abc import Iterable, Mapping

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents, UpdateOne

TALLIES = "tallies"
_BEGUN = {"_id": "begun"}


def difference(before: Iterable[str], after: Iterable[str]) -> Counter[str]:
    """By name how many more there are, below 0 how many fewer; a name once for each that counts."""
    change = Counter(after)
    change.subtract(Counter(before))
    return Counter({name: number for name, number in change.items() if number})


async def has_begun(documents: Documents) -> bool:
    """Whether they are kept."""
    return await documents[TALLIES].find_one(_BEGUN) is not None


async def begin(tx: Transaction) -> None:
    """From here on they are; of two that begin at the same moment one comes too late."""
    await tx[TALLIES].insert_one(dict(_BEGUN))


async def add(tx: Transaction, changes: Mapping[str, Mapping[str, int]]) -> None:
    """Adds to the numbers of each document."""
    await tx[TALLIES].bulk_write(
        [
            UpdateOne({"_id": id}, {"$inc": {f"counts.{n}": by[n] for n in by}}, upsert=True)
            for id, by in changes.items()
            if by
        ]
    )


async def read(documents: Documents, ids: Iterable[str]) -> dict[str, Counter[str]]:
    """The numbers above 0 by document, of those that have any."""
    found = await documents[TALLIES].find({"_id": {"$in": [*ids]}})
    return {one["_id"]: +Counter(one.get("counts", {})) for one in found}

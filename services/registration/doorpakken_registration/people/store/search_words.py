"""Fills the field `words` of people and organisations, and keeps the progress in `search_words`."""

from dataclasses import dataclass

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, Document, Documents, UpdateOne

from doorpakken_registration.common.model.search import words_in

PROGRESS = "search_words"
AT_ONCE = 500
# The collections, each with the field from which the words are made.
KEPT_IN = {"persons": "identities", "organisations": "name_key"}


async def is_done(documents: Documents, collection: str) -> bool:
    return bool((await _progress(documents, collection)).get("is_done"))


@dataclass(frozen=True)
class Step:
    """One batch: the next rows of a collection."""

    collection: str

    async def take(self, tx: Transaction) -> None:
        progress = await _progress(tx, self.collection)
        rows = await tx[self.collection].find(
            {"_id": {"$gt": progress.get("after", "")}}, sort=[("_id", ASCENDING)], limit=AT_ONCE
        )
        await tx[self.collection].bulk_write(
            [UpdateOne({"_id": row["_id"]}, {"$set": {"words": self._words(row)}}) for row in rows]
        )
        done = {"after": rows[-1]["_id"] if rows else "", "is_done": len(rows) < AT_ONCE}
        await tx[PROGRESS].replace_one({"_id": self.collection}, done, upsert=True)

    def _words(self, row: Document) -> list[str]:
        kept = row[KEPT_IN[self.collection]]
        return words_in([kept] if isinstance(kept, str) else kept)


async def _progress(documents: Documents, collection: str) -> Document:
    return await documents[PROGRESS].find_one({"_id": collection}) or {}

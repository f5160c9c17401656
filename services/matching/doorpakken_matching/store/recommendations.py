"""The last recommendation of each attendee: one document per attendee, over all plans."""

from collections.abc import Sequence

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, Document, Documents, Index, ReplaceOne

RECOMMENDATIONS = "recommendations"
INDEXES = (Index(RECOMMENDATIONS, [("gathering_id", ASCENDING), ("run_id", ASCENDING)]),)


async def list_recommendations(
    docs: Documents, gathering_id: str, run_id: str | None
) -> list[Document]:
    """Without those that were taken back."""
    if run_id is None:
        return []
    found = await docs[RECOMMENDATIONS].find({"gathering_id": gathering_id, "run_id": run_id})
    return [one for one in found if not one.get("is_taken_back")]


async def list_versions(docs: Documents, attendee_ids: Sequence[str]) -> dict[str, int]:
    found = await docs[RECOMMENDATIONS].find(
        {"_id": {"$in": list(attendee_ids)}}, projection={"version": 1}
    )
    return {one["_id"]: one["version"] for one in found}


async def find_recommendation(docs: Documents, attendee_id: str) -> Document | None:
    return await docs[RECOMMENDATIONS].find_one({"_id": attendee_id})


async def put_recommendations(tx: Transaction, documents: Sequence[Document]) -> None:
    await tx[RECOMMENDATIONS].bulk_write(
        [ReplaceOne({"_id": one["_id"]}, one, upsert=True) for one in documents], ordered=False
    )

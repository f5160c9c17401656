"""What was promised toward needs, read from the collection `commitments`, which the slice above
writes."""

from collections import defaultdict
from collections.abc import Iterable

from doorpakken_events import states
from doorpakken_events.coverage import Share
from doorpakken_plumbing.mongo.database import Documents

_FIELDS = ("need_id", "state", "amount", "delivered_amount", "confirmed_amount", "offer_id")


async def needs_with_promises(documents: Documents, need_ids: Iterable[str]) -> set[str]:
    """Also with those that were done; what ended does not count."""
    found = await documents["commitments"].find(
        {"need_id": {"$in": [*need_ids]}, "state": {"$ne": states.Commitment.ENDED}},
        projection={"need_id": 1},
    )
    return {document["need_id"] for document in found}


async def shares_at(documents: Documents, gathering_id: str) -> dict[str, list[Share]]:
    """By need; also those that count for nothing."""
    found = await documents["commitments"].find(
        {"gathering_id": gathering_id}, projection=dict.fromkeys(_FIELDS, 1)
    )
    shares: dict[str, list[Share]] = defaultdict(list)
    for row in found:
        if row["need_id"]:
            shares[row["need_id"]].append(
                Share(
                    row["state"],
                    row["amount"] or 0,
                    row["delivered_amount"] or 0,
                    row["confirmed_amount"] or 0,
                    row["offer_id"],
                )
            )
    return shares

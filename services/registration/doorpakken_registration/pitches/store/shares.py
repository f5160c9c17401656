"""What was promised toward needs, read from the collection `commitments`, which the slice above
writes."""

from collections import defaultdict

from doorpakken_events.coverage import Share
from doorpakken_plumbing.mongo.database import Documents

_FIELDS = ("need_id", "state", "amount", "delivered_amount", "confirmed_amount", "offer_id")


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

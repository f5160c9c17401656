"""Who is asked to lead which session, as heard, for the page on which they answer."""

from doorpakken_events.matching import HostAsked
from doorpakken_plumbing.transaction import Transaction


async def fold(tx: Transaction, asked: HostAsked, version: int) -> None:
    """Keeps what a person is asked now."""
    fields = asked.model_dump(exclude={"hosting_id"})
    document = {"_id": asked.hosting_id, "version": version, **fields}
    await tx["hostings"].replace_one({"_id": asked.hosting_id}, document, upsert=True)

"""What waits for staff about the conversation at the tables: insights that nobody has read."""

from datetime import datetime

from doorpakken_events.staff_work import WorkLine
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.conversation.store import perspectives as store


async def to_read(documents: Documents, gathering_id: str, now: datetime) -> list[WorkLine]:
    oldest = await store.find_oldest_unread(documents, gathering_id)
    if oldest is None:
        return []
    return [
        WorkLine(
            kind="insights_to_read",
            count=await store.count_unread(documents, gathering_id),
            since=oldest.shared_at,
            service="registration",
            path=f"/staff/g/{gathering_id}/insights",
        )
    ]

"""What the services said last of the work at each gathering."""

from collections.abc import Sequence

from doorpakken_events.staff_work import StaffWork
from doorpakken_plumbing.messaging import newest
from doorpakken_plumbing.mongo.database import Documents


async def list_said(
    documents: Documents, gathering_ids: Sequence[str]
) -> dict[str, list[StaffWork]]:
    """By gathering; a list per gathering, also an empty one."""
    return await newest.group_by(documents, StaffWork, "gathering_id", gathering_ids)

"""What waits for staff about work sessions: rooms and times to enter, people to ask to lead, and
sessions that too few people join."""

from datetime import datetime

from doorpakken_events import states
from doorpakken_events.staff_work import WorkLine
from doorpakken_plumbing.messaging import staff_work
from doorpakken_plumbing.mongo.database import Document, Documents

from doorpakken_matching.agenda import is_to_come
from doorpakken_matching.model.hosting import Hosting, hosting_id_of
from doorpakken_matching.store import heard, hostings, places, sessions


async def for_places(docs: Documents, gathering_id: str, now: datetime) -> list[WorkLine]:
    has_room = await places.has_any(docs, places.ROOMS, gathering_id)
    if has_room and await places.has_any(docs, places.SLOTS, gathering_id):
        return []
    return [WorkLine(kind="no_rooms", count=1, service="matching", path=f"/g/{gathering_id}/rooms")]


async def for_sessions(docs: Documents, gathering_id: str, now: datetime) -> list[WorkLine]:
    found = [s for s in await sessions.list_sessions(docs, gathering_id) if is_to_come(s, now)]
    if not found:
        return []
    asked = {one.hosting_id: one for one in await hostings.list_hostings(docs, gathering_id)}
    taken = await heard.count_taken(docs, gathering_id)
    said = [_said(one, asked) for one in found]
    unled = sum(one in (None, states.Hosting.NO) for one in said)
    other = sum(one is states.Hosting.OTHER_SLOT for one in said)
    small = sum(taken[one["_id"]] < one["capacity_min"] for one in found)
    counts = {"hosts_to_ask": unled, "other_time_asked": other, "sessions_too_small": small}
    return [
        WorkLine(kind=kind, count=count, service="matching", path=f"/plans/{found[0]['run_id']}")
        for kind, count in counts.items()
        if count
    ]


async def list_current(docs: Documents, now: datetime) -> list[str]:
    """Gatherings that were not cancelled and still have work, newest first."""
    found = await heard.list_begun_after(docs, now - staff_work.LOOKED_BACK)
    return [
        one.gathering_id
        for one in found
        if one.state != states.Gathering.CANCELLED
        and not staff_work.is_over(one.ends_at, one.follow_up_until, now)
    ]


def _said(session: Document, asked: dict[str, Hosting]) -> states.Hosting | None:
    host = session["host"]
    hosting = asked.get(hosting_id_of(session["_id"], host)) if host else None
    return hosting.state if hosting else None

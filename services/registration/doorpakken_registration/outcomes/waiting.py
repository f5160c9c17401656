"""What waits for staff about outcomes: sessions whose host was asked often enough, or that nobody
leads."""

from datetime import datetime

from doorpakken_events.staff_work import WorkLine
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.outcomes.asking import day_of
from doorpakken_registration.outcomes.model import asking
from doorpakken_registration.outcomes.model.outcome import Outcome
from doorpakken_registration.outcomes.store import outcomes as store
from doorpakken_registration.seats.model.session import Session
from doorpakken_registration.seats.store import sessions as sessions_store


async def to_write(documents: Documents, gathering_id: str, now: datetime) -> list[WorkLine]:
    found = {one.id: one for one in await store.list_open(documents, gathering_id)}
    if not found:
        return []
    sessions = await sessions_store.list_sessions(documents, found)
    since = [at for one in sessions if (at := _since(one, found[one.id])) is not None]
    if not since:
        return []
    return [
        WorkLine(
            kind="outcomes_to_write",
            count=len(since),
            since=min(since),
            service="registration",
            path=f"/staff/g/{gathering_id}/outcomes",
        )
    ]


def _since(session: Session, outcome: Outcome) -> datetime | None:
    """Since when staff have to write it; None while the host is asked."""
    if session.is_cancelled:
        return None
    day = day_of(session)
    asked = [one for one in outcome.told if one.due == day]
    if session.host is None and asked:
        return asked[0].at
    last = asking.was_asked_last(day, outcome.told)
    return last.at if last else None

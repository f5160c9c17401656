"""What waits for staff about promises: dates that are a week over, questions without an answer,
promises that nobody goes about or that are disputed, and support without a promise."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from doorpakken_events.staff_work import WorkLine
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.commitments import boards
from doorpakken_registration.commitments.model import due
from doorpakken_registration.commitments.model.commitment import Commitment, State
from doorpakken_registration.commitments.model.due import Mark
from doorpakken_registration.commitments.store import commitments as store
from doorpakken_registration.gatherings.store import gatherings as gatherings_store
from doorpakken_registration.seats.store import sessions as sessions_store

# An owner has a week to say a new date.
PAST = timedelta(days=7)


async def for_promises(documents: Documents, gathering_id: str, now: datetime) -> list[WorkLine]:
    waiting: dict[str, list[datetime]] = {}
    for one in await store.list_open(documents, gathering_id):
        for kind, since in _waits(one, now):
            waiting.setdefault(kind, []).append(since)
    return [
        _line(kind, gathering_id, len(found), min(found)) for kind, found in sorted(waiting.items())
    ]


async def for_supporters(documents: Documents, gathering_id: str, now: datetime) -> list[WorkLine]:
    """Once the gathering and its work sessions are over, until everybody who supports a pitch
    promised something."""
    gathering = await gatherings_store.find_gathering(documents, gathering_id)
    sessions = await sessions_store.list_sessions_of(documents, gathering_id)
    ahead = [one for one in sessions if not one.is_over(now)]
    if gathering is None or now < gathering.ends_at or ahead:
        return []
    promises = await boards.list_all(documents, gathering_id)
    found = await boards.supported_only(documents, gathering_id, promises)
    if not found:
        return []
    since = max([gathering.ends_at, *(one.ends_at for one in sessions)])
    return [_line("supported_not_promised", gathering_id, len(found), since)]


def _waits(one: Commitment, now: datetime) -> Iterator[tuple[str, datetime]]:
    """By kind, and since when."""
    marks = due.marks(one, now)
    if Mark.NO_OWNER in marks:
        yield "promises_without_owner", one.planned_at
    if Mark.NO_ANSWER in marks:
        yield "promises_no_answer", one.asked_at
    if Mark.NOT_CONFIRMED in marks and one.delivered_at:
        yield "promises_not_confirmed", one.delivered_at
    if Mark.PAST_DATE in marks and due.today(now) - one.due >= PAST:
        yield "promises_past_date", due.at_nine(one.due)
    if one.state is State.DISPUTED and one.disputed_at:
        yield "promises_disputed", one.disputed_at


def _line(kind: str, gathering_id: str, count: int, since: datetime) -> WorkLine:
    path = f"/staff/g/{gathering_id}/promises"
    return WorkLine(kind=kind, count=count, since=since, service="registration", path=path)

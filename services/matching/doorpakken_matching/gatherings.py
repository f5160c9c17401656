"""Finds gatherings. One that was published a moment ago may not have arrived yet, so an unknown
gathering is polled for shortly before it is refused."""

import asyncio
from uuid import UUID

from doorpakken_events import states
from doorpakken_events.registration import GatheringState
from doorpakken_plumbing.http.errors import NotFound
from doorpakken_plumbing.messaging import newest
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.time import clock

from doorpakken_matching.refusals import GatheringCancelled

POLL_SECONDS = 0.1
FRESH_SECONDS = 24 * 3600


async def await_gathering(
    docs: Documents, gathering_id: str, *, wait_seconds: float
) -> GatheringState:
    """Raises NotFound for an unknown gathering, GatheringCancelled for a cancelled one."""
    tries = 1 + round(wait_seconds / POLL_SECONDS) if _may_come(gathering_id) else 1
    for attempt in range(tries):
        if gathering := await newest.find(docs, GatheringState, gathering_id):
            return _require_open(gathering)
        if attempt + 1 < tries:
            await asyncio.sleep(POLL_SECONDS)
    raise NotFound(
        "There is no published gathering with this id. Publish it first; "
        "if you just did, try again in some seconds."
    )


async def get_gathering(docs: Documents, gathering_id: str) -> GatheringState:
    """Also a cancelled one; raises NotFound."""
    if found := await newest.find(docs, GatheringState, gathering_id):
        return found
    raise NotFound("There is no published gathering with this id.")


def _may_come(gathering_id: str) -> bool:
    """Whether the gathering may still arrive: its id is a UUIDv7, which contains the creation time,
    and few gatherings are published more than a day after they were created."""
    try:
        made = UUID(gathering_id)
    except ValueError:
        return False
    made_at = (made.int >> 80) / 1000  # the first 48 bits are milliseconds
    return made.version == 7 and clock.real_now().timestamp() - made_at < FRESH_SECONDS


def _require_open(gathering: GatheringState) -> GatheringState:
    if gathering.state == states.Gathering.CANCELLED:
        raise GatheringCancelled("This gathering is cancelled, so it gets no work sessions.")
    return gathering

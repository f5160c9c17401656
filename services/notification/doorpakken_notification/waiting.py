"""What waits for staff about mails: invitations that can be sent, people to call who have no
address, and mails that could not go."""

from datetime import datetime

from doorpakken_events import states
from doorpakken_events.staff_work import WorkLine
from doorpakken_plumbing.messaging import staff_work
from doorpakken_plumbing.messaging.staff_work import Look
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_notification import paper, waves
from doorpakken_notification.model.waves import WaveState
from doorpakken_notification.settings import Settings
from doorpakken_notification.store import facts
from doorpakken_notification.store import set_apart as set_apart_store
from doorpakken_notification.store import waves as store
from doorpakken_notification.store.calls import INVITATION

LOOKED_AT_MAX = 200


async def for_wave(documents: Documents, gathering_id: str, now: datetime) -> list[WorkLine]:
    found = await store.find_latest_of(documents, gathering_id)
    if found is None or found.released_at:
        return []
    wave = await waves.get_wave(documents, found.wave_id)
    if wave.state != WaveState.COMPLETE or wave.without_host or not wave.drafts:
        return []
    return [_line("wave_ready", wave.drafts, wave.published_at, f"/g/{gathering_id}/outbox")]


def on_paper(settings: Settings) -> Look:
    """What people without an address were not told yet, by letter or telephone."""

    async def look(documents: Documents, gathering_id: str, now: datetime) -> list[WorkLine]:
        to_do = await paper.list_to_do(documents, gathering_id, settings)
        if not to_do:
            return []
        wave_id = next((one.wave_id for one in to_do if one.kind == INVITATION), None)
        path = f"/waves/{wave_id}/paper" if wave_id else f"/gatherings/{gathering_id}/calls"
        return [_line("on_paper", len(to_do), min(one.owed_at for one in to_do), path)]

    return look


async def set_apart(documents: Documents, gathering_id: str, now: datetime) -> list[WorkLine]:
    found = await set_apart_store.list_set_apart(documents, [gathering_id], LOOKED_AT_MAX)
    if not found:
        return []
    return [_line("mails_set_apart", len(found), found[-1].owed_at, f"/g/{gathering_id}/outbox")]


def looks_of(settings: Settings) -> tuple[Look, ...]:
    return for_wave, on_paper(settings), set_apart


async def list_current(documents: Documents, now: datetime) -> list[str]:
    """Gatherings that were not cancelled and still have work, newest first."""
    found = await facts.list_begun_after(documents, now - staff_work.LOOKED_BACK)
    return [
        one.gathering_id
        for one in found
        if one.state != states.Gathering.CANCELLED
        and not staff_work.is_over(one.ends_at, one.follow_up_until, now)
    ]


def _line(kind: str, count: int, since: datetime, path: str) -> WorkLine:
    return WorkLine(kind=kind, count=count, since=since, service="notification", path=path)

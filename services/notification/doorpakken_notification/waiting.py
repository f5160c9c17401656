"""What waits for staff about mails: invitations that can be sent, people to call who have no
address, and mails that could not go."""

from datetime import datetime

from doorpakken_events import states
from doorpakken_events.staff_work import WorkLine
from doorpakken_plumbing.messaging import staff_work
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_notification import waves
from doorpakken_notification.model.waves import WaveState
from doorpakken_notification.store import facts, mails
from doorpakken_notification.store import set_apart as set_apart_store
from doorpakken_notification.store import waves as store

LOOKED_AT_MAX = 200


async def for_wave(documents: Documents, gathering_id: str, now: datetime) -> list[WorkLine]:
    found = await store.find_latest_of(documents, gathering_id)
    if found is None or found.released_at:
        return []
    wave = await waves.get_wave(documents, found.wave_id)
    if wave.state != WaveState.COMPLETE or wave.without_host or not wave.drafts:
        return []
    return [_line("wave_ready", wave.drafts, wave.published_at, f"/g/{gathering_id}/outbox")]


async def on_paper(documents: Documents, gathering_id: str, now: datetime) -> list[WorkLine]:
    """Invited people without an address who gave no answer yet."""
    wave = await store.find_latest_of(documents, gathering_id)
    if wave is None or wave.released_at is None:
        return []
    letters = await mails.list_invitations_on_paper(documents, wave.wave_id)
    ids = [mail.attendee_id or "" for mail in letters]
    answered = await facts.list_answered(documents, ids)
    waiting = [one for one in ids if one not in answered]
    if not waiting:
        return []
    return [_line("on_paper", len(waiting), wave.released_at, f"/waves/{wave.wave_id}/paper")]


async def set_apart(documents: Documents, gathering_id: str, now: datetime) -> list[WorkLine]:
    found = await set_apart_store.list_set_apart(documents, [gathering_id], LOOKED_AT_MAX)
    if not found:
        return []
    return [_line("mails_set_apart", len(found), found[-1].owed_at, f"/g/{gathering_id}/outbox")]


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

"""Waves: opened by a published plan, complete when every recommendation and session arrived, then
released. A wave that is not complete, or has a session without host, is not released; a
recommendation that arrives after the release is sent at once."""

from dataclasses import dataclass
from datetime import datetime

import structlog
from doorpakken_events.matching import PlanPublished, SessionsRecommended, SessionState
from doorpakken_plumbing.http.errors import Conflict, NotFound
from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.messaging import newest
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents, is_infrastructure
from doorpakken_plumbing.time import clock

from doorpakken_notification import hosts
from doorpakken_notification.model.mail_states import State
from doorpakken_notification.model.waves import WAVE_MOVES, OpenedWave, WaveCause, WaveState
from doorpakken_notification.proofs import Proof, proof_of
from doorpakken_notification.store import mails
from doorpakken_notification.store import waves as store

log = structlog.get_logger(__name__)


class WaveIncomplete(Conflict):
    """Fewer recommendations or sessions arrived than the plan says."""

    slug = "wave-incomplete"


class HostsMissing(Conflict):
    """Sessions nobody has agreed to lead yet; `session_ids` says which."""

    slug = "hosts-missing"


@dataclass(frozen=True)
class Wave:
    """A wave with its figures; `state` is open, complete or released. `without_host` are the
    gathering's sessions that nobody has agreed to lead."""

    wave_id: str
    gathering_id: str
    state: str
    expected: int
    arrived: int
    drafts: int
    by_state: dict[str, int]
    answer_by: datetime
    published_at: datetime
    released_at: datetime | None
    without_host: tuple[str, ...]
    proof: Proof


async def list_waves(documents: Documents, gathering_id: str | None = None) -> list[Wave]:
    """Of all gatherings, or of one; newest plan first."""
    found = await store.list_waves(documents, gathering_id)
    return [await _with_figures(documents, wave) for wave in found]


async def get_wave(documents: Documents, wave_id: str) -> Wave:
    """Raises NotFound."""
    found = await store.find_wave(documents, wave_id)
    if not found:
        raise NotFound("There is no wave with this id. A published plan opens one.")
    return await _with_figures(documents, found)


async def release(tx: Transaction, wave_id: str, by: str) -> Wave:
    """Queues the drafts of a complete wave; idempotent. `by` is who of staff does it. Raises
    WaveIncomplete or HostsMissing."""
    wave = await get_wave(tx, wave_id)
    if wave.state == WaveState.RELEASED:
        return wave
    if not _may_release(WaveState(wave.state)):
        raise WaveIncomplete(
            f"{wave.arrived} of {wave.expected} recommendations arrived. Try again in a moment.",
            arrived=wave.arrived,
            expected=wave.expected,
        )
    if wave.without_host:
        raise HostsMissing(
            "Not every session has somebody who leads it. Ask them, or choose somebody else.",
            session_ids=list(wave.without_host),
        )
    await store.set_released(tx, wave_id, clock.now())
    await mails.queue_drafts(tx, wave_id)
    await acts.note(tx, by, "wave_released", wave_id, gathering_id=wave.gathering_id)
    return await get_wave(tx, wave_id)


async def keep_moving(documents: Documents, *, when_complete: bool) -> None:
    """Queues drafts that reached a wave after its release and, if `when_complete`, releases
    complete waves. Reads states, so that the order of events hardly matters."""
    for wave_id in await store.list_wave_ids(documents):
        try:
            if await mails.has_drafts(documents, wave_id):
                await _move(documents, wave_id, when_complete=when_complete)
        except Exception as error:
            if is_infrastructure(error):
                raise
            # One failing wave must not block the others.
            log.error("a wave stands still", wave_id=wave_id, reason=type(error).__name__)


async def _move(documents: Documents, wave_id: str, *, when_complete: bool) -> None:
    found = await store.find_wave(documents, wave_id)
    if not found:
        return
    if found.released_at:
        await mails.queue_drafts(documents, wave_id)
    elif when_complete:
        await _release_if_complete(documents, found)


async def _release_if_complete(documents: Documents, wave: OpenedWave) -> None:
    state = wave.state(is_complete=await _is_complete(documents, wave.plan))
    if _may_release(state) and not await hosts.list_without(documents, wave.plan.gathering_id):
        await store.set_released(documents, wave.wave_id, clock.now())
        await mails.queue_drafts(documents, wave.wave_id)


def _may_release(state: WaveState) -> bool:
    return WAVE_MOVES.allows(WaveCause.RELEASE, state, WaveState.RELEASED)


async def _is_complete(documents: Documents, plan: PlanPublished) -> bool:
    """Needs all sessions too: without them it is unknown whether each has a host."""
    sessions = await newest.count_where(documents, SessionState, gathering_id=plan.gathering_id)
    return sessions >= plan.sessions and await _arrived(documents, plan) >= plan.recommendations


async def _arrived(documents: Documents, plan: PlanPublished) -> int:
    said = await newest.count_where(documents, SessionsRecommended, run_id=plan.run_id)
    return said - await newest.count_where(
        documents, SessionsRecommended, run_id=plan.run_id, is_taken_back=True
    )


async def _with_figures(documents: Documents, wave: OpenedWave) -> Wave:
    plan = wave.plan
    by_state = await mails.count_by_state(documents, wave.wave_id)
    is_complete = await _is_complete(documents, plan)
    return Wave(
        wave_id=wave.wave_id,
        gathering_id=plan.gathering_id,
        state=str(wave.state(is_complete=is_complete)),
        expected=plan.recommendations,
        arrived=await _arrived(documents, plan),
        drafts=by_state.get(State.DRAFT, 0),
        by_state=by_state,
        answer_by=plan.answer_by,
        published_at=plan.published_at,
        released_at=wave.released_at,
        without_host=await hosts.list_without(documents, plan.gathering_id),
        proof=await proof_of(documents, plan.gathering_id),
    )

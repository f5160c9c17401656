"""The public page of one pitch: its plan, what it needs and is offered, who supports it, and its
work session. Names no person; only accepted pitches have one."""

from doorpakken_plumbing.http.errors import NotFound
from doorpakken_plumbing.service import ServiceDep
from doorpakken_plumbing.time import clock
from fastapi import Request, Response

from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.organisations.store import organisations as organisations_store
from doorpakken_registration.pitches import endorsement_summary, needs, pitches
from doorpakken_registration.seats.store import sessions as sessions_store
from doorpakken_registration.web.page import PAGES, pages_router

router = pages_router()


@router.get("/p/{pitch_id}")
async def show(pitch_id: str, request: Request, here: ServiceDep) -> Response:
    pitch = await pitches.get(here.mongo, pitch_id)
    if not pitch.is_accepted:
        raise NotFound(pitches.NO_SUCH)
    gathering = await gatherings.get_public(here.mongo, pitch.gathering_id)
    theirs = [pitch.organisation_id] if pitch.organisation_id else []
    named = await organisations_store.list_organisations(here.mongo, theirs)
    backings = await endorsement_summary.of(here.mongo, [pitch.id])
    sessions = await sessions_store.list_sessions_of(here.mongo, pitch.gathering_id)
    return PAGES.render(
        request,
        "pitch_public.html",
        pitch=pitch,
        gathering=gathering,
        organisation=next((one.name for one in named), None),
        needs=await needs.covered_needs_of(here.mongo, pitch),
        backing=backings[pitch.id],
        reasons=await endorsement_summary.reasons_for(here.mongo, pitch.id),
        sessions=[one for one in sessions if one.pitch_id == pitch.id],
        now=clock.now(),
    )

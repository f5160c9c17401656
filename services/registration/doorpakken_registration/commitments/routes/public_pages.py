"""The public pages of what was promised and what came of it: of a gathering, and of one pitch. They
name an organisation that wants to be named, and a person only if they agreed to it."""

from datetime import datetime

from doorpakken_plumbing.http.errors import NotFound
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.service import ServiceDep
from doorpakken_plumbing.time import clock
from fastapi import Request, Response

from doorpakken_registration.commitments import published
from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.pitches import pitches
from doorpakken_registration.seats.store import sessions as sessions_store
from doorpakken_registration.web.page import PAGES, pages_router

router = pages_router()


@router.get("/g/{gathering_id}/promises")
async def show_gathering(gathering_id: str, request: Request, here: ServiceDep) -> Response:
    gathering = await gatherings.get_public(here.mongo, gathering_id)
    found = await published.at_gathering(here.mongo, gathering_id, clock.now())
    first = await _first_session(here.mongo, gathering_id) if found.is_empty else None
    return PAGES.render(
        request, "promises.html", gathering=gathering, found=found, first=first, pitch=None
    )


@router.get("/p/{pitch_id}/promises")
async def show_pitch(pitch_id: str, request: Request, here: ServiceDep) -> Response:
    pitch = await pitches.get(here.mongo, pitch_id)
    if not pitch.is_accepted:
        raise NotFound(pitches.NO_SUCH)
    gathering = await gatherings.get_public(here.mongo, pitch.gathering_id)
    found = await published.of_pitch(here.mongo, pitch, clock.now())
    return PAGES.render(
        request, "promises.html", gathering=gathering, found=found, first=None, pitch=pitch
    )


async def _first_session(documents: Documents, gathering_id: str) -> datetime | None:
    found = await sessions_store.list_sessions_of(documents, gathering_id)
    ahead = [one.starts_at for one in found if not one.is_cancelled]
    return min(ahead, default=None)

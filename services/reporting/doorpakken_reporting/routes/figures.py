"""API endpoint for the figures of a gathering, for staff with a role there."""

from typing import Annotated

from doorpakken_pages.moments import local
from doorpakken_plumbing.http.errors import NotFound
from doorpakken_plumbing.identity.staff import SignedIn
from doorpakken_plumbing.service import ServiceDep
from doorpakken_plumbing.time import clock
from fastapi import APIRouter, Depends, Path

from doorpakken_reporting.figures import Figures, Funnels, count, count_funnels
from doorpakken_reporting.store import Picture, find_picture, list_gatherings, list_given

router = APIRouter(prefix="/api/v1", tags=["figures"])

GatheringId = Annotated[str, Path(min_length=1, max_length=80)]


async def shown_picture(gathering_id: GatheringId, here: ServiceDep, staff: SignedIn) -> Picture:
    staff.require("reader", gathering_id)
    picture = await find_picture(here.mongo, gathering_id)
    if picture is None:
        raise NotFound("Reporting has not heard of this gathering. Is it published?")
    return picture


Shown = Annotated[Picture, Depends(shown_picture)]


async def seen_funnels(here: ServiceDep, staff: SignedIn) -> Funnels:
    found = await list_gatherings(here.mongo)
    seen = [one for one in found if staff.may("reader", one.gathering_id)]
    return count_funnels(await list_given(here.mongo, seen))


Seen = Annotated[Funnels, Depends(seen_funnels)]


@router.get("/funnels")
async def get_funnels(funnels: Seen) -> Funnels:
    """How many needs were asked, offered, promised, done and confirmed, begun and in full, at each
    gathering that you may read and for each theme."""
    return funnels


@router.get("/gatherings/{gathering_id}/figures")
async def get_figures(picture: Shown) -> Figures:
    """People, pitches, needs, promises, sessions, the wave and its answers; amounts of money in
    euro cents, counted from the newest states heard."""
    return count(picture, local(clock.now()).date())

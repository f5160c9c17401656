"""API endpoint for the figures of a gathering, for staff with a role there."""

from typing import Annotated

from doorpakken_pages.moments import local
from doorpakken_plumbing.http.errors import NotFound
from doorpakken_plumbing.identity.staff import SignedIn
from doorpakken_plumbing.service import ServiceDep
from doorpakken_plumbing.time import clock
from fastapi import APIRouter, Depends, Path

from doorpakken_reporting.figures import Figures, count
from doorpakken_reporting.store import Picture, find_picture

router = APIRouter(prefix="/api/v1", tags=["figures"])

GatheringId = Annotated[str, Path(min_length=1, max_length=80)]


async def shown_picture(gathering_id: GatheringId, here: ServiceDep, staff: SignedIn) -> Picture:
    staff.require("reader", gathering_id)
    picture = await find_picture(here.mongo, gathering_id)
    if picture is None:
        raise NotFound("Reporting has not heard of this gathering. Is it published?")
    return picture


Shown = Annotated[Picture, Depends(shown_picture)]


@router.get("/gatherings/{gathering_id}/figures")
async def get_figures(picture: Shown) -> Figures:
    """People, pitches, needs, promises, sessions, the wave and its answers; amounts of money in
    euro cents, counted from the newest states heard."""
    return count(picture, local(clock.now()).date())

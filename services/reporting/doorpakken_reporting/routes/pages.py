"""Pages for staff: the gatherings, and the live dashboard of one gathering.
Visitors who are not signed in are sent to sign in."""

from typing import Any

from doorpakken_pages import Pages
from doorpakken_pages.moments import local
from doorpakken_plumbing.http import live
from doorpakken_plumbing.identity.staff import SignedIn
from doorpakken_plumbing.service import ServiceDep
from doorpakken_plumbing.time import clock
from fastapi import APIRouter, Request
from sse_starlette import EventSourceResponse
from starlette.responses import Response

from doorpakken_reporting.charts import growth_chart
from doorpakken_reporting.figures import count
from doorpakken_reporting.routes.figures import GatheringId, Seen, Shown
from doorpakken_reporting.store import SHOWN, Picture, get_names, list_gatherings

router = APIRouter(include_in_schema=False)
pages = Pages("doorpakken_reporting")


@router.get("/")
async def show_gatherings(
    request: Request, here: ServiceDep, staff: SignedIn, funnels: Seen
) -> Response:
    found = await list_gatherings(here.mongo)
    seen = [one for one in found if staff.may("reader", one.gathering_id)]
    return pages.render(request, "gatherings.html", staff=staff, gatherings=seen, funnels=funnels)


@router.get("/dashboard/{gathering_id}")
async def show_dashboard(
    request: Request, here: ServiceDep, staff: SignedIn, picture: Shown
) -> Response:
    """Complete without scripts; scripts only keep it up to date."""
    context = await _context(here, picture)
    return pages.render(request, "dashboard.html", staff=staff, **context)


@router.get("/dashboard/{gathering_id}/fragment")
async def show_fragment(request: Request, here: ServiceDep, picture: Shown) -> Response:
    return pages.render(request, "figures.html", **await _context(here, picture))


@router.get("/dashboard/{gathering_id}/live")
async def follow_dashboard(
    gathering_id: GatheringId, request: Request, here: ServiceDep, staff: SignedIn
) -> EventSourceResponse:
    staff.require("reader", gathering_id)
    return live.stream(here, request, SHOWN)


async def _context(here: ServiceDep, picture: Picture) -> dict[str, Any]:
    figures = count(picture, local(clock.now()).date())
    persons = {one for pitch in figures.pitch_list for one in pitch.pitchers}
    persons |= {one.host for one in figures.sessions if one.host}
    return {
        "figures": figures,
        "gathering": picture.gathering,
        "names": await get_names(here.mongo, sorted(persons)),
        "registered_chart": growth_chart(figures.registered_over_time, figures.people_by_kind),
        "present_chart": growth_chart(figures.present_over_time, figures.people_by_kind),
        "now": clock.now(),
    }

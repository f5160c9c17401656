"""Pages for staff: the gatherings with their plans, and one plan with the people it seats."""

from typing import Any

from doorpakken_events.registration import GatheringState
from doorpakken_pages.page_route import pages_router
from doorpakken_pages.pages import Pages
from doorpakken_plumbing.http.errors import Conflict, Refusal
from doorpakken_plumbing.identity.staff import SignedIn, Staff
from doorpakken_plumbing.messaging import newest
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Document
from doorpakken_plumbing.service import Service, ServiceDep
from doorpakken_plumbing.time import clock
from fastapi import Request
from starlette.responses import RedirectResponse, Response

from doorpakken_matching import plans, publishing
from doorpakken_matching.board import read_board, read_overview
from doorpakken_matching.routes.door import ORGANISER, READER, Planned, RunId, SettingsDep
from doorpakken_matching.store import heard

pages = Pages("doorpakken_matching")
router = pages_router(pages)


@router.get("/")
async def show_gatherings(request: Request, service: ServiceDep, staff: SignedIn) -> Response:
    return await _gatherings(request, service, staff)


@router.post("/gatherings/{gathering_id}/plans")
async def make_plan(
    gathering: Planned,
    request: Request,
    service: ServiceDep,
    settings: SettingsDep,
    staff: SignedIn,
) -> Response:
    now = clock.now()
    try:
        problem, plan = await plans.compute(
            service.mongo, gathering.gathering_id, settings=settings, now=now, answer_by=None
        )
    except Conflict as refusal:
        return await _gatherings(request, service, staff, refusal)

    async def work(tx: Transaction) -> Document:
        return await plans.keep(tx, problem, plan, now=now)

    made = await service.transact(work)
    return RedirectResponse(f"{settings.public_url}/plans/{made['_id']}", status_code=303)


@router.get("/plans/{run_id}")
async def show_plan(
    run_id: RunId, request: Request, service: ServiceDep, staff: SignedIn
) -> Response:
    plan = await plans.get_plan(service.mongo, run_id)
    staff.require(READER, plan["gathering_id"])
    return await show_board(request, service, staff, plan)


@router.post("/plans/{run_id}/publish")
async def publish_plan(
    run_id: RunId, request: Request, service: ServiceDep, settings: SettingsDep, staff: SignedIn
) -> Response:
    plan = await plans.get_plan(service.mongo, run_id)
    staff.require(ORGANISER, plan["gathering_id"])

    async def work(tx: Transaction) -> Document:
        return await publishing.publish(tx, run_id, settings=settings, now=clock.now())

    try:
        await service.transact(work)
    except Conflict as refusal:
        return await show_board(request, service, staff, plan, refusal)
    return RedirectResponse(f"{settings.public_url}/plans/{run_id}", status_code=303)


async def _gatherings(
    request: Request, service: ServiceDep, staff: Staff, refusal: Refusal | None = None
) -> Response:
    found = await heard.list_gatherings(service.mongo)
    seen = [one for one in found if staff.may(READER, one.gathering_id)]
    overviews = [await read_overview(service.mongo, one) for one in seen]
    return _page(request, "gatherings.html", staff, refusal, overviews=overviews)


async def show_board(
    request: Request,
    service: Service,
    staff: Staff,
    plan: Document,
    refusal: Refusal | None = None,
) -> Response:
    board = await read_board(service.mongo, plan, now=clock.now())
    gathering = await newest.find(service.mongo, GatheringState, plan["gathering_id"])
    is_organiser = staff.may(ORGANISER, plan["gathering_id"])
    context = {"plan": plan, "gathering": gathering, "is_organiser": is_organiser}
    return _page(request, "plan.html", staff, refusal, **context, **board)


def _page(
    request: Request, template: str, staff: Staff, refusal: Refusal | None, **context: Any
) -> Response:
    status, slug = (refusal.status, refusal.slug) if refusal else (200, None)
    return pages.render(request, template, status=status, staff=staff, refused=slug, **context)

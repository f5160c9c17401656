"""Pages for staff: the gatherings with their plans, and one plan with the people it seats."""

from collections.abc import Sequence
from datetime import datetime
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

from doorpakken_matching import acts_shown, plans, publishing
from doorpakken_matching.board import read_board, read_overview
from doorpakken_matching.gatherings import get_gathering
from doorpakken_matching.model.deadline import latest_answer
from doorpakken_matching.refusals import AnswerByOutOfRange
from doorpakken_matching.routes.door import (
    ORGANISER,
    READER,
    Planned,
    Readable,
    RunId,
    SettingsDep,
    own_settings,
)
from doorpakken_matching.routes.form import Filled, Mistyped, again, moment_of, read_form, typed
from doorpakken_matching.settings import Settings
from doorpakken_matching.store import heard

pages = Pages("doorpakken_matching")
router = pages_router(pages)


@router.get("/")
async def show_gatherings(request: Request, service: ServiceDep, staff: SignedIn) -> Response:
    found = await heard.list_gatherings(service.mongo)
    seen = [one for one in found if staff.may(READER, one.gathering_id)]
    return await _plans(request, service, staff, seen)


@router.get("/g/{gathering_id}/plans")
async def show_plans(
    gathering_id: Readable, request: Request, service: ServiceDep, staff: SignedIn
) -> Response:
    gathering = await get_gathering(service.mongo, gathering_id)
    return await _plans(request, service, staff, [gathering], gathering=gathering)


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
        return await _plans(request, service, staff, [gathering], refusal, gathering=gathering)

    async def work(tx: Transaction) -> Document:
        return await plans.keep(tx, problem, plan, staff.staff_id, now=now)

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
    """Without `answer_by` people get the usual days."""
    plan = await plans.get_plan(service.mongo, run_id)
    staff.require(ORGANISER, plan["gathering_id"])
    form = await read_form(request)
    answer_by = moment_of(form.get("answer_by", ""))

    async def work(tx: Transaction) -> Document:
        return await publishing.publish(
            tx, run_id, staff.staff_id, settings=settings, now=clock.now(), answer_by=answer_by
        )

    try:
        if form.get("answer_by") and answer_by is None:
            raise Mistyped(["answer_by"])
        await service.transact(work)
    except (Conflict, AnswerByOutOfRange, Mistyped) as problem:
        return await show_board(request, service, staff, plan, again(form, problem))
    return RedirectResponse(f"{settings.public_url}/plans/{run_id}", status_code=303)


async def _plans(
    request: Request,
    service: Service,
    staff: Staff,
    gatherings: Sequence[GatheringState],
    refusal: Refusal | None = None,
    *,
    gathering: GatheringState | None = None,
) -> Response:
    """`gathering` is the one that the page is about, if it is about one."""
    now = clock.now()
    overviews = [await read_overview(service.mongo, one, now=now) for one in gatherings]
    return _page(
        request, "gatherings.html", staff, refusal, overviews=overviews, gathering=gathering
    )


async def show_board(
    request: Request,
    service: Service,
    staff: Staff,
    plan: Document,
    filled: Filled | None = None,
) -> Response:
    now = clock.now()
    filled = filled or Filled()
    gathering = await newest.find(service.mongo, GatheringState, plan["gathering_id"])
    context: dict[str, Any] = {
        "plan": plan,
        "gathering": gathering,
        "overview": gathering and await read_overview(service.mongo, gathering, now=now),
        "is_organiser": staff.may(ORGANISER, plan["gathering_id"]),
        "filled": filled,
        "answer": _answer_of(plan, await own_settings(request), now),
        "acts": await acts_shown.on_plan(service.mongo, plan),
        **await read_board(service.mongo, plan, now=now),
    }
    status = 422 if filled.errors else None
    return _page(request, "plan.html", staff, filled.refusal, status, **context)


def _answer_of(plan: Document, settings: Settings, now: datetime) -> dict[str, Any]:
    """Until when people answer, and the limits within which staff choose that; `is_free` when there
    is still something to choose."""
    starts = [one["starts_at"] for one in plan["sessions"]]
    usual = publishing.answer_by_of(plan, settings, now)
    latest = latest_answer(starts, settings.answer_before_hours) if starts else usual
    return {
        "usual": usual,
        "latest": latest,
        "is_free": latest > now,
        "typed": {"usual": typed(usual), "first": typed(now), "latest": typed(latest)},
    }


def _page(
    request: Request,
    template: str,
    staff: Staff,
    refusal: Refusal | None,
    status: int | None = None,
    **context: Any,
) -> Response:
    usual, slug = (refusal.status, refusal.slug) if refusal else (200, None)
    context |= {"staff": staff, "refused": slug}
    return pages.render(request, template, status=status or usual, **context)

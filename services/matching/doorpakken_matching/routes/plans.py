"""API endpoints that make, read and publish plans."""

from datetime import datetime

from doorpakken_events.event import Moment
from doorpakken_plumbing.http.idempotency import IdempotencyKey, StoredResponse, once
from doorpakken_plumbing.identity.staff import SignedIn
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Document
from doorpakken_plumbing.service import ServiceDep
from doorpakken_plumbing.time import clock
from fastapi import APIRouter, Response
from pydantic import BaseModel

from doorpakken_matching import plans, publishing
from doorpakken_matching.model.plan import Figures, PlannedSession, Recommendation, Unopened
from doorpakken_matching.routes.door import (
    API,
    ORGANISER,
    READER,
    Body,
    Planned,
    Readable,
    RunId,
    SettingsDep,
)
from doorpakken_matching.store import plans as store

router = APIRouter(prefix=API, tags=["plans"])


class NewPlan(Body):
    """What staff may fix of a plan beforehand."""

    answer_by: Moment | None = None


class Publication(Body):
    """Until when people can answer; without it what the plan was made with, or the usual days."""

    answer_by: Moment | None = None


class PlanView(BaseModel):
    """A plan; `state` is made, published or outdated, `recommendations` is how many people it has
    something for."""

    run_id: str
    gathering_id: str
    state: str
    created_at: datetime
    published_at: datetime | None
    answer_by: datetime | None
    recommendations: int
    sessions: list[PlannedSession]
    unopened: list[Unopened]
    figures: Figures


class PlanWithPeople(PlanView):
    """A plan with what it had for each attendee."""

    people: list[Recommendation]


class PlanList(BaseModel):
    """The plans of a gathering, the newest first."""

    items: list[PlanView]


@router.post("/gatherings/{gathering_id}/plans", status_code=201, response_model=PlanView)
async def make_plan(
    gathering: Planned,
    service: ServiceDep,
    settings: SettingsDep,
    staff: SignedIn,
    key: IdempotencyKey,
    body: NewPlan | None = None,
) -> Response:
    """Makes a plan of what is known now: 201. Nobody is told; the same inputs give the same run."""
    now = clock.now()
    problem, plan = await plans.compute(
        service.mongo,
        gathering.gathering_id,
        settings=settings,
        now=now,
        answer_by=body.answer_by if body else None,
    )

    async def work(tx: Transaction) -> StoredResponse:
        kept = await plans.keep(tx, problem, plan, staff.staff_id, now=now)
        return StoredResponse(201, _view(kept).model_dump(mode="json"))

    return (await once(service, key, work)).response()


@router.get("/gatherings/{gathering_id}/plans")
async def list_plans(gathering_id: Readable, service: ServiceDep) -> PlanList:
    """All plans of a gathering, the newest first."""
    found = await store.list_plans(service.mongo, gathering_id)
    return PlanList(items=[_view(plan) for plan in found])


@router.get("/plans/{run_id}")
async def get_plan(run_id: RunId, service: ServiceDep, staff: SignedIn) -> PlanWithPeople:
    """One plan, with what it had for each attendee when it was made."""
    plan = await plans.get_plan(service.mongo, run_id)
    staff.require(READER, plan["gathering_id"])
    people = await store.list_planned(service.mongo, run_id)
    return PlanWithPeople(**dict(_view(plan)), people=people)


@router.post("/plans/{run_id}/publish")
async def publish_plan(
    run_id: RunId,
    service: ServiceDep,
    settings: SettingsDep,
    staff: SignedIn,
    body: Publication | None = None,
) -> PlanView:
    """Says sessions and recommendations, asks hosts, and has invitations made: 200, also when it
    was published before; 409 `plan-outdated`, 422 `answer-by-out-of-range`."""
    plan = await plans.get_plan(service.mongo, run_id)
    staff.require(ORGANISER, plan["gathering_id"])

    async def work(tx: Transaction) -> Document:
        return await publishing.publish(
            tx,
            run_id,
            staff.staff_id,
            settings=settings,
            now=clock.now(),
            answer_by=body.answer_by if body else None,
        )

    return _view(await service.transact(work))


def _view(plan: Document) -> PlanView:
    return PlanView.model_validate({"run_id": plan["_id"], **plan})

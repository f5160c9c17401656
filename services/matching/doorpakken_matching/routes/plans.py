"""API endpoints that make, read and publish plans."""

from typing import Any

from doorpakken_events.event import Moment
from doorpakken_plumbing.http.idempotency import IdempotencyKey, StoredResponse, once
from doorpakken_plumbing.identity.staff import SignedIn
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Document
from doorpakken_plumbing.service import ServiceDep
from doorpakken_plumbing.time import clock
from fastapi import APIRouter, Response

from doorpakken_matching import plans, publishing
from doorpakken_matching.model.plan import Recommendation
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


@router.post("/gatherings/{gathering_id}/plans", status_code=201)
async def make_plan(
    gathering: Planned,
    service: ServiceDep,
    settings: SettingsDep,
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
        return StoredResponse(201, told(await plans.keep(tx, problem, plan, now=now)))

    return (await once(service, key, work)).response()


@router.get("/gatherings/{gathering_id}/plans")
async def list_plans(gathering_id: Readable, service: ServiceDep) -> dict[str, Any]:
    """All plans of a gathering, the newest first."""
    found = await store.list_plans(service.mongo, gathering_id)
    return {"items": [told(plan) for plan in found]}


@router.get("/plans/{run_id}")
async def get_plan(run_id: RunId, service: ServiceDep, staff: SignedIn) -> dict[str, Any]:
    """One plan, with what it had for each attendee when it was made."""
    plan = await plans.get_plan(service.mongo, run_id)
    staff.require(READER, plan["gathering_id"])
    people = await store.list_planned(service.mongo, run_id)
    return told(plan) | {"people": [told_person(one) for one in people]}


@router.post("/plans/{run_id}/publish")
async def publish_plan(
    run_id: RunId, service: ServiceDep, settings: SettingsDep, staff: SignedIn
) -> dict[str, Any]:
    """Tells everybody: 200, also when it was published before; 409 `plan-outdated`."""
    plan = await plans.get_plan(service.mongo, run_id)
    staff.require(ORGANISER, plan["gathering_id"])

    async def work(tx: Transaction) -> Document:
        return await publishing.publish(tx, run_id, settings=settings, now=clock.now())

    return told(await service.transact(work))


TOLD = (
    "gathering_id",
    "state",
    "created_at",
    "published_at",
    "answer_by",
    "recommendations",
    "sessions",
    "unopened",
    "figures",
)


def told(plan: Document) -> dict[str, Any]:
    return {"run_id": plan["_id"], **{name: plan[name] for name in TOLD}}


def told_person(one: Recommendation) -> dict[str, Any]:
    return one.model_dump(mode="json")

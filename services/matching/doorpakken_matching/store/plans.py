"""Plans as they were made, with a recommendation per attendee; only their state changes later."""

from collections.abc import Sequence
from datetime import datetime

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, DESCENDING, Document, Documents, Index

from doorpakken_matching.model.plan import Plan, Recommendation
from doorpakken_matching.model.problem import Problem

PLANS, PLANNED = "plans", "planned"
INDEXES = (
    Index(PLANS, [("gathering_id", ASCENDING), ("created_at", DESCENDING)]),
    Index(PLANNED, [("run_id", ASCENDING), ("attendee_id", ASCENDING)], unique=True),
    Index(PLANNED, [("attendee_id", ASCENDING)]),
)


async def find_plan(docs: Documents, run_id: str) -> Document | None:
    """Without the planned recommendations."""
    return await docs[PLANS].find_one({"_id": run_id})


async def list_plans(docs: Documents, gathering_id: str) -> list[Document]:
    return await docs[PLANS].find({"gathering_id": gathering_id}, sort=[("created_at", DESCENDING)])


async def add_plan(tx: Transaction, plan: Plan, problem: Problem, *, at: datetime) -> Document:
    document: Document = {
        "_id": plan.run_id,
        "gathering_id": plan.gathering_id,
        "state": "made",
        "version": 0,
        "created_at": at,
        "published_at": None,
        "answer_by": plan.answer_by,
        "previous_run": problem.previous_run,
        "scarcity": problem.scarcity,
        "parameters": problem.parameters.model_dump(),
        "recommendations": len(plan.recommendations),
        **plan.model_dump(include={"sessions", "unopened", "figures"}),
    }
    await tx[PLANS].insert_one(document)
    await tx[PLANNED].insert_many(
        [{"run_id": plan.run_id, **one.model_dump()} for one in plan.recommendations]
    )
    return document


async def list_planned(docs: Documents, run_id: str) -> list[Recommendation]:
    found = await docs[PLANNED].find({"run_id": run_id}, sort=[("attendee_id", ASCENDING)])
    return [Recommendation.model_validate(document) for document in found]


async def mark_published(
    tx: Transaction, run_id: str, *, at: datetime, answer_by: datetime, recommendations: int
) -> Document:
    document = await tx[PLANS].find_one_and_update(
        {"_id": run_id},
        {
            "$set": {
                "state": "published",
                "version": 1,
                "published_at": at,
                "answer_by": answer_by,
                "recommendations": recommendations,
            }
        },
    )
    assert document is not None
    return document


async def count_one_fewer(tx: Transaction, run_id: str) -> Document:
    document = await tx[PLANS].find_one_and_update(
        {"_id": run_id}, {"$inc": {"recommendations": -1, "version": 1}}
    )
    assert document is not None
    return document


async def mark_superseded(tx: Transaction, run_ids: Sequence[str]) -> None:
    await tx[PLANS].update_many({"_id": {"$in": list(run_ids)}}, {"$set": {"state": "superseded"}})

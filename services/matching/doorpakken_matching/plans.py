"""Makes and stores plans; publishes nothing. The same inputs give the plan already stored."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from doorpakken_plumbing.http.errors import NotFound
from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Document, Documents

from doorpakken_matching.model.deadline import latest_answer
from doorpakken_matching.model.plan import Plan
from doorpakken_matching.model.problem import Problem
from doorpakken_matching.planning.inputs import read_problem
from doorpakken_matching.planning.planning import make_plan
from doorpakken_matching.refusals import AnswerByOutOfRange
from doorpakken_matching.settings import Settings
from doorpakken_matching.store import plans


async def compute(
    docs: Documents,
    gathering_id: str,
    *,
    settings: Settings,
    now: datetime,
    answer_by: datetime | None,
) -> tuple[Problem, Plan]:
    """Computes in a thread, outside of any transaction; raises AnswerByOutOfRange."""
    problem = await read_problem(
        docs, gathering_id, settings=settings, now=now, answer_by=answer_by
    )
    plan = await asyncio.to_thread(make_plan, problem)
    if answer_by:
        starts = [one.starts_at for one in plan.sessions]
        require_in_time(answer_by, starts, now=now, before_hours=settings.answer_before_hours)
    return problem, plan


def require_in_time(
    answer_by: datetime, starts: Sequence[datetime], *, now: datetime, before_hours: float
) -> None:
    """Raises AnswerByOutOfRange unless `answer_by` is in the future and at least `before_hours`
    before the first of `starts`."""
    latest = latest_answer(starts, before_hours) if starts else answer_by
    if not now < answer_by <= latest:
        until = f"{latest:%Y-%m-%dT%H:%MZ}"
        sentence = f"This must be later than now and at the latest {until}."
        raise AnswerByOutOfRange(
            f"People cannot answer by then. {sentence}",
            errors=[{"field": "answer_by", "message": sentence}],
        )


async def keep(
    tx: Transaction, problem: Problem, plan: Plan, by: str, *, now: datetime
) -> Document:
    """`by` is who of staff made it, unless it was known."""
    if known := await plans.find_plan(tx, plan.run_id):
        return known
    await acts.note(tx, by, "plan_made", plan.run_id, gathering_id=problem.gathering_id)
    return await plans.add_plan(tx, plan, problem, at=now)


async def get_plan(docs: Documents, run_id: str) -> Document:
    if plan := await plans.find_plan(docs, run_id):
        return plan
    raise NotFound("There is no plan with this id. Make one with POST /gatherings/{id}/plans.")

"""Publishes what each attendee can choose from. Those who check in after a plan was published get
their own recommendation, once per plan, from the seats that are left."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from doorpakken_events.matching import SessionsRecommended
from doorpakken_events.registration import AttendeeState
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Document

from doorpakken_matching.model.plan import Recommendation
from doorpakken_matching.model.problem import Parameters
from doorpakken_matching.planning.inputs import read_late_problem
from doorpakken_matching.planning.planning import make_plan
from doorpakken_matching.store import check_in_barrier, plans, recommendations


async def say(
    tx: Transaction, plan: Document, given: Sequence[Recommendation], *, is_counted: bool = True
) -> None:
    """Stores and publishes these; an attendee who had one before gets the next version.
    `is_counted`: they are in the number of recommendations that the plan says."""
    gathering_id, run_id = plan["gathering_id"], plan["_id"]
    versions = await recommendations.list_versions(tx, [one.attendee_id for one in given])
    documents = [
        {
            "_id": one.attendee_id,
            "gathering_id": gathering_id,
            "run_id": run_id,
            "version": versions.get(one.attendee_id, 0) + 1,
            "is_counted": is_counted,
            **one.model_dump(include={"seats", "alternatives"}),
        }
        for one in given
    ]
    await recommendations.put_recommendations(tx, documents)
    for one, document in zip(given, documents, strict=True):
        tx.publish(_event(gathering_id, run_id, one), document["version"])


def _event(gathering_id: str, run_id: str, one: Recommendation) -> SessionsRecommended:
    return SessionsRecommended(
        attendee_id=one.attendee_id,
        gathering_id=gathering_id,
        run_id=run_id,
        seats=tuple(seat.suggestion() for seat in one.seats),
        alternatives=tuple(other.suggestion() for other in one.alternatives),
    )


async def take_back(tx: Transaction, known: Document) -> None:
    """What was recommended to this attendee counts no more."""
    document = known | {
        "version": known["version"] + 1,
        "seats": [],
        "alternatives": [],
        "is_counted": False,
        "is_taken_back": True,
    }
    await recommendations.put_recommendations(tx, [document])
    said = SessionsRecommended(
        attendee_id=known["_id"],
        gathering_id=known["gathering_id"],
        run_id=known["run_id"],
        is_taken_back=True,
    )
    tx.publish(said, document["version"])


async def recommend_late(
    tx: Transaction,
    plan: Document,
    attendees: Sequence[AttendeeState],
    *,
    now: datetime,
    is_counted: bool = True,
) -> None:
    """For attendees whom the plan did not include, with the weights it used for the others."""
    if not attendees:
        return
    problem = await read_late_problem(
        tx,
        plan["gathering_id"],
        attendees,
        parameters=Parameters.model_validate(plan["parameters"]),
        scarcity=plan["scarcity"],
        now=now,
    )
    late = await asyncio.to_thread(make_plan, problem)
    await say(tx, plan, late.recommendations, is_counted=is_counted)


async def recommend_on_check_in(tx: Transaction, attendee: AttendeeState, *, now: datetime) -> None:
    run_id = await check_in_barrier.pass_gate(tx, attendee.gathering_id, attendee.attendee_id)
    if run_id is None:
        return
    known = await recommendations.find_recommendation(tx, attendee.attendee_id)
    plan = await plans.find_plan(tx, run_id)
    is_known = known is not None and not known.get("is_taken_back") and known["run_id"] == run_id
    if plan and not is_known:
        await recommend_late(tx, plan, [attendee], now=now, is_counted=False)

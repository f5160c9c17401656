"""Publishes a plan in one transaction: sessions, requests to their hosts, a recommendation for
everybody present, and the plan itself. An outdated plan is refused; publishing a plan again
publishes nothing new."""

from datetime import datetime

from doorpakken_events import states
from doorpakken_events.matching import PlanPublished
from doorpakken_events.registration import GatheringState, PitchState
from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.messaging import newest
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Document

from doorpakken_matching import hosting, recommendations, sessions, standing
from doorpakken_matching.model import deadline
from doorpakken_matching.plans import get_plan, require_in_time
from doorpakken_matching.refusals import GatheringCancelled, PlanOutdated, PlanSuperseded
from doorpakken_matching.settings import Settings
from doorpakken_matching.store import check_in_barrier, heard, plans


async def publish(
    tx: Transaction,
    run_id: str,
    by: str,
    *,
    settings: Settings,
    now: datetime,
    answer_by: datetime | None = None,
) -> Document:
    """Idempotent; `by` is who of staff does it, and `answer_by` goes before what the plan was made
    with. Raises PlanOutdated, PlanSuperseded, GatheringCancelled or AnswerByOutOfRange."""
    plan = await get_plan(tx, run_id)
    if plan["state"] == "published":
        return plan
    if answer_by:
        starts = [one["starts_at"] for one in plan["sessions"]]
        require_in_time(answer_by, starts, now=now, before_hours=settings.answer_before_hours)
        plan = plan | {"answer_by": answer_by}
    await _lock(tx, plan)
    await _require_current(tx, plan, now)
    await sessions.schedule(tx, plan["gathering_id"], run_id, plan["sessions"], now=now)
    await hosting.settle(tx, plan["gathering_id"], now=now)
    count = await _recommend(tx, plan, now)
    if plan["previous_run"]:
        await plans.mark_superseded(tx, [plan["previous_run"]])
    published = await plans.mark_published(
        tx, run_id, at=now, answer_by=answer_by_of(plan, settings, now), recommendations=count
    )
    tx.publish(_event(published), published["version"])
    await acts.note(tx, by, "plan_published", run_id, gathering_id=plan["gathering_id"])
    return published


async def say_one_fewer(tx: Transaction, run_id: str) -> None:
    """Called when somebody whom this plan counts is erased, or was not present after all: lowers
    its count, so that its wave is complete without them."""
    plan = await plans.find_plan(tx, run_id)
    if plan and plan["state"] == "published":
        changed = await plans.count_one_fewer(tx, run_id)
        tx.publish(_event(changed), changed["version"])


async def _lock(tx: Transaction, plan: Document) -> None:
    """Makes a concurrent check-in or change of the plan's inputs conflict and run again afterwards.
    Raises PlanSuperseded or PlanOutdated when another plan was published since."""
    run_id, gathering_id = plan["_id"], plan["gathering_id"]
    in_force = await check_in_barrier.find_published_run(tx, gathering_id)
    if plan["state"] == "superseded":
        raise PlanSuperseded("A later plan was published. Make a new plan to change it.")
    if in_force != plan["previous_run"]:
        raise PlanOutdated("Another plan was published since. Make a new plan.")
    await check_in_barrier.close_gates(tx, gathering_id, run_id)
    await heard.lock_states(tx, GatheringState, [gathering_id], run_id)
    await heard.lock_states(tx, PitchState, [one["pitch_id"] for one in plan["sessions"]], run_id)


async def _require_current(tx: Transaction, plan: Document, now: datetime) -> None:
    gathering = await newest.find(tx, GatheringState, plan["gathering_id"])
    if gathering and gathering.state == states.Gathering.CANCELLED:
        raise GatheringCancelled("This gathering is cancelled, so it gets no work sessions.")
    pitches = await heard.list_accepted(tx, plan["gathering_id"])
    accepted = {pitch.pitch_id for pitch in pitches}
    lost = [one["title"] for one in plan["sessions"] if one["pitch_id"] not in accepted]
    if lost:
        raise PlanOutdated(f"No longer accepted: {', '.join(lost)}. Make a new plan.")
    await sessions.require_as_staff_left_it(tx, plan["gathering_id"], plan["sessions"])
    await standing.require_places_as_planned(tx, plan["gathering_id"], plan["sessions"])
    if any(one["starts_at"] <= now for one in plan["sessions"]):
        raise PlanOutdated("A session of this plan should have begun by now. Make a new plan.")


async def _recommend(tx: Transaction, plan: Document, now: datetime) -> int:
    """Returns how many got a recommendation: everybody present, also those who checked in after the
    plan was made."""
    present = {one.attendee_id: one for one in await heard.list_present(tx, plan["gathering_id"])}
    planned = [
        one for one in await plans.list_planned(tx, plan["_id"]) if one.attendee_id in present
    ]
    await recommendations.say(tx, plan, planned)
    known = {one.attendee_id for one in planned}
    late = [attendee for attendee_id, attendee in present.items() if attendee_id not in known]
    await recommendations.recommend_late(tx, plan, late, now=now)
    return len(present)


def answer_by_of(plan: Document, settings: Settings, now: datetime) -> datetime:
    """Until when people can answer if it is published now."""
    asked: datetime | None = plan["answer_by"]
    starts = [one["starts_at"] for one in plan["sessions"]]
    if asked and asked > now:
        return asked
    return deadline.answer_by(
        now, starts, days=settings.answer_days, hours_before=settings.answer_before_hours
    )


def _event(plan: Document) -> PlanPublished:
    return PlanPublished(
        run_id=plan["_id"],
        gathering_id=plan["gathering_id"],
        recommendations=plan["recommendations"],
        sessions=len(plan["sessions"]),
        answer_by=plan["answer_by"],
        published_at=plan["published_at"],
    )

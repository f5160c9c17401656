"""Whoever comes in after a plan was made, or at the very moment it is published, is not lost."""

from doorpakken_events.registration import AttendeeState, AttendeeUpdated
from doorpakken_matching.handlers import on_attendee_state
from doorpakken_plumbing.messaging.heard import ReceivedEvent
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.observing.tracing import Origin
from doorpakken_plumbing.service import Service
from doorpakken_plumbing.time import clock

from services.matching.tests.component.gathering import Gathering, together

AT_ONCE = 40


async def test_a_latecomer_gets_an_own_recommendation_once(gathering: Gathering) -> None:
    await gathering.prepare()
    plan = await gathering.plan()
    await gathering.publish(plan)
    late = gathering.attendee("late")
    await gathering.hear((late, 2))
    assert await gathering.recommended(plan["run_id"]) == sorted(
        f"{gathering.id}-{name}" for name in ("a", "b", "c", "late")
    )
    told = (await gathering.said("sessions-recommended"))[-1]
    assert (len(told["seats"]), told["version"]) == (1, 1)
    await gathering.hear((AttendeeUpdated.model_validate(late.model_dump()), 3))
    assert len(await gathering.recommended(plan["run_id"])) == 4


async def test_a_latecomer_gets_no_seat_that_the_plan_gave_away(gathering: Gathering) -> None:
    await gathering.hear(
        (gathering.published(), 1), (gathering.pitch("one"), 2), (gathering.attendee("a"), 2)
    )
    await gathering.post("rooms", name="Kamer", capacity=1)
    await gathering.add_slot(days=11)
    await gathering.publish(await gathering.plan())
    await gathering.hear((gathering.attendee("late"), 2))
    told = (await gathering.said("sessions-recommended"))[-1]
    assert told["attendee_id"] == f"{gathering.id}-late"
    assert (told["seats"], len(told["alternatives"])) == ([], 1)


async def test_who_came_between_making_and_publishing_is_counted(gathering: Gathering) -> None:
    await gathering.prepare()
    plan = await gathering.plan()
    await gathering.hear((gathering.attendee("between"), 2))
    await gathering.publish(plan)
    assert len(await gathering.recommended(plan["run_id"])) == 4
    (published,) = await gathering.said("plan-published")
    assert published["recommendations"] == 4


async def test_who_comes_in_while_a_plan_is_published_is_told_exactly_once(
    gathering: Gathering, service: Service
) -> None:
    await gathering.prepare()
    plan = await gathering.plan()
    names = [f"now{number}" for number in range(AT_ONCE)]
    answer, *_ = await together(
        gathering.publish(plan), *(_comes_in(service, gathering, name) for name in names)
    )
    assert answer.status_code == 200, answer.text
    expected = sorted(f"{gathering.id}-{name}" for name in ("a", "b", "c", *names))
    assert await gathering.recommended(plan["run_id"]) == expected


async def _comes_in(service: Service, gathering: Gathering, name: str) -> None:
    """The handler as the consumer runs it, in a transaction of its own beside all others."""
    said = gathering.attendee(name)
    heard: ReceivedEvent[AttendeeState] = ReceivedEvent(
        data=said,
        topic=said.TOPIC,
        event_id=said.key,
        aggregate=said.AGGREGATE,
        aggregate_id=said.key,
        version=2,
        time=clock.now(),
        gathering_id=gathering.id,
        origin=Origin(),
    )

    async def work(tx: Transaction) -> None:
        await on_attendee_state(tx, heard)

    await service.transact(work)

"""A check-in was a mistake: what the plan had for them is taken back, and its numbers add up."""

from doorpakken_events.registration import AttendeeUpdated

from services.matching.tests.component.gathering import Gathering


async def test_what_was_recommended_is_taken_back_and_the_plan_counts_who_is_present(
    gathering: Gathering,
) -> None:
    await gathering.prepare()
    plan = await gathering.plan()
    await gathering.publish(plan)
    await gathering.hear((gathering.attendee("late"), 2))
    await gathering.hear((undone(gathering, "a"), 3))
    told = (await gathering.said("sessions-recommended"))[-1]
    assert (told["attendee_id"], told["is_taken_back"]) == (f"{gathering.id}-a", True)
    assert (told["seats"], told["alternatives"], told["version"]) == ([], [], 2)
    assert await counts(gathering) == [3, 2]
    assert await in_force(gathering) == {f"{gathering.id}-{name}" for name in ("b", "c", "late")}


async def test_a_latecomer_was_not_in_the_number_and_leaves_it_as_it_is(
    gathering: Gathering,
) -> None:
    await gathering.prepare()
    await gathering.publish(await gathering.plan())
    await gathering.hear((gathering.attendee("late"), 2), (undone(gathering, "late"), 3))
    assert await counts(gathering) == [3]
    assert await in_force(gathering) == {f"{gathering.id}-{name}" for name in ("a", "b", "c")}


async def test_who_comes_after_all_gets_their_own_again(gathering: Gathering) -> None:
    await gathering.prepare()
    await gathering.publish(await gathering.plan())
    again = gathering.attendee("a")
    await gathering.hear((undone(gathering, "a"), 3))
    await gathering.hear((again, 4))
    told = (await gathering.said("sessions-recommended"))[-1]
    assert (told["attendee_id"], told["is_taken_back"]) == (f"{gathering.id}-a", False)
    assert (len(told["seats"]), told["version"]) == (1, 3)
    # The plan was counted down once, and somebody who comes later is not counted.
    await gathering.hear((undone(gathering, "a"), 5))
    assert await counts(gathering) == [3, 2]


async def test_before_a_plan_there_is_nothing_to_take_back(gathering: Gathering) -> None:
    await gathering.prepare()
    plan = await gathering.plan()
    await gathering.hear((undone(gathering, "a"), 3))
    await gathering.publish(plan)
    assert await gathering.recommended(plan["run_id"]) == [
        f"{gathering.id}-{name}" for name in ("b", "c")
    ]
    assert await counts(gathering) == [2]


def undone(gathering: Gathering, name: str) -> AttendeeUpdated:
    """They are registered, and did not come."""
    return AttendeeUpdated.model_validate(gathering.registered(name).model_dump())


async def counts(gathering: Gathering) -> list[int]:
    """How many recommendations the plan said it has, each time."""
    return [one["recommendations"] for one in await gathering.said("plan-published")]


async def in_force(gathering: Gathering) -> set[str]:
    """Who has a recommendation by the newest state of each."""
    said = await gathering.said("sessions-recommended")
    newest = {one["attendee_id"]: one for one in said}
    return {key for key, one in newest.items() if not one["is_taken_back"]}

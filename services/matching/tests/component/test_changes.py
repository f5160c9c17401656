"""What happens elsewhere after a plan: pitches and gatherings that end take sessions along."""

from doorpakken_events.registration import GatheringCancelled, PitchState

from services.matching.tests.component.gathering import Gathering


async def test_a_declined_pitch_takes_its_session_with_it(gathering: Gathering) -> None:
    await gathering.prepare(pitches=("one", "two"))
    await gathering.publish(await gathering.plan())
    await gathering.hear((gathering.pitch("one", state="declined"), 3))
    (cancelled,) = await gathering.said("session-cancelled")
    assert cancelled["pitch_id"] == f"{gathering.id}-pitch-one"
    assert (cancelled["state"], cancelled["reason"]) == ("cancelled", "pitch_declined")
    assert cancelled["version"] == 2


async def test_a_plan_with_a_declined_pitch_is_outdated(gathering: Gathering) -> None:
    await gathering.prepare(pitches=("one", "two"))
    plan = await gathering.plan()
    await gathering.hear((gathering.pitch("one", state="declined"), 3))
    answer = await gathering.publish(plan)
    assert (answer.status_code, answer.json()["slug"]) == (409, "plan-outdated")
    assert "Pitch one" in answer.json()["detail"]
    assert await gathering.said("session-scheduled") == []


async def test_of_two_plans_only_one_can_follow_the_same_one(gathering: Gathering) -> None:
    await gathering.prepare()
    first = await gathering.plan()
    await gathering.hear((gathering.pitch("two"), 2))
    second = await gathering.plan()
    assert (await gathering.publish(second)).status_code == 200
    answer = await gathering.publish(first)
    assert (answer.status_code, answer.json()["slug"]) == (409, "plan-outdated")


async def test_a_session_missing_from_a_later_plan_is_cancelled_and_may_come_back(
    gathering: Gathering,
) -> None:
    await gathering.prepare(pitches=("one", "two"))
    await gathering.publish(await gathering.plan())
    await gathering.hear((gathering.pitch("one", state="declined"), 3))
    await gathering.hear((gathering.pitch("one"), 4))
    assert (await gathering.publish(await gathering.plan())).status_code == 200
    said = [one for one in await gathering.said("session-scheduled") if _is_one(one)]
    assert [one["version"] for one in said] == [1, 3]
    assert len({one["session_id"] for one in said}) == 1


async def test_a_cancelled_gathering_has_no_sessions_left(gathering: Gathering) -> None:
    await gathering.prepare(pitches=("one", "two"))
    await gathering.publish(await gathering.plan())
    ended = gathering.published().model_dump() | {"state": "cancelled"}
    await gathering.hear((GatheringCancelled.model_validate(ended), 2))
    cancelled = await gathering.said("session-cancelled")
    assert [one["reason"] for one in cancelled] == ["gathering_cancelled"] * 2
    answer = await gathering.post("plans")
    assert (answer.status_code, answer.json()["slug"]) == (409, "gathering-cancelled")


async def test_a_plan_waits_for_nobody_s_parent(gathering: Gathering) -> None:
    pitch: PitchState = gathering.pitch("one")
    await gathering.hear((gathering.attendee("a"), 2), (pitch, 2))
    await gathering.hear((gathering.published(), 1))
    await gathering.add_places()
    assert (await gathering.plan())["recommendations"] == 1


def _is_one(said: dict[str, str]) -> bool:
    return said["pitch_id"].endswith("-pitch-one")

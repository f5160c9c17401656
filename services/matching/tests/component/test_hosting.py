"""Hosts are asked when a plan is published, once for each time, and their last answer counts."""

from typing import Any

from doorpakken_events.registration import HostAnswered

from services.matching.tests.component.gathering import Gathering


def answered(asked: dict[str, Any], answer: str, **more: Any) -> HostAnswered:
    """What somebody says to an ask."""
    names = ("hosting_id", "gathering_id", "session_id", "person_id", "ask")
    fields = {name: asked[name] for name in names}
    fields |= {"answer": answer, "answered_at": asked["asked_at"]}
    return HostAnswered.model_validate(fields | more)


async def published(gathering: Gathering) -> dict[str, Any]:
    """What the host of a new plan's only session was asked."""
    await gathering.prepare()
    await gathering.publish(await gathering.plan())
    (asked,) = await gathering.said("host-asked")
    return asked


async def test_who_pitched_is_asked_to_lead_the_session(gathering: Gathering) -> None:
    asked = await published(gathering)
    (session,) = await gathering.said("session-scheduled")
    assert asked["person_id"] == f"{gathering.id}-pitcher-one"
    assert (asked["ask"], asked["state"], asked["version"]) == (1, "asked", 1)
    assert [asked[name] for name in ("session_id", "starts_at", "ends_at")] == [
        session[name] for name in ("session_id", "starts_at", "ends_at")
    ]
    assert len(asked["other_slots"]) == 3  # the story has four slots
    assert asked["starts_at"] not in [one["starts_at"] for one in asked["other_slots"]]


async def test_a_plan_that_nobody_was_told_of_asks_nobody(gathering: Gathering) -> None:
    await gathering.prepare()
    await gathering.plan()
    assert await gathering.said("host-asked") == []


async def test_a_later_plan_asks_only_who_was_not_asked(gathering: Gathering) -> None:
    asked = await published(gathering)
    await gathering.hear((answered(asked, "yes"), 1), (gathering.pitch("two"), 2))
    await gathering.publish(await gathering.plan())
    said = await gathering.said("host-asked")
    assert [(one["person_id"], one["state"]) for one in said] == [
        (f"{gathering.id}-pitcher-one", "asked"),
        (f"{gathering.id}-pitcher-one", "yes"),
        (f"{gathering.id}-pitcher-two", "asked"),
    ]


async def test_the_last_of_two_answers_counts(gathering: Gathering) -> None:
    asked = await published(gathering)
    await gathering.hear((answered(asked, "yes"), 1), (answered(asked, "no"), 2))
    said = await gathering.said("host-asked")
    # Both came in one batch, or the later one alone is left of them: the last is what stands.
    assert (said[-1]["state"], said[-1]["ask"]) == ("no", 1)
    await gathering.hear((answered(asked, "yes"), 1))
    assert await gathering.said("host-asked") == said


async def test_an_answer_to_another_ask_changes_nothing(gathering: Gathering) -> None:
    asked = await published(gathering)
    await gathering.hear((answered(asked, "no", ask=2), 1))
    assert [one["state"] for one in await gathering.said("host-asked")] == ["asked"]


async def test_an_answer_of_somebody_unknown_is_no_error(gathering: Gathering) -> None:
    asked = await published(gathering)
    await gathering.hear((answered(asked, "yes", hosting_id=f"{gathering.id}-none"), 1))
    assert len(await gathering.said("host-asked")) == 1


async def test_another_pitcher_takes_the_place_of_the_first(gathering: Gathering) -> None:
    asked = await published(gathering)
    await gathering.hear((answered(asked, "yes"), 1))
    await gathering.hear((gathering.pitch("one", pitchers=(f"{gathering.id}-person-a",)), 3))
    await gathering.publish(await gathering.plan())
    said = (await gathering.said("host-asked"))[-2:]
    assert {one["person_id"].removeprefix(gathering.id): one["state"] for one in said} == {
        "-pitcher-one": "replaced",
        "-person-a": "asked",
    }

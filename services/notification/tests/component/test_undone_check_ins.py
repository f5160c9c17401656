"""A check-in was a mistake: the draft goes, and the wave's numbers and its proof are those of the
people who are present."""

from dataclasses import asdict
from typing import Any

from doorpakken_events.registration import AttendeeUpdated
from doorpakken_notification import waves
from doorpakken_notification.proofs import list_missing

from services.notification.tests.component.desk import Desk
from services.notification.tests.component.gathering import Gathering, Said


async def test_the_draft_goes_and_the_sums_are_of_who_is_present(
    desk: Desk, gathering: Gathering
) -> None:
    await desk.hear(*gathering.told("gladys", "kwame", "imane"))
    await desk.hear(*taken_back(gathering, "kwame"), recounted(gathering, 2))
    wave = await waves.get_wave(desk.mongo, gathering.run)
    assert (wave.state, wave.expected, wave.arrived, wave.drafts) == ("complete", 2, 2, 2)
    await desk.release(gathering.run)
    async with desk.delivering():
        await desk.settles("sent", 2)
    proof = (await waves.get_wave(desk.mongo, gathering.run)).proof
    assert asdict(proof) == {
        "checked_in": 2,
        "sent": 2,
        "on_paper": 0,
        "suppressed": 0,
        "bounced": 0,
        "stopped": 0,
        "not_yet": 0,
        "adds_up": True,
    }
    assert await desk.mails(gathering.address("kwame")) == []
    assert await list_missing(desk.mongo, gathering.id) == []


async def test_the_order_of_the_topics_does_not_matter(desk: Desk, gathering: Gathering) -> None:
    told = gathering.told("gladys", "kwame")
    back, undone = reversed(taken_back(gathering, "kwame"))
    await desk.hear(recounted(gathering, 1), back, *told, undone)
    wave = await waves.get_wave(desk.mongo, gathering.run)
    assert (wave.expected, wave.arrived, wave.drafts) == (1, 1, 1)
    assert wave.proof.checked_in == 1


async def test_who_comes_after_all_is_invited_once(desk: Desk, gathering: Gathering) -> None:
    await desk.hear(*gathering.told("gladys", "kwame"))
    await desk.hear(*taken_back(gathering, "kwame"), recounted(gathering, 1))
    await desk.hear(gathering.present("kwame", 4), gathering.recommended("kwame", 3))
    wave = await desk.release(gathering.run)
    assert (wave.expected, wave.arrived) == (1, 2)
    async with desk.delivering():
        await desk.settles("sent", 2)
    assert len(await desk.mails(gathering.address("kwame"))) == 1


def taken_back(gathering: Gathering, name: str) -> list[Said]:
    """What registration and matching say of a check-in that was undone."""
    present, _ = gathering.present(name)
    undone = AttendeeUpdated.model_validate(present.model_dump() | {"state": "registered"})
    nothing: dict[str, Any] = {"seats": (), "is_taken_back": True}
    return [(undone, 3), gathering.recommended(name, 2, **nothing)]


def recounted(gathering: Gathering, recommendations: int) -> Said:
    """The plan, said again with another number."""
    plan, _ = gathering.plan(recommendations)
    return plan, 2

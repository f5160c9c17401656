"""Notification says what waits for staff: a wave that can go, people to call, mails set apart."""

import asyncio
from uuid import uuid4

from doorpakken_events.registration import InvitationAnswered
from doorpakken_notification import paper, waiting
from doorpakken_plumbing.identity.staff import Staff
from doorpakken_plumbing.messaging import staff_work
from doorpakken_plumbing.time import clock

from services.notification.tests.component.desk import Desk
from services.notification.tests.component.gathering import Gathering
from tests.probe import becomes


async def _waits(desk: Desk, gathering: Gathering) -> dict[str, int]:
    found = await staff_work.lines_of(
        desk.mongo, gathering.id, clock.now(), waiting.looks_of(desk.settings)
    )
    return {line.kind: line.count for line in found}


async def test_a_wave_waits_until_it_is_released_and_paper_until_it_is_answered(
    desk: Desk, gathering: Gathering
) -> None:
    await desk.hear(*gathering.told("gladys", "mailed"))
    await desk.hear(gathering.contact("gladys", 2, email=None))
    assert await _waits(desk, gathering) == {"wave_ready": 2}
    await desk.release(gathering.run)
    async with desk.delivering():
        await desk.settles("on_paper", 1)
        await desk.settles("sent", 1)
    assert await _waits(desk, gathering) == {"on_paper": 1}
    attendee_id = (await desk.mongo["mails"].find_one({"state": "on_paper"}) or {})["attendee_id"]
    said = InvitationAnswered(
        answer_id=str(uuid4()),
        gathering_id=gathering.id,
        wave_id=gathering.run,
        attendee_id=attendee_id,
        answer="accepted",
        answered_at=clock.now(),
    )
    await desk.hear((said, 1))
    assert await _waits(desk, gathering) == {}


async def test_calls_wait_beside_letters_until_they_are_done_or_not_true_any_more(
    desk: Desk, gathering: Gathering
) -> None:
    await desk.hear(*gathering.told("gladys"), gathering.contact("gladys", 2, email=None))
    await desk.hear(gathering.organisation(), gathering.endorsed())
    await desk.hear(gathering.contact("nurse", email=None), gathering.contact("host", email=None))
    asked = gathering.mail_request("endorsement_request", "nurse", f"{gathering.id}-endorsement")
    await desk.hear(asked, gathering.host(2, ask=2))
    async with desk.delivering():
        await desk.settles("on_paper", 2)
        assert await _waits(desk, gathering) == {"on_paper": 2}
        await desk.hear(gathering.host(3, ask=2, state="yes"))
        await desk.hear(gathering.link("gladys"))
        await desk.release(gathering.run)
        await desk.settles("on_paper", 3)
    assert await _waits(desk, gathering) == {"on_paper": 3}
    await desk.hear(gathering.endorsed(2, state="confirmed"))
    assert await _waits(desk, gathering) == {"on_paper": 2}
    who = Staff("staff-1", {"*": "organiser"}, "session-1")
    for key, left in (
        (f"personal_link:{gathering.id}-gladys-registered", {"on_paper": 1}),
        (f"invitation:{gathering.id}:{gathering.id}-gladys", {}),
    ):
        await _mark(desk, gathering, key, who, done=True)
        assert await _waits(desk, gathering) == left
    await _mark(desk, gathering, key, who, done=False)
    assert await _waits(desk, gathering) == {"on_paper": 1}


async def _mark(desk: Desk, gathering: Gathering, key: str, who: Staff, *, done: bool) -> None:
    await desk.service.transact(lambda tx: paper.mark(tx, gathering.id, key, who, done=done))


async def test_a_mail_that_could_not_go_waits(desk: Desk, gathering: Gathering) -> None:
    await desk.hear(*gathering.told("gladys"))
    await desk.release(gathering.run)
    mails = desk.mongo["mails"]
    await mails.update_one({"wave_id": gathering.run}, {"$set": {"needs_staff": True}})
    assert await _waits(desk, gathering) == {"mails_set_apart": 1}


async def test_replicas_say_it_once_and_what_changed_a_second_later(
    desk: Desk, gathering: Gathering
) -> None:
    await desk.hear(*gathering.told("gladys"))

    async def say() -> int:
        await staff_work.say(desk.service, waiting.list_current, waiting.looks_of(desk.settings))
        return len(await desk.said("staff-work"))

    await asyncio.gather(say(), say(), say())
    assert await say() == 1
    await desk.release(gathering.run)
    assert await say() == 1
    await becomes(say, 2, seconds=20)
    first, last = await desk.said("staff-work")
    assert (first["version"], first["service"], last["version"]) == (1, "notification", 2)
    assert [line["kind"] for line in first["lines"]] == ["wave_ready"]
    assert last["lines"] == []

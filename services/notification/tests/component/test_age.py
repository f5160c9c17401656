"""What time takes away, and what it must not bring back: bytes and requests go, and topics that are
read again from their start owe nobody a mail."""

import pytest
from doorpakken_events.registration import LinkRequested

from services.notification.tests.component.conftest import OpenDesk
from services.notification.tests.component.desk import Desk
from services.notification.tests.component.gathering import Gathering
from services.notification.tests.component.mail_server import mail_server
from tests.probe import becomes, eventually

TWO_SECONDS = 2 / (24 * 3600)


@pytest.mark.parametrize(
    ("script", "state"),
    [
        ((), "sent"),
        ((("RCPT", "550 no such user"),), "bounced"),
        ((("DOT", "554 no"),), "stopped"),
        ((("DOT", "reset"),), "ambiguous"),
    ],
)
async def test_the_bytes_of_a_mail_go_however_it_ended(
    open_desk: OpenDesk, gathering: Gathering, script: tuple[tuple[str, str], ...], state: str
) -> None:
    async with mail_server(*script) as server:
        desk = await open_desk(
            smtp_url=server.url, mail_connections=1, mail_bytes_keep_days=TWO_SECONDS
        )
        await desk.hear(
            gathering.published(), gathering.contact("gladys"), gathering.link("gladys")
        )
        key = f"personal_link:{gathering.id}-gladys-registered"
        async with desk.delivering():
            await desk.settles(state, 1)
            row = await eventually(lambda: desk.stored(key), lambda seen: "content" not in seen)
    assert (row["state"], len(row["content_hash"])) == (state, 64)


async def test_a_request_that_is_old_takes_only_itself(desk: Desk, gathering: Gathering) -> None:
    await desk.hear(
        gathering.published(),
        gathering.contact("gladys"),
        gathering.link("gladys"),
        gathering.link("wies"),  # nobody knows how to reach her, so hers was never written
    )
    async with desk.delivering():
        await desk.settles("sent", 1)
    for name in ("gladys", "wies"):
        await desk.hear_gone(LinkRequested, f"{gathering.id}-{name}-registered", 2)
    assert await desk.states() == {f"personal_link:{gathering.id}-gladys-registered": "sent"}
    assert await desk.mongo["link-request"].count({}) == 0


async def test_topics_read_again_from_their_start_owe_nobody_a_mail(
    desk: Desk, gathering: Gathering
) -> None:
    told = [*gathering.told("gladys", "wies"), gathering.joined("gladys"), gathering.link("wies")]
    await desk.hear(*told)
    await desk.release(gathering.run)
    async with desk.delivering():
        await desk.settles("sent", 4)
    link = f"{gathering.id}-wies-registered"
    await desk.hear_gone(LinkRequested, link, 2)
    before = {name: await desk.mails(gathering.address(name)) for name in ("gladys", "wies")}
    states = await desk.states()
    for collection in ("inbox", "outbox"):  # as their time does
        await desk.mongo[collection].delete_many({})
    async with desk.delivering():
        await desk.hear(*told)
        await desk.hear_gone(LinkRequested, link, 2)
        await desk.hear(gathering.published())
        await becomes(desk.states, states)
        assert await desk.mongo["mails"].count({"state": {"$in": ["queued", "leased"]}}) == 0
    assert await desk.mongo["outbox"].find({}) == []
    assert {
        name: await desk.mails(gathering.address(name)) for name in ("gladys", "wies")
    } == before
    assert await desk.mongo["link-request"].count({}) == 0
    assert {row["state"] for row in await desk.mongo["inbox"].find({})} == {"superseded"}

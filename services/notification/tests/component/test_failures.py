"""A mail server that fails: each way has its class, and nobody ever gets a second mail."""

import asyncio
import hashlib
from typing import Any

import pytest
from doorpakken_events.erasure import PersonErased
from doorpakken_notification.delivery import deliver
from doorpakken_notification.delivery.journal import path_of
from doorpakken_plumbing.time import clock

from services.notification.tests.component.conftest import OpenDesk
from services.notification.tests.component.desk import Desk
from services.notification.tests.component.gathering import Gathering
from services.notification.tests.component.mail_server import mail_server
from tests.probe import becomes


async def _with_link(open_desk: OpenDesk, gathering: Gathering, url: str, **more: Any) -> Desk:
    quick = {"smtp_timeout_seconds": 0.5, "mail_connections": 1}
    desk = await open_desk(smtp_url=url, **quick, **more)
    await desk.hear(gathering.published(), gathering.contact("gladys"), gathering.link("gladys"))
    return desk


@pytest.mark.parametrize(
    ("where", "how", "state", "reason"),
    [
        ("RCPT", "451 later", "retry", None),
        ("RCPT", "421 closing", "retry", None),
        ("MAIL", "hang", "retry", None),
        ("DATA", "reset", "retry", None),
        ("RCPT", "550 no such user", "bounced", "address_bounced"),
        ("DOT", "552 too much", "stopped", "mail_refused"),
        ("DOT", "554 no", "stopped", "mail_refused"),
        ("DOT", "hang", "ambiguous", "unknown_outcome"),
        ("DOT", "reset", "ambiguous", "unknown_outcome"),
        ("DOT", "take and reset", "ambiguous", "unknown_outcome"),
    ],
)
async def test_each_way_to_fail_has_its_class(
    open_desk: OpenDesk,
    gathering: Gathering,
    monkeypatch: pytest.MonkeyPatch,
    where: str,
    how: str,
    state: str,
    reason: str | None,
) -> None:
    # The wait before a retry is drawn between nothing and half a minute: here it is never short.
    monkeypatch.setattr("doorpakken_notification.delivery.endings.random.random", lambda: 0.9)
    async with mail_server((where, how)) as server:
        desk = await _with_link(open_desk, gathering, server.url)
        async with desk.delivering():
            await desk.settles(state, 1)
            await asyncio.sleep(0.3)  # long enough for a second try, which must not come
        row = await desk.stored(f"personal_link:{gathering.id}-gladys-registered")
        assert (row["state"], row["reason"], row["attempt"]) == (state, reason, 1)
        assert server.seen == (1 if where == "DOT" else 0)
        topic = "mail-bounced" if state == "bounced" else "mail-waiting"
        said = [(one["state"], one["reason"]) for one in await desk.said(topic)]
        assert said == ([(state, reason)] if reason else [])


async def test_a_retry_sends_the_same_bytes(open_desk: OpenDesk, gathering: Gathering) -> None:
    async with mail_server(("DOT", "451 later")) as server:
        desk = await _with_link(open_desk, gathering, server.url)
        async with desk.delivering():
            await desk.settles("retry", 1)
            row = await desk.mongo["mails"].find_one({})
            assert row
            assert (row["due_at"] - clock.real_now()).total_seconds() > 250
            # The words would be others now; the bytes must not be.
            await desk.hear(gathering.contact("gladys", 2, language="en"))
            await desk.mongo["mails"].update_one({}, {"$set": {"due_at": clock.real_now()}})
            await desk.settles("sent", 1)
        assert server.taken[0] == row["content"] + b".\r\n"
        assert [one["attempt"] for one in await desk.said("mail-sent")] == [2]


async def test_a_server_that_is_away_is_tried_again(
    open_desk: OpenDesk, gathering: Gathering
) -> None:
    desk = await _with_link(open_desk, gathering, "smtp://127.0.0.1:9")
    async with desk.delivering():
        await desk.settles("retry", 1)


async def test_an_idle_connection_that_was_closed_costs_nothing(
    open_desk: OpenDesk, gathering: Gathering
) -> None:
    async with mail_server() as server:
        desk = await _with_link(open_desk, gathering, server.url)
        async with desk.delivering():
            await desk.settles("sent", 1)
            server.script.append(("MAIL", "reset"))
            await desk.hear(gathering.link("gladys", "sign_in"))
            await desk.settles("sent", 2)
        assert server.connections == 2


async def test_a_bounced_address_gets_no_further_mail(
    open_desk: OpenDesk, gathering: Gathering
) -> None:
    async with mail_server(("RCPT", "550 no such user")) as server:
        desk = await _with_link(open_desk, gathering, server.url)
        async with desk.delivering():
            await desk.settles("bounced", 1)
            await desk.hear(gathering.link("gladys", "sign_in"))
            await desk.settles("suppressed", 1)
        assert server.taken == []
        (bounced,) = await desk.said("mail-bounced")
        assert (bounced["state"], bounced["channel"], bounced["attempt"]) == ("bounced", "mail", 1)
        (suppressed,) = await desk.said("mail-suppressed")
        assert (suppressed["state"], suppressed["reason"]) == ("suppressed", "address_suppressed")
        assert await desk.said("mail-waiting") == []


async def test_the_mark_of_a_bounced_address_goes_with_who_had_it(
    open_desk: OpenDesk, gathering: Gathering
) -> None:
    """A hash of an address that can be guessed tells that it was here."""
    mark = hashlib.sha256(gathering.address("gladys").encode()).hexdigest()
    async with mail_server(("RCPT", "550 no such user")) as server:
        desk = await _with_link(open_desk, gathering, server.url)
        async with desk.delivering():
            await desk.settles("bounced", 1)
        kept = desk.mongo["suppressed_addresses"]
        assert await kept.count({"_id": mark}) == 1
        person_id = f"{gathering.id}-gladys-person"
        await desk.hear((PersonErased(person_id=person_id, erased_at=clock.now()), 1))
        assert await kept.count({"_id": mark}) == 0


async def test_a_name_that_forges_a_header_stops_that_mail_only(
    open_desk: OpenDesk, gathering: Gathering
) -> None:
    async with mail_server() as server:
        desk = await _with_link(open_desk, gathering, server.url)
        forged = "Gladys\r\nBcc: all@post.example"
        await desk.hear(gathering.contact("imane", name=forged), gathering.published())
        await desk.hear(gathering.mail_request("new_gathering", "imane", gathering.id))
        async with desk.delivering():
            await desk.settles("sent", 1)
            await desk.settles("stopped", 1)
        assert [one["reason"] for one in await desk.said("mail-waiting")] == ["not_composed"]


async def test_resend_is_for_those_who_prefer_two_to_none(
    open_desk: OpenDesk, gathering: Gathering
) -> None:
    async with mail_server(("DOT", "take and reset")) as server:
        desk = await _with_link(open_desk, gathering, server.url, mail_ambiguous="resend")
        async with desk.delivering():
            await desk.settles("sent", 1)
        assert len(server.taken) == 2
        assert server.taken[0] == server.taken[1]


async def test_stopping_ends_what_is_on_its_way(open_desk: OpenDesk, gathering: Gathering) -> None:
    async with mail_server() as server:
        desk = await open_desk(smtp_url=server.url, mail_connections=2)
        names = [f"n{number}" for number in range(40)]
        await desk.hear(*gathering.told(*names))
        await desk.release(gathering.run)
        async with desk.delivering():
            await becomes(lambda: _some(desk), True)
        states = list((await desk.states()).values())
        assert set(states) == {"sent", "queued"}
        assert len(server.taken) == states.count("sent")


async def _some(desk: Desk) -> bool:
    return "sent" in (await desk.states()).values()


async def test_with_a_full_disk_under_the_journal_nothing_is_sent(
    open_desk: OpenDesk, gathering: Gathering
) -> None:
    async with mail_server() as server:
        desk = await _with_link(open_desk, gathering, server.url)
        path = path_of(desk.settings.data_dir, desk.settings.instance)
        path.parent.mkdir()
        path.symlink_to("/dev/full")
        with pytest.raises(OSError, match="No space left"):
            await deliver(desk.service)
        assert server.seen == 0

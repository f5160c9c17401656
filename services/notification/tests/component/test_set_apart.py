"""A mail that cannot go is set apart with its reason, whatever is wrong with it; all others go."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from doorpakken_events.matching import SlotChoice
from doorpakken_notification import set_apart
from doorpakken_notification.delivery.connection import Connection
from doorpakken_notification.delivery.journal import path_of
from doorpakken_notification.model.verdict import Failure, Stage
from doorpakken_plumbing.identity.staff import Staff

from services.notification.tests.component.conftest import OpenDesk
from services.notification.tests.component.desk import Desk
from services.notification.tests.component.gathering import FRIDAY, Gathering
from services.notification.tests.component.mail_server import mail_server

GOOD = ("gladys", "kwame", "imane")
EVERYBODY = Staff("staff-1", {"*": "organiser"}, "session-1")
Harm = Callable[[Desk, Gathering, str], Awaitable[None]]


async def _ask(desk: Desk, gathering: Gathering, *names: str) -> None:
    for name in names:
        await desk.hear(gathering.contact(name), gathering.link(name))


async def _letter_before_the_at(desk: Desk, gathering: Gathering, who: str) -> None:
    await desk.hear(gathering.contact(who, 2, email="jän@post.example"))


async def _no_address_at_all(desk: Desk, gathering: Gathering, who: str) -> None:
    await desk.hear(gathering.contact(who, 2, email="jan@@post"))


async def _line_break_in_a_name(desk: Desk, gathering: Gathering, who: str) -> None:
    # No name stands in a mail with a link.
    await desk.mongo["mails"].delete_one({"person_id": f"{gathering.id}-{who}-person"})
    await desk.hear(gathering.contact(who, 2, name="Jan\r\nBcc: all@post.example"))
    await desk.hear(gathering.mail_request("new_gathering", who, gathering.id))


async def _fact_nobody_can_read(desk: Desk, gathering: Gathering, who: str) -> None:
    contact = {"_id": f"{gathering.id}-{who}-person"}
    await desk.mongo["contact"].update_one(contact, {"$set": {"data.name": 5}})


async def _kind_nobody_knows(desk: Desk, gathering: Gathering, who: str) -> None:
    mail = {"person_id": f"{gathering.id}-{who}-person"}
    await desk.mongo["mails"].update_one(mail, {"$set": {"kind": "singing_telegram"}})


async def _mail_without_its_half(desk: Desk, gathering: Gathering, who: str) -> None:
    mail = {"person_id": f"{gathering.id}-{who}-person"}
    await desk.mongo["mails"].update_one(mail, {"$unset": {"object_id": ""}})


async def _told_nobody_can_read(desk: Desk, gathering: Gathering, who: str) -> None:
    mail = {"person_id": f"{gathering.id}-{who}-person"}
    await desk.mongo["mails"].update_one(mail, {"$set": {"told": {"moment": {"place": 5}}}})


async def _too_many_words(desk: Desk, gathering: Gathering, who: str) -> None:
    slots = tuple(
        SlotChoice(
            slot_id=f"s{n}",
            starts_at=FRIDAY + timedelta(hours=n),
            ends_at=FRIDAY + timedelta(hours=n + 1),
        )
        for n in range(3500)
    )
    person_id = f"{gathering.id}-{who}-person"
    await desk.mongo["mails"].delete_one({"person_id": person_id})
    await desk.hear(gathering.pitch(), gathering.scheduled())
    await desk.hear(gathering.host(person_id=person_id, other_slots=slots))


HARMS: dict[Harm, str] = {
    _letter_before_the_at: "address_not_mailable",
    _no_address_at_all: "address_not_mailable",
    _line_break_in_a_name: "not_composed",
    _too_many_words: "mail_too_large",
    _fact_nobody_can_read: "our_fault",
    _kind_nobody_knows: "our_fault",
    _mail_without_its_half: "our_fault",
    _told_nobody_can_read: "our_fault",
}


async def test_whatever_is_wrong_with_some_all_others_go(desk: Desk, gathering: Gathering) -> None:
    await desk.hear(gathering.published())
    bad = [f"bad{number}" for number in range(len(HARMS))]
    # All of them are leased together, and the wrong ones first.
    await _ask(desk, gathering, *bad)
    for who, harm in zip(bad, HARMS, strict=True):
        await harm(desk, gathering, who)
    await _ask(desk, gathering, *GOOD)
    async with desk.delivering():
        await desk.settles("sent", len(GOOD))
        await desk.settles("stopped", len(bad))
        # It still delivers.
        await desk.hear(gathering.link("gladys", "sign_in"))
        await desk.settles("sent", len(GOOD) + 1)
    for name in GOOD[1:]:
        assert len(await desk.mails(gathering.address(name))) == 1
    waiting = await set_apart.list_for(desk.mongo, EVERYBODY)
    assert {one.person_id: one.reason for one in waiting} == {
        f"{gathering.id}-{who}-person": reason
        for who, reason in zip(bad, HARMS.values(), strict=True)
    }


async def test_a_domain_with_letters_of_its_own_is_mailed(desk: Desk, gathering: Gathering) -> None:
    await desk.hear(gathering.published())
    address = f"info@{gathering.id}.bücher.example"
    await desk.hear(gathering.contact("jan", email=address), gathering.link("jan"))
    async with desk.delivering():
        await desk.settles("sent", 1)
    (mail,) = await desk.mails(f"info@{gathering.id}.xn--bcher-kva.example")
    assert "xn--bcher-kva" in mail["headers"]["To"]


async def test_what_cannot_be_settled_after_a_mail_does_not_take_the_mail_back(
    desk: Desk, gathering: Gathering
) -> None:
    await desk.hear(*gathering.told("gladys"), gathering.joined("gladys"))
    told = {"told": {"session_id": gathering.session, "sequence": 1, "moment": {"place": 5}}}
    broken = {"state": "sent", "attendee_id": f"{gathering.id}-gladys", "kind": "confirmation"}
    await desk.mongo["mails"].insert_one({"_id": "old", "object_id": "", **broken, **told})
    await _ask(desk, gathering, "kwame")
    async with desk.delivering():
        await desk.settles("sent", 2)
    states = await desk.states()
    assert states[f"personal_link:{gathering.id}-kwame-registered"] == "sent"
    assert states[f"confirmation:{gathering.id}-gladys-seat"] == "stopped"


async def test_a_line_that_a_full_disk_tore_proves_nothing(
    desk: Desk, gathering: Gathering
) -> None:
    await desk.hear(gathering.published())
    await _ask(desk, gathering, "gladys", "kwame")
    lease = {"token": "t", "by": desk.settings.instance, "until": FRIDAY}
    meant = {"state": "intent", "attempt": 1, "lease": lease}
    mail = {"person_id": f"{gathering.id}-gladys-person"}
    await desk.mongo["mails"].update_one(mail, {"$set": meant | mail})
    path = path_of(desk.settings.data_dir, desk.settings.instance)
    path.parent.mkdir()
    path.write_text("begun <some@xbegun <other@x> 1\n")
    async with desk.delivering():
        await desk.settles("ambiguous", 1)
        await desk.settles("sent", 1)


async def test_a_broken_off_conversation_is_not_gone_on_with() -> None:
    async with mail_server() as server:
        connection = Connection(server.url, timeout_seconds=2)

        async def fails() -> bool:
            raise LookupError("such as a database that is away")

        async def goes() -> bool:
            return True

        with pytest.raises(LookupError):
            await connection.hand_over("a@x.example", "b@x.example", b"first\r\n", fails)
        assert await connection.hand_over("a@x.example", "c@x.example", b"next\r\n", goes) is None
        await connection.close()
        assert server.taken == [b"next\r\n.\r\n"]


async def test_an_address_the_conversation_cannot_carry_is_that_mails_fault() -> None:
    async with mail_server() as server:
        connection = Connection(server.url, timeout_seconds=2)

        async def goes() -> bool:
            return True

        failure = await connection.hand_over("a@x.example", "jän@x.example", b"one\r\n", goes)
        assert failure == Failure(Stage.RECIPIENT, is_unfit=True)
        assert await connection.hand_over("a@x.example", "b@x.example", b"two\r\n", goes) is None
        await connection.close()
        assert server.taken == [b"two\r\n.\r\n"]


async def test_staff_send_it_again_once_the_address_is_right(
    open_desk: OpenDesk, gathering: Gathering
) -> None:
    async with mail_server(("RCPT", "550 no such user")) as server:
        desk = await open_desk(smtp_url=server.url)
        await desk.hear(gathering.published())
        await _ask(desk, gathering, "gladys")
        async with desk.delivering():
            await desk.settles("bounced", 1)
            (waiting,) = await set_apart.list_for(desk.mongo, EVERYBODY)
            await desk.hear(gathering.contact("gladys", 2, email=gathering.address("right")))
            await _again(desk, waiting.mail_id)
            await desk.settles("sent", 1)
        assert gathering.address("right").encode() in server.taken[0]
        assert await set_apart.list_for(desk.mongo, EVERYBODY) == []
        assert [one["attempt"] for one in await desk.said("mail-sent")] == [2]


async def test_what_may_have_arrived_is_sent_again_as_the_same_mail(
    open_desk: OpenDesk, gathering: Gathering
) -> None:
    async with mail_server(("DOT", "take and reset")) as server:
        desk = await open_desk(smtp_url=server.url)
        await desk.hear(gathering.published())
        await _ask(desk, gathering, "gladys")
        async with desk.delivering():
            await desk.settles("ambiguous", 1)
            (waiting,) = await set_apart.list_for(desk.mongo, EVERYBODY)
            await _again(desk, waiting.mail_id)
            await desk.settles("sent", 1)
        assert server.taken[0] == server.taken[1]


async def _again(desk: Desk, mail_id: str) -> None:
    await desk.service.transact(lambda tx: set_apart.try_again(tx, mail_id, EVERYBODY))

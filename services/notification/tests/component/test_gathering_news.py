"""A gathering that is moved or cancelled: each attendee hears once, by mail or by telephone."""

from datetime import timedelta
from typing import Any

from doorpakken_notification.paper import list_calls_at
from doorpakken_plumbing.time import clock

from services.notification.tests.component.conftest import OpenDesk
from services.notification.tests.component.desk import Desk
from services.notification.tests.component.gathering import FRIDAY, Gathering, Said

HERE, THERE = {"name": "Buurthuis", "address": "Plein 1"}, {"name": "Kerk"}
LATER = {
    "starts_at": FRIDAY + timedelta(days=15),
    "ends_at": FRIDAY + timedelta(days=15, hours=3),
}
WITHOUT_MAIL = ("guest62", "guest63")


def _guest(gathering: Gathering, name: str, **more: Any) -> list[Said]:
    email = None if name in WITHOUT_MAIL else gathering.address(name)
    registered = {"state": "registered", **more}
    return [gathering.contact(name, email=email), gathering.present(name, **registered)]


async def test_64_people_hear_once_of_two_moves_and_two_of_them_by_telephone(
    open_desk: OpenDesk, gathering: Gathering
) -> None:
    desk = await open_desk(gathering_gather_seconds=2)
    await desk.hear(gathering.planned())
    for number in range(64):
        await desk.hear(*_guest(gathering, f"guest{number}"))
    await desk.hear(*_guest(gathering, "absent", state="cancelled"))
    async with desk.delivering():
        await desk.hear(gathering.moved(2, gathering.planned(), venue=HERE))
        once = gathering.planned(venue=HERE)
        await desk.hear(gathering.moved(3, gathering.planned(), once, venue=HERE, **LATER))
        await desk.settles("sent", 62, seconds=60)
        await desk.settles("on_paper", 2)
    assert await desk.mongo["mails"].count({}) == 64
    for number in range(62):
        (mail,) = await desk.mails(gathering.address(f"guest{number}"))
    assert mail["subject"] == ("Let op: Derde bijeenkomst is nu op zaterdag 21 oktober, 15.00 uur")
    for form in ("text", "html"):
        assert "Was: vrijdag 20 oktober, 15.00–18.00 uur, Evenementenhal De Dreef" in mail[form]
        assert "Wordt: zaterdag 21 oktober, 15.00–18.00 uur, Buurthuis, Plein 1" in mail[form]
        assert "Waarom: De zaal is dicht." in mail[form]
    link = desk.link_in(mail["text"])
    assert (link.purpose, link.object_id) == ("me", gathering.id)
    calls = await list_calls_at(desk.mongo, gathering.id, desk.settings)
    assert [(one.kind, one.attendee_id) for one in calls] == [
        ("gathering_changed", f"{gathering.id}-{name}") for name in WITHOUT_MAIL
    ]


async def test_what_is_undone_in_time_is_not_told(
    open_desk: OpenDesk, gathering: Gathering
) -> None:
    desk = await open_desk(gathering_gather_seconds=60)
    await desk.hear(gathering.planned(), *_guest(gathering, "gladys"))
    await desk.hear(gathering.moved(2, gathering.planned(), venue=HERE))
    key = f"gathering_changed:{gathering.id}-gladys:1"
    assert await desk.states() == {key: "queued"}
    once = gathering.planned(venue=HERE)
    await desk.hear(gathering.moved(3, gathering.planned(), once))
    assert await desk.states() == {}


async def test_a_later_move_is_told_from_what_they_were_last_told(
    desk: Desk, gathering: Gathering
) -> None:
    await desk.hear(gathering.planned(), *_guest(gathering, "gladys"))
    async with desk.delivering():
        await desk.hear(gathering.moved(2, gathering.planned(), venue=HERE))
        await desk.settles("sent", 1)
        once = gathering.planned(venue=HERE)
        await desk.hear(gathering.moved(3, gathering.planned(), once, venue=THERE))
        await desk.settles("sent", 2)
    told = await desk.mails(gathering.address("gladys"))
    subject = "Let op: Derde bijeenkomst heeft een nieuwe plek"
    assert [one["subject"] for one in told] == [subject] * 2
    then = "vrijdag 20 oktober, 15.00–18.00 uur"
    for line in (f"Wordt: {then}, Buurthuis, Plein 1", f"Was: {then}, Buurthuis, Plein 1"):
        assert sum(line in one["text"] for one in told) == 1


async def test_who_signed_up_after_a_move_knows_of_it(desk: Desk, gathering: Gathering) -> None:
    moved = gathering.moved(2, gathering.planned(), venue=HERE)
    after = FRIDAY + timedelta(days=1, hours=1)
    await desk.hear(*_guest(gathering, "late", registered_at=after))
    await desk.hear(*_guest(gathering, "early"), moved)
    assert await desk.states() == {f"gathering_changed:{gathering.id}-early:1": "queued"}


async def test_each_attendee_hears_once_that_it_is_cancelled_and_nobody_who_had_cancelled(
    open_desk: OpenDesk, gathering: Gathering
) -> None:
    desk = await open_desk(gathering_gather_seconds=60)
    await desk.hear(gathering.planned())
    for name in ("gladys", "kwame", WITHOUT_MAIL[0]):
        await desk.hear(*_guest(gathering, name))
    await desk.hear(*_guest(gathering, "waiting", state="waitlisted"))
    await desk.hear(*_guest(gathering, "absent", state="cancelled"))
    # A move that nobody was told of yet goes with it.
    await desk.hear(gathering.moved(2, gathering.planned(), venue=HERE))
    async with desk.delivering():
        await desk.hear(gathering.off(3, reason="De zaal is afgebrand.", venue=HERE))
        await desk.settles("sent", 3)
        await desk.settles("on_paper", 1)
        await desk.hear(gathering.present("gladys", 5, interests=("koken",), state="registered"))
    kinds = [one["kind"] for one in await desk.mongo["mails"].find({})]
    assert kinds == ["gathering_cancelled"] * 4
    (mail,) = await desk.mails(gathering.address("gladys"))
    assert mail["subject"] == "Derde bijeenkomst op vrijdag 20 oktober gaat niet door"
    for form in ("text", "html"):
        assert "Waarom: De zaal is afgebrand." in mail[form]
    assert await desk.mails(gathering.address("absent")) == []


async def test_nothing_is_said_of_a_gathering_that_is_over(
    desk: Desk, gathering: Gathering
) -> None:
    await desk.hear(gathering.published(), *_guest(gathering, "gladys"))
    over = {
        "starts_at": clock.now() - timedelta(days=3),
        "ends_at": clock.now() - timedelta(days=2),
    }
    async with desk.delivering():
        await desk.hear(gathering.off(2, **over))
        await desk.settles("stopped", 1)
    assert await desk.mails(gathering.address("gladys")) == []


async def test_any_number_of_attendees_is_told(desk: Desk, gathering: Gathering) -> None:
    await desk.hear(gathering.planned())
    for number in range(260):
        await desk.hear(gathering.present(f"guest{number:03}", state="registered"))
    await desk.hear(gathering.moved(2, gathering.planned(), venue=HERE))
    assert await desk.mongo["mails"].count({}) == 250
    [timer] = await desk.mongo["timers"].find({"kind": "reconcile-gathering"})
    assert timer["data"]["gathering_id"] == gathering.id

"""Mails about promises: each is asked, done, disputed, not needed any more or handed over; and what
a day's timers told somebody is one mail, of what is still true."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from doorpakken_events.erasure import PersonErased
from doorpakken_events.registration import CommitmentUpdated
from doorpakken_notification import reconcile_promises
from doorpakken_plumbing.time import clock
from doorpakken_plumbing.time.timers import Timer

from services.notification.tests.component.conftest import OpenDesk
from services.notification.tests.component.desk import Desk
from services.notification.tests.component.gathering import FRIDAY, Gathering, Said
from services.notification.tests.component.promises import SUNDAY, promise, reported, told

ACCEPTED: dict[str, Any] = {"state": "accepted", "amount": 8, "accepted_at": SUNDAY}
DONE = ACCEPTED | {"state": "delivered", "delivered_amount": 8, "delivered_at": SUNDAY}
LATER = date(2023, 11, 24)


def _pitched(gathering: Gathering) -> list[Said]:
    """OCTA is pitched by Rowena; Ruben promised something."""
    pitch = gathering.pitch(pitchers=(gathering.person("rowena"),))
    return [pitch, *(gathering.contact(who) for who in ("rowena", "ruben"))]


async def test_who_promised_according_to_somebody_else_is_asked(
    desk: Desk, gathering: Gathering
) -> None:
    await desk.hear(*_pitched(gathering), gathering.scheduled())
    await desk.hear(promise(gathering, "ruben", session_id=gathering.session, due=LATER))
    async with desk.delivering():
        await desk.settles("sent", 1)
    (mail,) = await desk.mails(gathering.address("ruben"))
    assert mail["subject"] == "Klopt deze toezegging? 8 uur voor OCTA"
    for words in (
        "In de werksessie van donderdag 26 oktober is dit opgeschreven:",
        "Ruben Waterlelie",
        "Hulp bij de boekhouding, 8 uur",
        "vrijdag 24 november",
        "Ja, dit zeg ik toe",
        "Iemand anders beslist",
    ):
        assert words in mail["text"]
        assert words in mail["html"]
    link = desk.link_in(mail["text"])
    assert (link.purpose, link.object_id) == ("commitment", f"{gathering.id}-promise")
    assert link.person_id == gathering.person("ruben")


async def test_each_contact_of_an_organisation_is_asked_once_and_who_decides_apart(
    desk: Desk, gathering: Gathering
) -> None:
    its: dict[str, Any] = {"organisation_id": f"{gathering.id}-organisation"}
    name = f"{gathering.id}-promise"
    await desk.hear(*_pitched(gathering), gathering.organisation(), gathering.contact("nurse"))
    await desk.hear(gathering.mail_request("commitment_request", "nurse", name))
    await desk.hear(promise(gathering, "ruben", **its))
    async with desk.delivering():
        await desk.settles("sent", 2)
        await desk.hear(promise(gathering, "rowena", 2, **its, asks=2, answered_at=SUNDAY))
        await desk.settles("sent", 3)
    assert await desk.states() == {
        f"commitment_request:{name}:{gathering.person('ruben')}:1": "sent",
        f"commitment_request:{name}:{gathering.person('nurse')}:1": "sent",
        f"commitment_request:{name}:{gathering.person('rowena')}:2": "sent",
    }
    (mail,) = await desk.mails(gathering.address("rowena"))
    assert mail["subject"] == "Beslist u hierover? 8 uur voor OCTA"
    assert "Ja, dit zeggen wij toe" in mail["text"]


async def test_who_answered_before_the_mail_went_is_not_asked(
    desk: Desk, gathering: Gathering
) -> None:
    await desk.hear(*_pitched(gathering), promise(gathering, "ruben"))
    await desk.hear(promise(gathering, "ruben", 2, **ACCEPTED))
    assert await desk.states() == {}


async def test_five_things_of_one_day_are_one_mail(desk: Desk, gathering: Gathering) -> None:
    await desk.hear(*_pitched(gathering))
    past = ACCEPTED | {"told": (told("past_1", SUNDAY),)}
    names = [f"promise-{number}" for number in range(5)]
    await desk.hear(*(promise(gathering, "ruben", name=name, **past) for name in names))
    async with desk.delivering():
        await desk.settles("sent", 1)
    key = f"reminders:{gathering.person('ruben')}:2023-10-08"
    assert await desk.states() == {key: "sent"}
    (mail,) = await desk.mails(gathering.address("ruben"))
    assert mail["subject"] == "5 vragen over toezeggingen: OCTA"
    assert mail["text"].count("Dit zou op zaterdag 7 oktober klaar zijn.") == 5
    assert mail["text"].count("Naar deze toezegging: ") == 5


async def test_a_reminder_holds_what_is_still_true_when_it_goes(
    open_desk: OpenDesk, gathering: Gathering
) -> None:
    desk = await open_desk(reminders_gather_seconds=0)
    past = ACCEPTED | {"told": (told("past_1", SUNDAY),)}
    await desk.hear(*_pitched(gathering))
    await desk.hear(*(promise(gathering, "ruben", name=name, **past) for name in ("one", "two")))
    await desk.hear(promise(gathering, "ruben", 2, name="one", **past | {"due": LATER}))
    async with desk.delivering():
        await desk.settles("sent", 1)
    (mail,) = await desk.mails(gathering.address("ruben"))
    assert mail["subject"] == "De datum is voorbij: 8 uur voor OCTA"
    assert "“wacht op nieuwe datum”" in mail["text"]
    # Told again, and done: nothing goes again.
    await desk.hear(promise(gathering, "ruben", 2, name="two", **DONE, told=past["told"]))
    await desk.hear(promise(gathering, "ruben", 3, name="one", **past))
    sent = {name for name, state in (await desk.states()).items() if state == "sent"}
    assert sent == {f"reminders:{gathering.person('ruben')}:2023-10-08"}


async def test_nothing_that_is_true_is_no_mail(desk: Desk, gathering: Gathering) -> None:
    past = ACCEPTED | {"told": (told("past_1", SUNDAY),)}
    await desk.hear(*_pitched(gathering), promise(gathering, "ruben", **past))
    await desk.hear(promise(gathering, "ruben", 2, **past | {"state": "ended"}, ended_at=SUNDAY))
    assert await desk.states() == {}


async def test_who_pitched_confirms_and_the_owner_hears_of_doubt_and_thanks(
    desk: Desk, gathering: Gathering
) -> None:
    await desk.hear(*_pitched(gathering), promise(gathering, "ruben", **DONE | {"amount": 12}))
    async with desk.delivering():
        await desk.settles("sent", 1)
        disputed = DONE | {"state": "disputed", "disputed_at": SUNDAY}
        await desk.hear(promise(gathering, "ruben", 2, **disputed))
        await desk.settles("sent", 2)
        other: dict[str, Any] = {
            "name": "other",
            "state": "ended",
            "reason": "released",
            "ended_at": SUNDAY,
        }
        await desk.hear(promise(gathering, "ruben", accepted_at=SUNDAY, **other))
        await desk.settles("sent", 3)
    confirm = await desk.mail_of(gathering.address("rowena"), "delivery_to_confirm")
    assert confirm["subject"] == "Is dit gedaan? 8 uur voor OCTA"
    assert "Toegezegd was 12 uur. De rest komt niet." in confirm["text"]
    doubt = await desk.mail_of(gathering.address("ruben"), "commitment_disputed")
    assert doubt["subject"] == "Klopt dit? OCTA zegt dat dit nog niet gedaan is: 8 uur"
    thanks = await desk.mail_of(gathering.address("ruben"), "commitment_ended")
    assert thanks["subject"] == "OCTA heeft dit niet meer nodig: 8 uur"
    assert "Dank u wel voor uw toezegging." in thanks["text"]


async def test_a_pitch_heard_later_has_its_pitchers_asked(desk: Desk, gathering: Gathering) -> None:
    await desk.hear(promise(gathering, "ruben", **DONE))
    assert await desk.states() == {}
    await desk.hear(*_pitched(gathering))
    (key,) = await desk.states()
    assert key.startswith(f"delivery_to_confirm:{gathering.id}-promise:2023-10-08T07:00:00")


async def test_who_should_take_over_is_asked_until_they_answer(
    desk: Desk, gathering: Gathering
) -> None:
    heir = gathering.person("nurse")
    await desk.hear(*_pitched(gathering), gathering.contact("nurse"))
    await desk.hear(promise(gathering, "ruben", **ACCEPTED, hand_over_to=heir))
    async with desk.delivering():
        await desk.settles("sent", 1)
    (mail,) = await desk.mails(gathering.address("nurse"))
    assert mail["subject"] == "Neemt u deze toezegging over? 8 uur voor OCTA"
    await desk.hear(promise(gathering, "nurse", 2, **ACCEPTED))
    assert list((await desk.states()).values()) == ["sent"]


async def test_a_days_news_goes_once_the_morning_after(
    desk: Desk, gathering: Gathering, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.hear(*_pitched(gathering), gathering.host(state="yes"))
    await desk.hear(gathering.contact("host"))
    for name in ("one", "two"):
        said: dict[str, Any] = {"name": name, "session_id": gathering.session, "due": LATER}
        await desk.hear(promise(gathering, "ruben", **ACCEPTED, **said))
    assert await desk.states() == {}
    morning = datetime(2023, 10, 9, 7, tzinfo=UTC)
    timers = await desk.mongo["timers"].find({"kind": reconcile_promises.NEWS})
    assert [row["due"] for row in timers] == [morning, morning]
    monkeypatch.setattr(clock, "now", lambda: morning + timedelta(seconds=1))
    row = timers[0]
    timer = Timer(row["_id"], row["kind"], row["due"], row["data"])
    await desk.service.transact(lambda tx: reconcile_promises.tell_news(tx, timer))
    async with desk.delivering():
        await desk.settles("sent", 2)
    for who in ("rowena", "host"):
        (mail,) = await desk.mails(gathering.address(who))
        assert mail["subject"] == "Nieuws van zondag 8 oktober over OCTA"
        line = "Ruben Waterlelie zegt toe: 8 uur voor OCTA. Klaar op vrijdag 24 november."
        assert mail["text"].count(line) == 2


async def test_who_has_no_address_is_called(desk: Desk, gathering: Gathering) -> None:
    nobody = gathering.contact("ruben", 2, email=None)
    await desk.hear(*_pitched(gathering), nobody, promise(gathering, "ruben"))
    async with desk.delivering():
        await desk.settles("on_paper", 1)
    assert await desk.mails(gathering.address("ruben")) == []


async def test_an_erased_owner_is_mailed_nothing_and_others_nothing_twice(
    desk: Desk, gathering: Gathering
) -> None:
    owner = gathering.person("ruben")
    await desk.hear(*_pitched(gathering), promise(gathering, "ruben", **DONE))
    async with desk.delivering():
        await desk.settles("sent", 1)
    await desk.hear_gone(CommitmentUpdated, f"{gathering.id}-promise", 2)
    await desk.hear((PersonErased(person_id=owner, erased_at=FRIDAY), 1))
    (key,) = await desk.states()
    assert "content" not in await desk.stored(key)
    await desk.hear(promise(gathering, None, 3, **DONE, what=""))
    assert await desk.states() == {key: "sent"}
    rows = [*await desk.mongo["mails"].find({}), *await desk.mongo["commitment"].find({})]
    assert [owner in repr(row) for row in rows] == [False, False]


async def test_promises_heard_in_any_order_leave_the_same_mails(
    desk: Desk, gathering: Gathering
) -> None:
    past = ACCEPTED | {"told": (told("past_1", SUNDAY),)}
    said = [
        *_pitched(gathering),
        promise(gathering, "ruben"),
        promise(gathering, "ruben", 2, **ACCEPTED),
        promise(gathering, "ruben", 3, **past),
        promise(gathering, "ruben", name="done", **DONE),
    ]
    await desk.hear(*said)
    in_order = await desk.states()
    other = Gathering()
    again = [
        *_pitched(other),
        promise(other, "ruben"),
        promise(other, "ruben", 2, **ACCEPTED),
        promise(other, "ruben", 3, **past),
        promise(other, "ruben", name="done", **DONE),
    ]
    await desk.hear(*reversed(again))
    both = await desk.states()
    theirs = {
        key.replace(other.id, gathering.id): state for key, state in both.items() if other.id in key
    }
    assert theirs == in_order


async def test_who_led_a_session_is_asked_what_came_of_it_until_they_said(
    desk: Desk, gathering: Gathering
) -> None:
    led = gathering.scheduled(host=gathering.person("rowena"))
    await desk.hear(*_pitched(gathering), reported(gathering, "morning_after"), led)
    async with desk.delivering():
        await desk.settles("sent", 1)
        again = reported(gathering, "morning_after", "after_3_days", version=2)
        await desk.hear(again)
        await desk.settles("sent", 2)
    first = await desk.mail_of(gathering.address("rowena"), "outcome")
    assert first["subject"] == "Wat is er afgesproken bij OCTA?"
    assert "Op donderdag 26 oktober leidde u deze werksessie:" in first["text"]
    link = desk.link_in(first["text"])
    assert (link.purpose, link.object_id) == ("outcome", gathering.session)
    later = await desk.mail_of(gathering.address("rowena"), "reminders")
    assert later["subject"] == "Nog niet opgeschreven: wat is er afgesproken bij OCTA?"
    assert "Schrijf het op" in later["text"]
    asked = ("morning_after", "after_3_days", "after_7_days")
    await desk.hear(reported(gathering, *asked, version=3, state="done", reported_at=SUNDAY))
    assert sorted((await desk.states()).values()) == ["sent", "sent"]

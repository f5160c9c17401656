"""The life of one seat in the mailbox: offered, confirmed, changed, over, in one calendar entry."""

from datetime import UTC, datetime
from email import message_from_bytes
from typing import Any

import pytest
from doorpakken_events.erasure import PersonErased
from doorpakken_plumbing.time import clock
from icalendar import Calendar

from services.notification.tests.component.conftest import OpenDesk
from services.notification.tests.component.desk import Desk
from services.notification.tests.component.gathering import Gathering
from services.notification.tests.component.mail_server import mail_server
from tests.probe import becomes

# All that a test tells comes within it, on a busy machine too.
LONG_ENOUGH = {"mail_gather_seconds": 3}
SATURDAY = {
    "starts_at": datetime(2023, 10, 28, 8, 30, tzinfo=UTC),
    "ends_at": datetime(2023, 10, 28, 10, 30, tzinfo=UTC),
}
NEW_PLACE = {"place": "Zaal Ooievaar", "address": "Reigerlaan 12, Amsterdam"}
SUNDAY = datetime(2023, 10, 22, 16, tzinfo=UTC)


def _entry(mail: dict[str, Any]) -> tuple[str, str, int, str]:
    """Method, status, sequence and UID of the only entry."""
    calendar = Calendar.from_ical(mail["calendar"])
    (event,) = calendar.walk("VEVENT")
    return (
        str(calendar["method"]),
        str(event["status"]),
        int(event.decoded("sequence")),
        str(event["uid"]),
    )


async def _confirmed(desk: Desk, gathering: Gathering) -> None:
    """Gladys was invited, joined and has her confirmation."""
    await desk.hear(*gathering.told("gladys"), gathering.scheduled(version=2))
    await desk.release(gathering.run)
    await desk.settles("sent", 1)
    await desk.hear(gathering.joined("gladys"))
    await desk.settles("sent", 2)


async def test_a_free_place_is_offered_with_the_time_to_answer(
    desk: Desk, gathering: Gathering
) -> None:
    await desk.hear(*gathering.told("gladys"))
    await desk.hear(gathering.seat("gladys", "waitlisted", 1, place=1))
    await desk.hear(gathering.seat("gladys", "offered", 2, hold_until=SUNDAY))
    async with desk.delivering():
        await desk.settles("sent", 1)
    (mail,) = await desk.mails(gathering.address("gladys"))
    assert mail["subject"] == (
        "Er is een plaats vrij bij OCTA. Wilt u die? Antwoord vóór zondag 22 oktober, 18.00 uur"
    )
    for words in (
        "U stond op de wachtlijst. Nu is er plaats voor u:",
        "Donderdag 26 oktober, 15.00–17.00 uur",
        "Zaal Reiger, Reigerlaan 10, Amsterdam",
        "Wij houden de plaats vast tot zondag 22 oktober, 18.00 uur.",
        "Nee, geef de plaats aan een ander",
    ):
        assert words in mail["text"]
        assert words in mail["html"]
    assert mail["calendar"] is None
    # Not invited yet: the wave is not released.
    assert desk.link_in(mail["text"]).purpose == "me"


async def test_an_offer_that_is_over_is_not_mailed(desk: Desk, gathering: Gathering) -> None:
    past = datetime(2020, 1, 1, tzinfo=UTC)
    await desk.hear(*gathering.told("gladys", "kwame"))
    await desk.hear(gathering.seat("gladys", "offered", 1, hold_until=SUNDAY))
    await desk.hear(gathering.seat("gladys", "ended", 2, reason="offer_lapsed"))
    await desk.hear(gathering.seat("kwame", "offered", 1, hold_until=past))
    await desk.hear(gathering.link("gladys"))
    async with desk.delivering():
        await desk.settles("sent", 1)
        key = f"offer:{gathering.id}-kwame-seat"
        await becomes(lambda: _state(desk, key), "stopped")
    assert f"offer:{gathering.id}-gladys-seat" not in await desk.states()


async def _state(desk: Desk, key: str) -> str:
    return (await desk.states()).get(key, "")


async def test_a_change_is_one_mail_that_moves_the_entry(
    open_desk: OpenDesk, gathering: Gathering
) -> None:
    desk = await open_desk(**LONG_ENOUGH)
    async with desk.delivering():
        await _confirmed(desk, gathering)
        await desk.hear(gathering.rescheduled(3, **SATURDAY))
        await desk.hear(gathering.rescheduled(4, **SATURDAY, **NEW_PLACE))
        await desk.settles("sent", 3)
    before = await desk.mail_of(gathering.address("gladys"), "confirmation")
    mail = await desk.mail_of(gathering.address("gladys"), "session_changed")
    assert mail["subject"] == "Nieuwe tijd voor OCTA: zaterdag 28 oktober, 10.30 uur"
    for words in (
        "Uw werksessie heeft een nieuwe tijd en een nieuwe plek:",
        "Zaterdag 28 oktober, 10.30–12.30 uur",
        "Zaal Ooievaar, Reigerlaan 12, Amsterdam",
        "Donderdag 26 oktober, 15.00–17.00 uur",
        "Zaal Reiger, Reigerlaan 10, Amsterdam",
        "Uw plaats blijft van u.",
    ):
        assert words in mail["text"]
        assert words in mail["html"]
    uid = _entry(before)[3]
    assert _entry(before) == ("REQUEST", "CONFIRMED", 2, uid)
    assert _entry(mail) == ("REQUEST", "CONFIRMED", 4, uid)


async def test_another_capacity_or_a_change_undone_is_no_mail(
    open_desk: OpenDesk, gathering: Gathering
) -> None:
    desk = await open_desk(**LONG_ENOUGH)
    async with desk.delivering():
        await _confirmed(desk, gathering)
        await desk.hear(gathering.rescheduled(3, capacity_max=4))
        await desk.hear(gathering.rescheduled(4, **SATURDAY), gathering.rescheduled(5))
        await desk.hear(gathering.link("gladys"))
        await desk.settles("sent", 3)
    assert not any(key.startswith("session_changed") for key in await desk.states())


async def test_reschedule_and_conflict_together_are_one_mail(
    desk: Desk, gathering: Gathering
) -> None:
    other = {
        "session_id": f"{gathering.id}-other",
        "place": "Zaal Uil",
        "address": "Uilenpad 2, Amsterdam",
    } | SATURDAY
    async with desk.delivering():
        await _confirmed(desk, gathering)
        await desk.hear(gathering.scheduled(1, **other))
        seat = {"sign_up_id": f"{gathering.id}-second", "session_id": other["session_id"]}
        await desk.hear(gathering.seat("gladys", "active", 1, **seat))
        await desk.settles("sent", 3)
        await desk.hear(gathering.rescheduled(3, **SATURDAY))
        await desk.hear(gathering.seat("gladys", "conflict", 2, hold_until=SUNDAY))
        await desk.settles("sent", 4)
    mail = await desk.mail_of(gathering.address("gladys"), "session_changed")
    assert mail["subject"] == "Kies één sessie: OCTA is nu tegelijk met een andere"
    for words in (
        "Let op: u hebt nu twee sessies tegelijk.",
        "Zaal Uil, Uilenpad 2, Amsterdam",
        "Kies er één vóór zondag 22 oktober, 18.00 uur.",
    ):
        assert words in mail["text"]
        assert words in mail["html"]
    assert "Uw plaats blijft van u." not in mail["text"]


@pytest.mark.parametrize(
    ("reason", "subject", "sentence"),
    [
        ("left", "U bent afgemeld voor OCTA", "Meld u opnieuw aan"),
        ("session_cancelled", "De sessie van OCTA op donderdag 26 oktober gaat niet door", "bezet"),
        ("conflict_lapsed", "U hebt geen plaats meer bij OCTA", "U had twee sessies tegelijk"),
        ("handed_over", "Uw plaats bij OCTA is nu van een ander", "plaats overgenomen"),
    ],
)
async def test_the_end_of_a_seat_cancels_its_entry(
    desk: Desk, gathering: Gathering, reason: str, subject: str, sentence: str
) -> None:
    async with desk.delivering():
        await _confirmed(desk, gathering)
        if reason == "session_cancelled":
            await desk.hear(gathering.called_off(3, reason="De zaal is bezet."))
        await desk.hear(gathering.seat("gladys", "ended", 2, reason=reason))
        await desk.settles("sent", 3)
    mail = await desk.mail_of(gathering.address("gladys"), "seat_ended")
    before = await desk.mail_of(gathering.address("gladys"), "confirmation")
    assert mail["subject"] == subject
    assert sentence in mail["text"]
    assert sentence in mail["html"]
    assert _entry(mail) == ("CANCEL", "CANCELLED", 3, _entry(before)[3])
    row = await desk.stored(f"seat_ended:{gathering.id}-gladys-seat")
    part = next(p for p in message_from_bytes(row["content"]).walk() if p.get_param("method"))
    assert (part.get_content_type(), part.get_param("method")) == ("text/calendar", "CANCEL")


async def test_who_comes_back_has_the_same_entry_and_a_higher_sequence(
    desk: Desk, gathering: Gathering
) -> None:
    again = {"sign_up_id": f"{gathering.id}-again"}
    async with desk.delivering():
        await _confirmed(desk, gathering)
        await desk.hear(gathering.seat("gladys", "ended", 2, reason="left"))
        await desk.settles("sent", 3)
        await desk.hear(gathering.seat("gladys", "active", 1, **again))
        await desk.settles("sent", 4)
        await desk.hear(gathering.rescheduled(3, **SATURDAY))
        await desk.settles("sent", 5)
        await desk.hear(gathering.seat("gladys", "ended", 2, reason="left", **again))
        await desk.settles("sent", 6)
    mails = await desk.mails(gathering.address("gladys"))
    entries = sorted((_entry(mail) for mail in mails if mail["calendar"]), key=lambda e: e[2])
    assert [entry[0] for entry in entries] == ["REQUEST", "CANCEL", "REQUEST", "REQUEST", "CANCEL"]
    assert [entry[2] for entry in entries] == [2, 3, 4, 5, 6]
    assert len({entry[3] for entry in entries}) == 1


async def test_back_before_the_cancellation_left_needs_none(
    desk: Desk, gathering: Gathering
) -> None:
    async with desk.delivering():
        await _confirmed(desk, gathering)
        await desk.hear(gathering.seat("gladys", "ended", 2, reason="left"))
        await desk.hear(
            gathering.seat("gladys", "active", 1, sign_up_id=f"{gathering.id}-again"),
        )
        await desk.settles("sent", 3)
        await desk.hear(gathering.link("gladys"))
        await desk.settles("sent", 4)
    assert not any(key.startswith("seat_ended") for key in await desk.states())


async def test_who_cancelled_altogether_still_loses_the_entry(
    desk: Desk, gathering: Gathering
) -> None:
    async with desk.delivering():
        await _confirmed(desk, gathering)
        await desk.hear(gathering.present("gladys", 3, state="cancelled"))
        await desk.hear(gathering.seat("gladys", "ended", 2, reason="attendee_cancelled"))
        await desk.settles("sent", 3)


async def test_who_is_erased_hears_of_no_change_and_no_end(
    desk: Desk, gathering: Gathering
) -> None:
    person = PersonErased(person_id=f"{gathering.id}-gladys-person", erased_at=clock.now())
    async with desk.delivering():
        await _confirmed(desk, gathering)
    # Nothing leaves meanwhile: a slow machine could need longer than the change is held back.
    await desk.hear(gathering.rescheduled(3, **SATURDAY), (person, 1))
    await desk.hear(gathering.seat("gladys", "ended", 2, reason="attendee_cancelled"))
    assert await desk.states() == {}
    assert len(await desk.mails(gathering.address("gladys"))) == 2


async def test_a_seat_told_by_telephone_is_changed_by_telephone(
    desk: Desk, gathering: Gathering
) -> None:
    await desk.hear(*gathering.told("gladys"), gathering.contact("gladys", 2, email=None))
    await desk.hear(gathering.joined("gladys"))
    async with desk.delivering():
        await desk.settles("on_paper", 1)
        await desk.hear(gathering.rescheduled(2, **SATURDAY))
        await desk.settles("on_paper", 2)
        await desk.hear(gathering.seat("gladys", "ended", 2, reason="left"))
        await desk.settles("on_paper", 3)


async def test_a_change_while_the_confirmation_is_retried_is_in_that_mail(
    open_desk: OpenDesk, gathering: Gathering
) -> None:
    async with mail_server(("DOT", "451 later")) as server:
        desk = await open_desk(smtp_url=server.url)
        await desk.hear(*gathering.told("gladys"), gathering.joined("gladys"))
        async with desk.delivering():
            await desk.settles("retry", 1)
            await desk.hear(gathering.rescheduled(2, **SATURDAY))
            due = {"$set": {"due_at": datetime(2023, 1, 1, tzinfo=UTC)}}
            await desk.mongo["mails"].update_one({"state": "retry"}, due)
            await desk.settles("sent", 1)
        assert b"20231028T083000Z" in server.taken[0]
        assert not any(key.startswith("session_changed") for key in await desk.states())

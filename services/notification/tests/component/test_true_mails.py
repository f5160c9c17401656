"""What mails say is true when they go, and in words: days, reasons, what there is to choose."""

from datetime import UTC, datetime, timedelta

import pytest
from doorpakken_events.registration import GatheringPublished
from doorpakken_plumbing.time import clock

from services.notification.tests.component.desk import Desk
from services.notification.tests.component.gathering import FRIDAY, Gathering

EVENING = {
    "starts_at": datetime(2024, 1, 12, 19, tzinfo=UTC),
    "ends_at": datetime(2024, 1, 13, 16, tzinfo=UTC),
}


async def test_a_gathering_over_two_days_of_another_year(desk: Desk, gathering: Gathering) -> None:
    published, _ = gathering.published()
    event = GatheringPublished.model_validate(published.model_dump() | EVENING)
    await desk.hear((event, 2), gathering.contact("gladys"), gathering.link("gladys"))
    async with desk.delivering():
        await desk.settles("sent", 1)
    (mail,) = await desk.mails(gathering.address("gladys"))
    said = "Vrijdag 12 januari 2024, 20.00 uur tot zaterdag 13 januari 2024, 17.00 uur"
    assert said in mail["text"]
    assert said in mail["html"]


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("gathering_cancelled", "De reden: De hele bijeenkomst gaat niet door."),
        ("pitch_withdrawn", "De reden: Het plan is teruggetrokken."),
        ("cancelled_by_staff", None),
        ("not_in_plan", "De reden: De sessie staat niet meer in de planning."),
        ("De zaal is kapot.", "De reden: De zaal is kapot."),
        ("zaal_dicht", None),
        (None, None),
    ],
)
async def test_a_session_that_is_off_says_why_in_words_and_offers_no_other_where_there_is_none(
    desk: Desk, gathering: Gathering, reason: str | None, said: str | None
) -> None:
    await desk.hear(*gathering.told("gladys"), gathering.joined("gladys"))
    async with desk.delivering():
        await desk.settles("sent", 1)
        await desk.hear(gathering.called_off(2, reason=reason))
        await desk.hear(gathering.seat("gladys", "ended", 2, reason="session_cancelled"))
        await desk.settles("sent", 2)
    mail = await desk.mail_of(gathering.address("gladys"), "seat_ended")
    for form in ("text", "html"):
        assert said is None or said in mail[form]
        assert ("De reden" in mail[form]) == (said is not None)
        assert "Bekijk de andere sessies" not in mail[form]
        assert "Er is nu geen andere sessie." in mail[form]
    assert desk.link_in(mail["text"]).purpose == "me"


async def test_another_session_is_offered_where_there_is_one(
    desk: Desk, gathering: Gathering
) -> None:
    other = gathering.scheduled(session_id=f"{gathering.id}-other")
    await desk.hear(*gathering.told("gladys"), other, gathering.joined("gladys"))
    async with desk.delivering():
        await desk.settles("sent", 1)
        await desk.hear(gathering.called_off(2, reason="not_in_plan"))
        await desk.hear(gathering.seat("gladys", "ended", 2, reason="session_cancelled"))
        await desk.settles("sent", 2)
    mail = await desk.mail_of(gathering.address("gladys"), "seat_ended")
    assert "Bekijk de andere sessies" in mail["text"]
    assert "Er is nu geen andere sessie." not in mail["text"]


async def test_two_mails_about_different_things_have_different_subjects(
    desk: Desk, gathering: Gathering
) -> None:
    again = f"{gathering.id}-gladys-again"
    await desk.hear(*gathering.told("gladys"), gathering.joined("gladys"))
    async with desk.delivering():
        await desk.settles("sent", 1)
        for number, hour in enumerate((8, 10), start=2):
            moved = datetime(2023, 10, 28, hour, tzinfo=UTC)
            times = {"starts_at": moved, "ends_at": moved + timedelta(hours=1)}
            await desk.hear(gathering.rescheduled(number, **times))
            await desk.settles("sent", number)
        await desk.hear(gathering.seat("gladys", "ended", 2, reason="left"))
        await desk.settles("sent", 4)
        await desk.hear(gathering.joined("gladys", sign_up_id=again))
        await desk.settles("sent", 5)
    subjects = [mail["subject"] for mail in await desk.mails(gathering.address("gladys"))]
    assert len(subjects) == len(set(subjects)) == 5
    assert "U doet weer mee op zaterdag 28 oktober: OCTA" in subjects


async def test_after_the_last_day_nobody_is_told_to_choose_before_it(
    desk: Desk, gathering: Gathering, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = FRIDAY + timedelta(days=5)
    await desk.hear(*gathering.told("gladys"))
    await desk.hear(gathering.seat("gladys", "held", 1, hold_until=held))
    await desk.release(gathering.run)
    monkeypatch.setattr(clock, "now", lambda: FRIDAY + timedelta(days=6))
    async with desk.delivering():
        await desk.settles("sent", 1)
    (mail,) = await desk.mails(gathering.address("gladys"))
    assert mail["subject"] == "Gladys Waterlelie, aan welke werksessie doet u mee?"
    assert "Wij houden" not in mail["text"]


async def test_nobody_is_invited_to_nothing(desk: Desk, gathering: Gathering) -> None:
    await desk.hear(*gathering.told("gladys"), gathering.called_off(2))
    await desk.release(gathering.run)
    async with desk.delivering():
        await desk.settles("stopped", 1)
    assert await desk.mails(gathering.address("gladys")) == []

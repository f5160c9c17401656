"""Where a session is met on line stands in the mail of a seat and in its calendar part, and in no
other mail; whichever of the session and its link is heard first."""

from typing import Any

import pytest
from icalendar import Calendar

from services.notification.tests.component.desk import Desk
from services.notification.tests.component.gathering import Gathering

LINK = "https://bellen.example/octa"
LATER = "https://bellen.example/uil"


def _where(mail: dict[str, Any]) -> tuple[str, bool, bool]:
    """The address in the calendar part, and whether text and page have the same."""
    (event,) = Calendar.from_ical(mail["calendar"]).walk("VEVENT")
    url = str(event.get("url", ""))
    return url, url in mail["text"], url in mail["html"]


@pytest.mark.parametrize("is_link_first", [True, False])
async def test_it_is_in_the_mail_of_the_seat_and_in_no_mail_before(
    desk: Desk, gathering: Gathering, is_link_first: bool
) -> None:
    *others, session = [*gathering.told("gladys"), gathering.scheduled(version=2)]
    both = [session, gathering.met_at(LINK)]
    await desk.hear(*others, *(reversed(both) if is_link_first else both))
    async with desk.delivering():
        await desk.release(gathering.run)
        await desk.settles("sent", 1)
        (invitation,) = await desk.mails(gathering.address("gladys"))
        assert LINK not in str(invitation)
        await desk.hear(gathering.joined("gladys"))
        await desk.settles("sent", 2)
        # That it is another time does not change where they meet.
        await desk.hear(gathering.rescheduled(3, place="Zaal Uil"))
        await desk.settles("sent", 3)
    for kind in ("confirmation", "session_changed"):
        mail = await desk.mail_of(gathering.address("gladys"), kind)
        assert _where(mail) == (LINK, True, True), kind


async def test_a_new_one_is_one_mail_and_none_to_whose_seat_ended(
    desk: Desk, gathering: Gathering
) -> None:
    await desk.hear(*gathering.told("gladys", "kwame"), gathering.met_at(LINK))
    async with desk.delivering():
        await desk.hear(gathering.joined("gladys"), gathering.joined("kwame"))
        await desk.settles("sent", 2)
    # Both before anything is delivered: a mail may go between the two.
    await desk.hear(gathering.met_at(LATER, 2), gathering.seat("kwame", "ended", 2, reason="left"))
    async with desk.delivering():
        await desk.settles("sent", 4)
    changed = await desk.mail_of(gathering.address("gladys"), "session_changed")
    assert _where(changed) == (LATER, True, True)
    assert "een nieuwe link" in changed["text"]
    ended = await desk.mail_of(gathering.address("kwame"), "seat_ended")
    assert _where(ended)[0] == ""
    assert all(LATER not in str(mail) for mail in await desk.mails(gathering.address("kwame")))

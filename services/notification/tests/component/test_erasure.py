"""Who is erased gets no mail any more: what is owed goes, what is in hand is not handed over, and
what comes late owes nothing."""

from typing import Any

import pytest
from doorpakken_events.erasure import PersonErased
from doorpakken_events.registration import (
    AttendeeCheckedIn,
    MailRequested,
    PersonContact,
    SessionJoined,
)
from doorpakken_notification.delivery.connection import Connection
from doorpakken_notification.store import sending
from doorpakken_plumbing.time import clock

from services.notification.tests.component.desk import Desk
from services.notification.tests.component.gathering import Gathering
from tests.probe import becomes, eventually

# Where an id may stay: the marker, ids of what was heard, and what tells of the erasure.
MARKERS = ("erased", "inbox", "guards")
COLLECTIONS = (
    "mails",
    "attendee",
    "contact",
    "recommendation",
    "sign-up",
    "answer",
    "link-request",
    "mail-request",
    "hosting",
    "offer",
    "endorsement",
    "pitch",
    "session",
    "waves",
    "acts",
    "staff",
    "unsubscribed",
    "outbox",
    "parked",
)


def erased(gathering: Gathering, who: str) -> tuple[PersonErased, int]:
    return PersonErased(person_id=f"{gathering.id}-{who}-person", erased_at=clock.now()), 1


async def naming(desk: Desk, gathering: Gathering, who: str) -> dict[str, int]:
    """In how many documents of each collection something of this person stands."""
    words = (f"{gathering.id}-{who}", gathering.address(who), f"{who.capitalize()} Waterlelie")
    counts: dict[str, int] = {}
    for name in COLLECTIONS:
        told = [
            one.get("payload", one)
            for one in await desk.mongo[name].find({})
            if one.get("topic") != "erasure-confirmed"
        ]
        count = sum(any(word in repr(one) for word in words) for one in told)
        counts |= {name: count} if count else {}
    return counts


async def test_nothing_of_an_erased_person_stays(desk: Desk, gathering: Gathering) -> None:
    await desk.hear(
        *gathering.told("gladys", "wies"),
        gathering.joined("gladys"),
        gathering.joined("wies"),
        gathering.link("gladys"),
    )
    await desk.release(gathering.run)
    async with desk.delivering():
        await desk.settles("sent", 5)
    others = await naming(desk, gathering, "wies")
    assert {"mails", "contact", "outbox"} <= {*await naming(desk, gathering, "gladys")}
    await desk.hear(erased(gathering, "gladys"))
    assert await naming(desk, gathering, "gladys") == {}
    assert await naming(desk, gathering, "wies") == others
    gone = await desk.mongo["outbox"].find({"topic": "mail-sent", "payload": None})
    assert len(gone) == 3
    (confirmed,) = await desk.said("erasure-confirmed")
    assert confirmed["service"] == "notification"
    assert confirmed["erased"]["mails"] == 3


async def test_what_comes_late_owes_nothing(desk: Desk, gathering: Gathering) -> None:
    told = gathering.told("gladys", "wies")
    await desk.hear(erased(gathering, "gladys"), *told)
    await desk.hear(gathering.joined("gladys"), gathering.link("gladys"))
    await desk.hear_gone(AttendeeCheckedIn, f"{gathering.id}-gladys", 3)
    await desk.hear_gone(SessionJoined, f"{gathering.id}-gladys-seat", 2)
    assert await naming(desk, gathering, "gladys") == {}
    assert {key.split(":")[0] for key in await desk.states()} == {"invitation"}


@pytest.mark.parametrize("last", ["tombstones", "erased"])
async def test_any_order_of_tombstones_ends_the_same(
    desk: Desk, gathering: Gathering, last: str
) -> None:
    await desk.hear(*gathering.told("gladys", "wies"), gathering.joined("gladys"))
    if last == "tombstones":
        await desk.hear(erased(gathering, "gladys"))
    await desk.hear_gone(SessionJoined, f"{gathering.id}-gladys-seat", 2)
    await desk.hear_gone(PersonContact, f"{gathering.id}-gladys-person", 2)
    await desk.hear_gone(AttendeeCheckedIn, f"{gathering.id}-gladys", 3)
    if last == "erased":
        await desk.hear(erased(gathering, "gladys"))
    assert await naming(desk, gathering, "gladys") == {}
    assert len(await desk.states()) == 1


async def test_a_mail_in_hand_is_not_handed_over(
    desk: Desk, gathering: Gathering, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_over = Connection.hand_over

    async def erase_first(self: Connection, *given: Any) -> Any:
        """The intent is written; then the erasure comes, before the text has left."""
        await desk.hear(erased(gathering, "gladys"))
        return await hand_over(self, *given)

    monkeypatch.setattr(Connection, "hand_over", erase_first)
    await desk.hear(*gathering.told("gladys"))
    await desk.release(gathering.run)
    async with desk.delivering():
        mails = desk.mongo["mails"]
        await becomes(lambda: mails.count({}), 0)
    assert await desk.mails(gathering.address("gladys")) == []
    assert await naming(desk, gathering, "gladys") == {}


@pytest.mark.parametrize("order", ["erased, unnamed", "unnamed, erased", "gone, erased"])
@pytest.mark.parametrize(("owner", "step"), [(sending, "mark_intent"), (Connection, "hand_over")])
async def test_a_mail_on_behalf_of_somebody_erased_keeps_no_name(
    desk: Desk,
    gathering: Gathering,
    monkeypatch: pytest.MonkeyPatch,
    order: str,
    owner: Any,
    step: str,
) -> None:
    """It is written with their name; then the erasure comes. What was meant before goes as it was
    and nothing of it is kept; what was not is written anew, or does not go without its request."""
    unnamed = gathering.handover("kwame", version=2)
    leaves = [
        {
            "erased": lambda: desk.hear(erased(gathering, "gladys")),
            "unnamed": lambda: desk.hear(unnamed),
            "gone": lambda: desk.hear_gone(MailRequested, unnamed[0].key, 2),
        }[what]
        for what in order.split(", ")
    ]
    as_it_is = getattr(owner, step)

    async def erase_first(*given: Any, **more: Any) -> Any:
        while leaves:
            await leaves.pop(0)()
        return await as_it_is(*given, **more)

    monkeypatch.setattr(owner, step, erase_first)
    await desk.hear(*gathering.told("gladys"), gathering.contact("kwame"))
    await desk.hear(gathering.handover("kwame", from_person_id=f"{gathering.id}-gladys-person"))
    sent = step == "hand_over" or "unnamed" in order
    async with desk.delivering():
        await becomes(desk.states, {"handover:" + unnamed[0].key: "sent"} if sent else {})
        await eventually(lambda: naming(desk, gathering, "gladys"), lambda found: not found)
    mails = await desk.mails(gathering.address("kwame"))
    assert len(mails) == sent
    assert ("Gladys" in str(mails)) == (step == "hand_over")

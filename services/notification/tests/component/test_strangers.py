"""What strangers can have mailed to one address: few mails in an hour and one later, and in none of
them what they typed. What we owe to somebody at the same address is never held up."""

import re
from typing import Any

from doorpakken_events.event import Event
from doorpakken_plumbing.time import clock

from services.notification.tests.component.conftest import OpenDesk
from services.notification.tests.component.desk import Desk
from services.notification.tests.component.gathering import Gathering

TYPED = "U wint 500 euro"
NAMES = [f"n{number}" for number in range(40)]
LINK = re.compile(r"/l/(\S+)")


def _victim(gathering: Gathering) -> str:
    return gathering.address("victim")


def _sign_up(gathering: Gathering, name: str) -> list[tuple[Event, int]]:
    contact = gathering.contact(name, name=f"{TYPED} {name}", email=_victim(gathering))
    return [contact, gathering.link(name)]


async def _attacked(desk: Desk, gathering: Gathering) -> list[dict[str, Any]]:
    """Forty sign-ups with forty names at one address; the mails that came."""
    await desk.hear(gathering.published())
    await desk.hear(*[said for name in NAMES for said in _sign_up(gathering, name)])
    async with desk.delivering():
        await desk.settles("stopped", len(NAMES) - desk.settings.mails_per_address - 1)
        await desk.settles("sent", desk.settings.mails_per_address)
    return await desk.mails(_victim(gathering))


async def test_an_address_gets_few_mails_and_the_rest_in_one_later(
    open_desk: OpenDesk, gathering: Gathering
) -> None:
    desk = await open_desk()
    mails = await _attacked(desk, gathering)
    most = desk.settings.mails_per_address
    assert len(mails) == most < 5
    (held,) = await desk.mongo["mails"].find({"state": "queued"})
    assert 3500 < (held["due_at"] - clock.real_now()).total_seconds() < 3700
    assert _victim(gathering) not in str(await desk.mongo["address_mails"].find({}))
    await desk.mongo["mails"].update_one(
        {"_id": held["_id"]}, {"$set": {"due_at": held["owed_at"]}}
    )
    async with desk.delivering():
        await desk.settles("sent", most + 1)
    after = await desk.mails(_victim(gathering))
    (later,) = [one for one in after if one["id"] not in {mail["id"] for mail in mails}]
    assert later["subject"] == "Er is vaker een mail naar uw adres gevraagd"
    assert "U wint" not in str(after)
    assert "U wint" not in later["html"]
    # Everybody who asked has a link: by itself, or in the mail that came later.
    links = {token for mail in after for token in LINK.findall(mail["text"])}
    assert len(links) == len(NAMES)


async def test_a_wave_to_the_same_address_is_not_held_up(
    open_desk: OpenDesk, gathering: Gathering
) -> None:
    desk = await open_desk(mails_per_address=1)
    household = NAMES[:6]
    await desk.hear(*gathering.told(*household))
    for name in household:
        await desk.hear(gathering.contact(name, 2, email=_victim(gathering)), gathering.link(name))
    async with desk.delivering():
        await desk.settles("stopped", len(household) - 2)
        await desk.release(gathering.run)
        await desk.settles("sent", 1 + len(household))


async def test_handovers_count_with_links(open_desk: OpenDesk, gathering: Gathering) -> None:
    desk = await open_desk(mails_per_address=1)
    await desk.hear(gathering.pitch(), gathering.scheduled(), gathering.published())
    for name in NAMES[:3]:
        await desk.hear(gathering.contact(name, email=_victim(gathering)))
        handover = gathering.mail_request(
            "handover",
            name,
            f"{gathering.id}-{name}-handover",
            mail_request_id=f"{gathering.id}-{name}-handover",
            session_id=gathering.session,
        )
        await desk.hear(handover)
    async with desk.delivering():
        await desk.settles("stopped", 1)
    (held,) = await desk.mongo["mails"].find({"state": "queued"})
    await desk.mongo["mails"].update_one(
        {"_id": held["_id"]}, {"$set": {"due_at": held["owed_at"]}}
    )
    async with desk.delivering():
        await desk.settles("sent", 2)
    text = next(
        mail["text"]
        for mail in await desk.mails(_victim(gathering))
        if "Iemand geeft u een plaats. Bekijk" in mail["text"]
    )
    link = desk.link_in(text)
    assert link.purpose == "handover"
    assert len(LINK.findall(text)) == 2

"""Each kind of mail with each of its parents missing, late, without a name, and renamed: nobody is
mailed about nothing, and everybody is mailed in the end, about what is true then."""

import re

from doorpakken_events.event import Event

from services.notification.tests.component.desk import Desk
from services.notification.tests.component.gathering import Gathering, Said
from services.notification.tests.component.kinds import KINDS, WHO, bring_about, parents_of
from tests.probe import becomes

NAME_OF = {"gathering": "title", "pitch": "title", "organisation": "name", "contact": "name"}
NO_NAMES = ("", " ", "...", "\u200b\u2060", "-")
RENAMED = "Zonnebloem"
# A gap where a name should stand.
GAP = re.compile(r"\b(aan|bij|van|voor) ?([.?,:]|$)|  |^[,:.]")


def _named(said: Said, parent: str, name: str, later: int) -> Said:
    event, version = said
    changed: Event = event.model_copy(update={NAME_OF[parent]: name})
    return changed, version + later


async def test_a_mail_waits_for_each_of_its_parents(desk: Desk) -> None:
    waiting: list[tuple[str, str, Gathering]] = []
    async with desk.delivering():
        for kind, told in KINDS.items():
            for missing in told.parents if not told.before(Gathering()) else ():
                gathering = Gathering()
                parents = {n: one for n, one in parents_of(gathering, kind).items() if n != missing}
                await bring_about(desk, gathering, kind, parents)
                waiting.append((kind, missing, gathering))
        for kind, missing, gathering in waiting:
            await _waits(desk, gathering, kind, missing)
            assert await desk.mails(gathering.address(WHO)) == [], (kind, missing)
            await desk.hear(parents_of(gathering, kind)[missing])
        for kind, missing, gathering in waiting:
            await _goes(desk, gathering, kind, missing)


async def test_a_mail_waits_until_what_it_is_about_has_a_name(desk: Desk) -> None:
    waiting: list[tuple[str, str, Gathering]] = []
    async with desk.delivering():
        for kind, told in KINDS.items():
            for number, parent in enumerate(told.named):
                gathering = Gathering()
                parents = parents_of(gathering, kind)
                if not told.before(gathering):
                    parents[parent] = _named(parents[parent], parent, NO_NAMES[number], 1)
                else:
                    await bring_about_half(desk, gathering, kind, parent, NO_NAMES[number])
                    waiting.append((kind, parent, gathering))
                    continue
                await bring_about(desk, gathering, kind, parents)
                waiting.append((kind, parent, gathering))
        for kind, parent, gathering in waiting:
            await _waits(desk, gathering, kind, parent)
            await desk.hear(_named(parents_of(gathering, kind)[parent], parent, RENAMED, 2))
        for kind, parent, gathering in waiting:
            await _goes(desk, gathering, kind, parent)
            mail = await desk.mail_of(gathering.address(WHO), kind)
            assert RENAMED in mail["text"], (kind, parent)
            assert RENAMED in mail["html"], (kind, parent)
            assert not GAP.search(mail["subject"]), mail["subject"]


async def bring_about_half(
    desk: Desk, gathering: Gathering, kind: str, parent: str, name: str
) -> None:
    """Mailed once with the name, which is gone when the next mail is called for."""
    told, parents = KINDS[kind], parents_of(gathering, kind)
    await desk.hear(*parents.values(), *told.before(gathering))
    sent = {"gathering_id": gathering.id, "state": "sent"}
    await becomes(lambda: desk.mongo["mails"].count(sent), 1, seconds=15)
    await desk.hear(_named(parents[parent], parent, name, 1), *told.calls(gathering))


async def test_who_had_a_seat_hears_that_a_session_without_a_name_is_off(
    desk: Desk, gathering: Gathering
) -> None:
    await desk.hear(*gathering.told(WHO), gathering.joined(WHO))
    async with desk.delivering():
        await desk.settles("sent", 1)
        await desk.hear(_named(gathering.pitch(), "pitch", "", 1))
        await desk.hear(gathering.called_off(2, reason="pitch_withdrawn"))
        await desk.hear(gathering.seat(WHO, "ended", 2, reason="session_cancelled"))
        await desk.settles("sent", 2)
    mail = await desk.mail_of(gathering.address(WHO), "seat_ended")
    assert mail["subject"] == "Uw werksessie op donderdag 26 oktober gaat niet door"
    assert "SUMMARY:Werksessie\r\n" in mail["calendar"].replace("\n", "\r\n").replace("\r\r", "\r")


async def _waits(desk: Desk, gathering: Gathering, kind: str, parent: str) -> None:
    async def subject() -> str:
        row = await desk.mongo["mails"].find_one({"gathering_id": gathering.id, "kind": kind})
        return str((row or {}).get("waits_for")).partition("/")[0]

    await becomes(subject, parent, seconds=15)


async def _goes(desk: Desk, gathering: Gathering, kind: str, parent: str) -> None:
    async def state() -> str:
        row = await desk.mongo["mails"].find_one({"gathering_id": gathering.id, "kind": kind})
        return str((row or {}).get("state"))

    await becomes(state, "sent", seconds=15)
    assert (await desk.mail_of(gathering.address(WHO), kind))["subject"], (kind, parent)

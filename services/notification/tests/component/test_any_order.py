"""Seats, sessions and hosts told in any order leave the same mails."""

import random
from datetime import UTC, datetime

from services.notification.tests.component.desk import Desk
from services.notification.tests.component.gathering import Gathering, Said
from tests.amounts import amount

SEED = 20231026
DRAWN = amount(usual=8, full=25)
UNTIL = datetime(2023, 10, 22, 16, tzinfo=UTC)


def _told(gathering: Gathering, last: str) -> list[Said]:
    seats = ("waitlisted", "offered", "active", last)
    return [
        *(gathering.seat("gladys", state, n, hold_until=UNTIL) for n, state in enumerate(seats, 1)),
        gathering.scheduled(1),
        gathering.rescheduled(2, starts_at=datetime(2023, 10, 26, 12, tzinfo=UTC)),
        gathering.present("gladys"),
        gathering.recommended("gladys"),
        gathering.host(1),
        gathering.host(2, ask=2),
        gathering.host(3, ask=2, state="yes"),
    ]


async def _mails_after(desk: Desk, last: str, chance: random.Random | None) -> list[str]:
    gathering = Gathering()
    told = _told(gathering, last)
    if chance:
        chance.shuffle(told)
    await desk.hear(*told)
    mails = await desk.mongo["mails"].find({"gathering_id": gathering.id}, sort=[("_id", 1)])
    words = ("_id", "kind", "state", "reason", "object_id", "session_version", "version")
    return [
        " ".join(str(mail[word]) for word in words).replace(gathering.id, "g") for mail in mails
    ]


async def test_the_newest_states_decide_and_not_the_way_to_them(desk: Desk) -> None:
    chance = random.Random(SEED)
    for last, kinds in (
        ("conflict", ["invitation"]),
        ("ended", ["confirmation", "invitation"]),
        ("active", ["confirmation", "invitation"]),
        ("offered", ["invitation", "offer"]),
    ):
        in_order = await _mails_after(desk, last, None)
        assert [mail.split()[1] for mail in in_order] == kinds
        for _ in range(DRAWN):
            assert await _mails_after(desk, last, chance) == in_order

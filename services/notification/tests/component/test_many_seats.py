"""A session with many seats is moved: what is owed to all is settled with as many queries as for
one, and in steps where they are more than fit one transaction."""

from collections import Counter

import pytest
from doorpakken_notification import reconcile
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Collection

from services.notification.tests.component.desk import Desk
from services.notification.tests.component.gathering import Gathering

NAMES = ("ada", "bep", "cor", "dik", "eef")


async def seated(desk: Desk, gathering: Gathering, *names: str) -> None:
    await desk.hear(gathering.published(), gathering.pitch(), gathering.scheduled())
    for name in names:
        await desk.hear(gathering.present(name), gathering.joined(name))


async def versions(desk: Desk) -> Counter[int]:
    """How many mails tell of which state of the session."""
    mails = await desk.mongo["mails"].find({"kind": "confirmation"})
    return Counter(mail["session_version"] for mail in mails)


async def test_more_people_take_no_more_queries(
    desk: Desk, gathering: Gathering, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    collection = Transaction.__getitem__

    def note(self: Transaction, name: str) -> Collection:
        asked.append(name)
        return collection(self, name)

    monkeypatch.setattr(Transaction, "__getitem__", note)
    counts = []
    for version, names in ((2, NAMES[:1]), (3, NAMES[1:])):
        await seated(desk, gathering, *names)
        asked.clear()
        await desk.hear(gathering.rescheduled(version))
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert await versions(desk) == {3: len(NAMES)}


async def test_more_than_fit_are_settled_in_steps(
    desk: Desk, gathering: Gathering, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reconcile, "PEOPLE_AT_ONCE", 2)
    await seated(desk, gathering, *NAMES)
    await desk.hear(gathering.rescheduled(2))
    assert await versions(desk) == {2: 2, 1: 3}
    for told in (4, 5):
        await desk.service.timers.fire_due()
        assert (await versions(desk))[2] == told
    assert await desk.mongo["timers"].count({}) == 0

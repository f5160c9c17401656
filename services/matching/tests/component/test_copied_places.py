"""A gathering that continues another one gets its rooms and times once, in whatever order the two
are heard."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from doorpakken_events.registration import GatheringPublished

from services.matching.tests.component.gathering import Gathering

# Two Fridays; in between the clock goes back an hour.
FIRST, NEXT = datetime(2031, 10, 10, 13, tzinfo=UTC), datetime(2031, 11, 7, 14, tzinfo=UTC)
THURSDAY = datetime(2031, 10, 23, 13, tzinfo=UTC)


def _on(gathering: Gathering, start: datetime, **more: Any) -> GatheringPublished:
    return gathering.published(starts_at=start, ends_at=start + timedelta(hours=3), **more)


async def _with_places(gathering: Gathering) -> None:
    await gathering.hear((_on(gathering, FIRST), 1))
    room = {"name": "Zaal Ara", "capacity": 12, "address": "Plein 1"}
    await gathering.client.post(f"/gatherings/{gathering.id}/rooms", json=room)
    for start in (THURSDAY, THURSDAY + timedelta(weeks=4)):
        slot = {"starts_at": start.isoformat(), "ends_at": (start + timedelta(hours=2)).isoformat()}
        added = await gathering.client.post(f"/gatherings/{gathering.id}/slots", json=slot)
        assert added.status_code == 201, added.text


async def _places(gathering: Gathering) -> tuple[list[str], list[str]]:
    listed = [
        (await gathering.client.get(f"/gatherings/{gathering.id}/{what}")).json()["items"]
        for what in ("rooms", "slots")
    ]
    return [one["name"] for one in listed[0]], [one["starts_at"] for one in listed[1]]


@pytest.fixture
def after(gathering: Gathering) -> Gathering:
    """The one that continues it."""
    return Gathering(f"g-{uuid4()}", gathering.service, gathering.client)


async def test_rooms_and_times_come_along_by_weekday(
    gathering: Gathering, after: Gathering
) -> None:
    await _with_places(gathering)
    window = {"follow_up_from": "2031-11-10", "follow_up_until": "2031-12-12"}
    said = _on(after, NEXT, continues=gathering.id, **window)
    await after.hear((said, 1))
    # At the same time on the clock, an hour later in UTC; the second is after the window.
    assert await _places(after) == (["Zaal Ara"], ["2031-11-20T14:00:00Z"])
    added = await after.client.post(
        f"/gatherings/{after.id}/rooms", json={"name": "Keuken", "capacity": 8}
    )
    assert added.status_code == 201
    await after.hear((said, 2))
    assert await _places(after) == (["Keuken", "Zaal Ara"], ["2031-11-20T14:00:00Z"])


async def test_what_it_continues_may_be_heard_later(gathering: Gathering, after: Gathering) -> None:
    await _with_places(gathering)
    await gathering.service.mongo["gathering"].delete_one({"_id": gathering.id})
    await after.hear((_on(after, NEXT, continues=gathering.id), 1))
    assert await _places(after) == ([], [])
    await gathering.hear((_on(gathering, FIRST), 2))
    assert (await _places(after))[0] == ["Zaal Ara"]


async def test_one_that_has_a_room_keeps_only_its_own(
    gathering: Gathering, after: Gathering
) -> None:
    await _with_places(gathering)
    await after.hear((_on(after, NEXT), 1))
    await after.client.post(f"/gatherings/{after.id}/rooms", json={"name": "Keuken", "capacity": 8})
    await after.hear((_on(after, NEXT, continues=gathering.id), 2))
    assert await _places(after) == (["Keuken"], [])

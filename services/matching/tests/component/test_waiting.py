"""Matching says what waits for staff: places to enter, people to ask, and sessions that too few
people join."""

from collections import Counter

from services.matching.tests.component.gathering import Gathering
from services.matching.tests.component.test_hosting import answered, published
from tests.probe import becomes

NOTHING: dict[str, int] = {}


async def waits(gathering: Gathering) -> dict[str, int]:
    """What was said last, by kind."""
    said = await gathering.said("staff-work")
    return {line["kind"]: line["count"] for line in said[-1]["lines"]} if said else {"": 0}


async def test_rooms_and_times_wait_until_there_are_both(gathering: Gathering) -> None:
    await gathering.hear((gathering.published(), 1))
    await becomes(lambda: waits(gathering), {"no_rooms": 1}, seconds=20)
    [said] = await gathering.said("staff-work")
    assert (said["service"], said["version"]) == ("matching", 1)
    assert said["lines"][0]["path"] == f"/g/{gathering.id}/rooms"
    await gathering.add_places()
    await becomes(lambda: waits(gathering), NOTHING, seconds=20)


async def test_a_session_that_nobody_leads_or_joins_waits(gathering: Gathering) -> None:
    asked = await published(gathering)
    [session] = await gathering.said("session-scheduled")
    seats = [
        gathering.sign_up(f"n{number}", session["session_id"])
        for number in range(session["capacity_min"])
    ]
    await becomes(lambda: waits(gathering), {"sessions_too_small": 1}, seconds=20)
    await gathering.hear(*((seat, 1) for seat in seats), (answered(asked, "no"), 1))
    await becomes(lambda: waits(gathering), {"hosts_to_ask": 1}, seconds=20)
    slot = asked["other_slots"][0]["slot_id"]
    await gathering.hear((answered(asked, "other_slot", slot_id=slot), 2))
    await becomes(lambda: waits(gathering), {"other_time_asked": 1}, seconds=20)
    await gathering.hear((answered(asked, "yes"), 3))
    await becomes(lambda: waits(gathering), NOTHING, seconds=20)
    said = await gathering.said("staff-work")
    assert Counter(one["version"] for one in said) == Counter(range(1, len(said) + 1))


async def test_nothing_waits_any_more_when_a_gathering_is_cancelled(gathering: Gathering) -> None:
    await gathering.hear((gathering.published(), 1))
    await becomes(lambda: waits(gathering), {"no_rooms": 1}, seconds=20)
    await gathering.hear((gathering.published(state="cancelled"), 2))
    await becomes(lambda: waits(gathering), NOTHING, seconds=20)

"""F13: records that cannot be handled, among many that can: exactly those are set aside, and the
others are hardly later for it."""

import asyncio
from datetime import datetime, timedelta

import pytest
from doorpakken_local.system import System

from tests.amounts import amount
from tests.fault.conftest import ScenarioOf
from tests.fault.facts import store_of
from tests.fault.injected import HEARERS, POISON, UNHANDLED, Injector, injector, sound, unhandled
from tests.fault.scenario import Scenario

SOUND = amount(usual=500, full=5000)
POISONED = amount(usual=5, full=50)
IN_A_ROW = 10
PAUSE_SECONDS = 0.1  # at most 100 a second: lateness is to come from poison, not from a crowd
LATE_SECONDS = 2.0
HANDLERS = ("matching", "notification")  # reporting folds what it hears, without any handler

pytestmark = pytest.mark.fault


async def test_f13_poison_among_sound_events(
    scenario: ScenarioOf, cleared: None, system: System
) -> None:
    async with scenario("F13") as run, injector(system) as aside:
        gathering_id = await run.desk.gathering()
        failing = {"FAILPOINTS": f"handler.entered=fail@{UNHANDLED}"}
        await asyncio.gather(*(run.restart(service, failing) for service in HANDLERS))
        sent_at = await say(run, aside, gathering_id)
        assert await aside.is_too_large(gathering_id)
        await run.quiet()
        late = [await seconds_late(system, service, sent_at) for service in HANDLERS]
        run.measure("late by", max(late), LATE_SECONDS)


async def say(run: Scenario, aside: Injector, gathering_id: str) -> dict[str, datetime]:
    """All of it, poison evenly among the rest; when each sound event was sent."""
    sent_at, every = {}, SOUND // POISONED
    for number in range(SOUND):
        sent_at[await aside.say(sound(gathering_id))] = datetime.now().astimezone()
        if number % every == every // 2:
            await poison(run, aside, gathering_id, number // every)
        if number % IN_A_ROW == 0:
            await asyncio.sleep(PAUSE_SECONDS)
    return sent_at


async def poison(run: Scenario, aside: Injector, gathering_id: str, number: int) -> None:
    """One more record that cannot be handled, each kind in its turn."""
    make = POISON[number % len(POISON)]
    message_id = await aside.say(make(gathering_id))
    for service in HANDLERS if make is unhandled else HEARERS:
        run.expected.poison[service].add(message_id)
    run.count(make.__name__.replace("_", " "), "kafka")


async def seconds_late(system: System, service: str, sent_at: dict[str, datetime]) -> float:
    """How long the slowest sound event took from being sent to being applied."""
    store = store_of(system, service)
    rows = await store["inbox"].find({"_id": {"$in": [*sent_at]}})
    store.close()
    assert {row["_id"] for row in rows} == sent_at.keys()
    waits: list[timedelta] = [row["at"] - sent_at[row["_id"]] for row in rows]
    return max(waits).total_seconds()

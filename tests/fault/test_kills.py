"""KILLS: the broker, the database and every service are killed in a drawn order within seconds, and
started again by the watch of `doorpakken up`, each on its own. Afterwards all of them hear."""

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from doorpakken_events.catalogue import SERVICES
from doorpakken_local.system import System
from doorpakken_local.watch import Watch

from tests.amounts import amount
from tests.fault.conftest import SEED, ScenarioOf
from tests.fault.crowd import Entry
from tests.fault.desk import Desk
from tests.fault.facts import store_of
from tests.fault.injected import HEARERS
from tests.fault.ledger import Account
from tests.fault.scenario import Scenario, watched
from tests.probe import becomes

ROUNDS = amount(usual=1, full=20)
WITHIN_SECONDS = amount(usual=3.0, full=10.0)
PARTS = ("kafka", "mongod", *SERVICES)
ENTERED_AFTER = 5
HEARD_AGAIN_SECONDS = 30.0
HEARD_SECONDS = 90.0
DEAF_SECONDS = 5.0
MUTANTS = Path(__file__).with_name("mutants")

pytestmark = pytest.mark.fault


@pytest.mark.timeout(amount(usual=300, full=3000))
async def test_everything_killed_in_a_drawn_order(scenario: ScenarioOf, system: System) -> None:
    chance = random.Random(SEED)
    async with scenario("KILLS") as run, watch(system):
        gathering_id = await run.desk.gathering()
        for _ in range(ROUNDS):
            async with run.crowd.entering(gathering_id):
                await run.crowd.grows_by(1)
                await strike_all(run, chance)
            async with run.timing("heard by all again after", HEARD_AGAIN_SECONDS):
                await heard_by_all(run, await run.crowd.enter(gathering_id, ENTERED_AFTER))
        await run.quiet()
        assert set(run.crowd.statuses) <= {201, 503, "cut off"}


@asynccontextmanager
async def watch(system: System) -> AsyncIterator[None]:
    """What `doorpakken up` does once everything runs."""
    watching = asyncio.create_task(Watch(system, limit=ROUNDS * 3).run())
    try:
        yield
    finally:
        watching.cancel()
        await asyncio.wait({watching})


async def strike_all(run: Scenario, chance: random.Random) -> None:
    """Every part once, at drawn moments."""
    order = chance.sample(PARTS, len(PARTS))
    moments = sorted(chance.uniform(0, WITHIN_SECONDS) for _ in order)
    for part, before, moment in zip(order, [0.0, *moments], moments, strict=False):
        await asyncio.sleep(moment - before)  # as drawn
        run.strike(part)


async def heard_by_all(
    run: Scenario, entries: Sequence[Entry], seconds: float = HEARD_SECONDS
) -> None:
    """Each service that should hear of these people does; whatever it says of itself."""
    ids = sorted(one.attendee_id for one in entries)
    await asyncio.gather(*(_heard(run.system, service, ids, seconds) for service in HEARERS))


async def _heard(system: System, service: str, ids: list[str], seconds: float) -> None:
    store = store_of(system, service)
    try:
        if service == "reporting":
            heard = lambda: store["attendee"].count({"_id": {"$in": ids}})  # noqa: E731
        else:
            subjects = [f"attendee/{one}" for one in ids]
            heard = lambda: store["inbox"].count({"subject": {"$in": subjects}})  # noqa: E731
        await becomes(heard, len(ids), seconds)
    finally:
        store.close()


async def test_who_goes_deaf_in_silence_is_noticed(system: System, desk: Desk) -> None:
    """The mutant of this fault: a service that a library ended in silence, as it was before."""
    async with watched(system, desk, Account("KILLS mutant")) as run:
        gathering_id = await run.desk.gathering()
        broken = {"PYTHONPATH": str(MUTANTS), "MUTANT": "deaf_in_silence"}
        await run.restart("matching", broken)
        entered = await run.crowd.enter(gathering_id, 1)
        with pytest.raises(AssertionError, match="still 0"):
            await heard_by_all(run, entered, DEAF_SECONDS)

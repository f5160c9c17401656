"""F06: a relay is halted in the middle of its work and wakes up after others did it."""

import asyncio

import pytest

from tests.amounts import amount
from tests.fault.conftest import ScenarioOf

SLEEPS = amount(usual=1, full=3)
SLEEP_SECONDS = amount(usual=12.0, full=15.0)  # longer than a lease, so that another one takes over
SAID_BEFORE = 20

pytestmark = pytest.mark.fault


async def test_f06_a_relay_that_sleeps_through_its_lease(scenario: ScenarioOf) -> None:
    async with scenario("F06") as run:
        gathering_id = await run.desk.gathering()
        other = run.system.instances[await run.add("registration")].url
        for _ in range(SLEEPS):
            async with run.crowd.entering(gathering_id, url=other):
                await run.crowd.grows_by(SAID_BEFORE)
                run.system.pause("registration")
                run.count("SIGSTOP", "registration")
                await asyncio.sleep(SLEEP_SECONDS)  # how long it is out of breath
                run.system.resume("registration")
            await run.quiet()

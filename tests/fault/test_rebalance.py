"""F14: one more consumer comes and goes while people are entered."""

import asyncio

import pytest

from tests.amounts import amount
from tests.fault.conftest import ScenarioOf

MOVES = amount(usual=2, full=12)
BETWEEN_SECONDS = amount(usual=2.0, full=5.0)
CAUGHT_UP_SECONDS = 30

pytestmark = pytest.mark.fault


async def test_f14_a_consumer_comes_and_goes(scenario: ScenarioOf) -> None:
    async with scenario("F14") as run:
        gathering_id = await run.desk.gathering()
        async with run.crowd.entering(gathering_id):
            for _ in range(MOVES // 2):
                added = await run.add("matching")
                run.count("joins", added)
                await asyncio.sleep(BETWEEN_SECONDS)
                await run.remove(added)
                run.count("leaves", added)
                await asyncio.sleep(BETWEEN_SECONDS)
        assert run.measure("caught up after seconds", await run.quiet()) <= CAUGHT_UP_SECONDS

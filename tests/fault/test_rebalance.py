"""F14: more consumers come and go while people are entered, at first more than there are shares."""

import asyncio

import pytest
from doorpakken_local.infrastructure import PARTITIONS

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
            for number in range(MOVES // 2):
                # Each says that it is ready, also the one that is left without a share.
                joining = [run.add("matching") for _ in range(1 if number else PARTITIONS)]
                added = await asyncio.gather(*joining)
                run.count("joins", ", ".join(added))
                await asyncio.sleep(BETWEEN_SECONDS)  # the pace of the moves
                await asyncio.gather(*map(run.remove, added))
                run.count("leaves", ", ".join(added))
                await asyncio.sleep(BETWEEN_SECONDS)  # the pace of the moves
        run.measure("caught up after", await run.quiet(), CAUGHT_UP_SECONDS)

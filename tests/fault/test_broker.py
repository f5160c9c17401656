"""F07: the broker is killed, and is away for a while; who enters people notices nothing."""

import asyncio

import pytest

from tests.amounts import amount
from tests.fault.conftest import ScenarioOf

KILLS = amount(usual=1, full=2)
AWAY_SECONDS = amount(usual=[6.0], full=[60.0, 60.0])
DRAINED_SECONDS = 30
ENTERED_BETWEEN = 20

pytestmark = pytest.mark.fault


async def test_f07_the_broker_is_killed_and_the_broker_is_away(scenario: ScenarioOf) -> None:
    async with scenario("F07") as run:
        gathering_id = await run.desk.gathering()
        for seconds in [0.0] * KILLS + AWAY_SECONDS:
            async with run.crowd.entering(gathering_id):
                await run.crowd.grows_by(ENTERED_BETWEEN)
                await run.crowd.sign_up(gathering_id)
                run.kill("kafka")
                await asyncio.sleep(seconds)  # how long it is away
                await run.start("kafka")
                await run.crowd.grows_by(ENTERED_BETWEEN)
            run.measure("drained after", await run.quiet(), DRAINED_SECONDS)
        assert set(run.crowd.statuses) == {201}

"""F01: registration is killed while people are entered; who asks again gets the same answer."""

import asyncio

import pytest

from tests.amounts import amount
from tests.fault.conftest import ScenarioOf

KILLS = amount(usual=2, full=20)
ENTERED_EACH = 25
READY_SECONDS = 5

pytestmark = pytest.mark.fault


async def test_f01_registration_killed_under_load(scenario: ScenarioOf) -> None:
    async with scenario("F01") as run:
        gathering_id = await run.desk.gathering()
        for _ in range(KILLS):
            entering = asyncio.create_task(run.crowd.enter(gathering_id, ENTERED_EACH))
            await run.crowd.grows_by(1)
            run.kill("registration")
            run.measure("ready after", await run.start("registration"), READY_SECONDS)
            await entering
        entries = run.crowd.entries
        assert len(entries) == KILLS * ENTERED_EACH
        assert await run.crowd.ask_again(entries) == [one.attendee_id for one in entries]
        assert set(run.crowd.statuses) <= {201, 503, "cut off"}

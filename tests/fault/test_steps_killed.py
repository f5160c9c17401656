"""F02, F03 and F04: kill -9 between two steps that belong together; what was half done is done once
and once only, and others are not held up for long."""

import asyncio

import pytest

from tests.amounts import amount
from tests.fault.conftest import ScenarioOf
from tests.fault.facts import store_of
from tests.fault.patience import PATIENCE_SECONDS
from tests.probe import eventually

RELAY_KILLS = amount(usual=1, full=10)
CONSUMER_KILLS = amount(usual=1, full=10)
TRANSACTION_KILLS = amount(usual=1, full=5)
ENTERED_EACH = 5
DRAINED_SECONDS = 10
GO_ON_SECONDS = 17  # the server ends what a dead client left open after 10 s, and looks every 5 s

pytestmark = pytest.mark.fault


async def test_f02_relay_killed_between_the_ack_and_the_mark(scenario: ScenarioOf) -> None:
    async with scenario("F02") as run:
        gathering_id = await run.desk.gathering()
        outbox = store_of(run.system, "registration")["outbox"]
        for _ in range(RELAY_KILLS):
            await run.quiet()
            await run.restart(
                "registration", {"FAILPOINTS": "relay.acknowledged=kill@attendee-registered"}
            )
            [entry] = await run.crowd.enter(gathering_id, 1)
            await run.dies("registration")
            assert await outbox.count({"key": entry.attendee_id, "state": "pending"}) == 1
            await run.start("registration")
            await run.crowd.enter(gathering_id, ENTERED_EACH)
            run.measure("drained after", await run.quiet(), DRAINED_SECONDS)
            assert await outbox.count({"key": entry.attendee_id, "state": "sent"}) == 1
            assert (await run.desk.figures("matching"))["inbox"]["duplicate"] >= 1


async def test_f03_consumer_killed_between_its_transaction_and_the_commit(
    scenario: ScenarioOf,
) -> None:
    async with scenario("F03") as run:
        gathering_id = await run.desk.gathering()
        for _ in range(CONSUMER_KILLS):
            await run.quiet()
            await run.restart("matching", {"FAILPOINTS": "consumer.applied=kill"})
            await run.crowd.enter(gathering_id, ENTERED_EACH)
            await run.dies("matching")
            await run.start("matching")
            await eventually(
                lambda: run.desk.figures("matching"),
                lambda seen: seen["lag"] == 0 and seen["inbox"]["duplicate"] >= 1,
                PATIENCE_SECONDS,
            )


async def test_f04_a_process_killed_inside_a_transaction(scenario: ScenarioOf) -> None:
    """The place that it was counting is free again in time for another instance."""
    async with scenario("F04") as run:
        gathering_id = await run.desk.gathering(capacity=1000)
        other = run.system.instances[await run.add("registration")].url
        for _ in range(TRANSACTION_KILLS):
            await run.restart(
                "registration", {"FAILPOINTS": "transaction.open=kill@attendee-registered"}
            )
            cut = asyncio.create_task(run.crowd.enter(gathering_id, 1))
            await run.dies("registration")
            async with run.timing("others went on after", GO_ON_SECONDS):
                await run.crowd.enter(gathering_id, ENTERED_EACH, url=other)
            await run.start("registration")
            await cut

"""F09, F10 and F11: the database is killed, is away for a while, or its word is lost on the way."""

import asyncio
from urllib.parse import urlsplit, urlunsplit

import pytest
from doorpakken_local.system import System

from tests.amounts import amount
from tests.fault.conftest import ScenarioOf
from tests.fault.facts import store_of
from tests.fault.injected import injector, sound
from tests.fault.proxy import CommitProxy

KILLS = amount(usual=1, full=3)
AWAY_SECONDS = amount(usual=6.0, full=60.0)
SAID_MEANWHILE = amount(usual=50, full=500)
COMMITS_LOST = amount(usual=4, full=20)
ENTERED_BETWEEN = 10

pytestmark = pytest.mark.fault


async def test_f09_the_database_is_killed(scenario: ScenarioOf) -> None:
    """Who enters people is told to wait, and never that something is broken."""
    async with scenario("F09") as run:
        gathering_id = await run.desk.gathering()
        for _ in range(KILLS):
            async with run.crowd.entering(gathering_id):
                await run.crowd.grows_by(ENTERED_BETWEEN)
                run.kill("mongod")
                await run.start("mongod")
                await run.crowd.grows_by(ENTERED_BETWEEN)
        assert set(run.crowd.statuses) <= {201, 503}


async def test_f10_the_database_is_away(scenario: ScenarioOf) -> None:
    """What is said meanwhile waits on the topics, and nothing of it is parked."""
    async with scenario("F10") as run, injector(run.system) as aside:
        gathering_id = await run.desk.gathering()
        await run.quiet()
        run.kill("mongod")
        for _ in range(SAID_MEANWHILE):
            await aside.say(sound(gathering_id))
        await asyncio.sleep(AWAY_SECONDS)  # how long it is away
        await run.start("mongod")
        run.measure("caught up after", await run.quiet())


async def test_f11_the_answer_to_a_commit_is_lost(scenario: ScenarioOf) -> None:
    """The service asks again, and everything is there once."""
    async with scenario("F11") as run:
        proxy = CommitProxy(run.system.ports.mongod)
        async with proxy.serving():
            gathering_id = await run.desk.gathering()
            await run.restart("registration", {"MONGODB_URI": through(proxy, run.system)})
            for number in range(1, COMMITS_LOST + 1):
                proxy.losing = 1
                await run.crowd.enter(gathering_id, 1)
                assert proxy.lost == number
                run.count("answer to a commit lost", "mongod")
            outbox = store_of(run.system, "registration")["outbox"]
            ids = [one.attendee_id for one in run.crowd.entries]
            said = await outbox.count({"key": {"$in": ids}, "topic": "attendee-registered"})
            assert said == COMMITS_LOST == run.crowd.statuses[201]
            await run.restore()


def through(proxy: CommitProxy, system: System) -> str:
    """Registration's own address of the database, by way of the proxy; told to look no further."""
    parts = urlsplit(system.access.mongodb_uri("registration"))
    login = parts.netloc.rpartition("@")[0]
    query = "authSource=registration&directConnection=true"
    return urlunsplit(parts._replace(netloc=f"{login}@127.0.0.1:{proxy.port}", query=query))

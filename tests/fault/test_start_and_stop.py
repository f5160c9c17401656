"""Services start before what they need and say what they wait for; asked to stop under load they do
so in time, and nothing is lost."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from doorpakken_events.catalogue import SERVICES

from tests.amounts import amount
from tests.fault.conftest import ScenarioOf
from tests.fault.scenario import Scenario
from tests.probe import eventually

STOP_SECONDS = 10
STOPS = amount(usual=1, full=5)
STOPPED = ("registration", "matching", "notification")
AT_ONCE = amount(usual=100, full=300)
MAILS = 12
ENTERED_BETWEEN = 30

pytestmark = pytest.mark.fault


async def test_services_wait_for_what_is_missing(scenario: ScenarioOf) -> None:
    async with scenario("START") as run:
        url = run.system.urls["registration"]
        for part in ("registration", "kafka", "mongod"):
            run.kill(part)
        starting = asyncio.create_task(run.start("registration"))
        missing = f"MongoDB at 127.0.0.1:{run.system.ports.mongod} does not answer"
        await asyncio.gather(*(waits_for(run.system.urls[name], missing) for name in SERVICES))
        await refuses_for_a_while(url)
        await run.start("mongod")
        await waits_for(url, f"Kafka at 127.0.0.1:{run.system.ports.kafka} does not answer")
        await run.crowd.enter(await run.desk.gathering(), 1)
        await run.start("kafka")
        await starting


async def waits_for(url: str, reason: str) -> None:
    """Until readiness names this reason, and no password with it."""
    async with httpx.AsyncClient(base_url=url) as client:

        async def reasons() -> str:
            try:
                answer = await client.get("/readyz")
            except httpx.TransportError as error:
                return type(error).__name__
            found = " ".join(answer.json()["reasons"])
            assert answer.status_code == (503 if found else 200)
            return found

        assert "password=" not in await eventually(reasons, lambda seen: reason in seen, 40)


async def refuses_for_a_while(url: str) -> None:
    """The process is well; programs are told when to come back, and people see a page."""
    async with httpx.AsyncClient(base_url=url) as client:
        assert (await client.get("/healthz")).status_code == 200
        program = await client.get("/api/v1/gatherings")
        assert (program.status_code, program.json()["slug"]) == (503, "store-unavailable")
        assert int(program.headers["Retry-After"]) > 0
        person = await client.get("/", headers={"Accept": "text/html"})
        assert person.status_code == 503
        assert "Deze pagina is er zo weer." in person.text


async def test_asked_to_stop_under_load(scenario: ScenarioOf) -> None:
    async with scenario("STOP") as run:
        gathering_id = await run.desk.gathering()
        for part in STOPPED * STOPS:
            async with run.crowd.entering(gathering_id):
                await asyncio.gather(*(run.crowd.sign_up(gathering_id) for _ in range(MAILS)))
                at_work = asyncio.create_task(
                    run.crowd.enter(gathering_id, AT_ONCE, at_once=AT_ONCE)
                )
                await run.crowd.grows_by(1)
                await stop(run, part)
                await run.start(part)
                await at_work
        assert set(run.crowd.statuses) <= {201, 503, "cut off"}


async def test_asked_to_stop_where_nothing_answers(scenario: ScenarioOf) -> None:
    async with scenario("STALL") as run:
        gathering_id = await run.desk.gathering()
        async with run.crowd.entering(gathering_id):
            await run.crowd.grows_by(ENTERED_BETWEEN)
            with halted(run, "kafka", "mongod"):
                await asyncio.gather(*(stop(run, part) for part in STOPPED))
            await asyncio.gather(*map(run.start, STOPPED))


@contextmanager
def halted(run: Scenario, *parts: str) -> Iterator[None]:
    """Meanwhile these take what is sent to them and do not answer."""
    for part in parts:
        run.system.pause(part)
        run.count("SIGSTOP", part)
    try:
        yield
    finally:
        for part in parts:
            run.system.resume(part)


async def test_everything_killed_at_once(scenario: ScenarioOf) -> None:
    async with scenario("ALL") as run:
        gathering_id = await run.desk.gathering()
        async with run.crowd.entering(gathering_id):
            await run.crowd.grows_by(ENTERED_BETWEEN)
            parts = (*SERVICES, "kafka", "mongod")
            for part in parts:
                run.kill(part)
            await asyncio.gather(*map(run.start, parts))
            await run.crowd.grows_by(ENTERED_BETWEEN)
        assert set(run.crowd.statuses) <= {201, 503, "cut off"}


async def stop(run: Scenario, part: str) -> None:
    """SIGTERM; it ends by itself and well, before `up` would end it (kill -9)."""
    [running] = [one for one in run.system.processes.list() if one.part.name == part]
    async with run.timing("stopped after", STOP_SECONDS):
        await run.system.stop_one(part)
    run.count("SIGTERM", part)
    assert running.process.returncode == 0

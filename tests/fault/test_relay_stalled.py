"""F24: a relay is halted with a record in its hand, wakes after others said something newer of the
same key, and writes what it has."""

from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest
from doorpakken_local.system import System

from tests.amounts import IS_FULL, amount
from tests.fault.conftest import ScenarioOf
from tests.fault.desk import Desk
from tests.fault.facts import gather
from tests.fault.invariants import Finding, i5_versions_only_rise
from tests.fault.ledger import Account
from tests.fault.scenario import Scenario, watched
from tests.probe import becomes

STALLS = amount(usual=1, full=3)
# It wakes with time left to send: nothing but the stamp of the record keeps it from being written.
HALT = {"FAILPOINTS": "relay.stamped=halt@person-contact", "RELAY_SEND_SECONDS": "120"}
TAKEN_OVER_SECONDS = 30.0

pytestmark = pytest.mark.fault


async def test_f24_a_relay_that_wakes_inside_a_send(scenario: ScenarioOf) -> None:
    async with scenario("F24") as run:
        other = run.system.instances[await run.add("registration")].url
        for _ in range(STALLS):
            began_at = datetime.now(UTC)
            await _stall(run, other, HALT)
            assert await _late_writes(run, began_at) == []


@pytest.mark.skipif(not IS_FULL, reason="the mutant of F24 takes a lease more")
async def test_a_late_write_is_noticed(system: System, desk: Desk) -> None:
    account = Account("F24 mutant")
    mutants = str(Path(__file__).with_name("mutants"))
    async with watched(system, desk, account) as run:
        other = run.system.instances[await run.add("registration")].url
        broken = {"PYTHONPATH": mutants, "MUTANT": "relay_stamps_nothing"}
        began_at = datetime.now(UTC)
        await _stall(run, other, HALT | broken)
        assert await _late_writes(run, began_at) != []


async def _stall(run: Scenario, other: str, settings: dict[str, str]) -> None:
    """The first instance is halted with somebody's name and address in hand; the other one takes
    over and erases them; then the first one goes on."""
    gathering_id = await run.desk.gathering()
    await run.restart("registration", settings)
    people = []
    while not _is_halted(run):
        people += await run.crowd.enter(gathering_id, 1, url=other)
    run.count("SIGSTOP inside a send", "registration")
    for one in people:
        erased = await run.desk.client.post(f"{other}/api/v1/persons/{one.person_id}/erase")
        assert erased.status_code == 202, erased.text
    run.expected.attendees.pop(gathering_id)
    await becomes(lambda: _pending(run, other), 0, TAKEN_OVER_SECONDS)
    run.system.resume("registration")
    await run.quiet()


async def _late_writes(run: Scenario, since: datetime) -> list[Finding]:
    """Judged at once: an erasure publishes its tombstone again after 90 seconds, and what was
    written late stands last no more."""
    return [*i5_versions_only_rise(await gather(run.system, since), run.expected)]


def _is_halted(run: Scenario) -> bool:
    (running,) = (one for one in run.system.processes.list() if one.part.name == "registration")
    return bool(psutil.Process(running.pid).status() == psutil.STATUS_STOPPED)


async def _pending(run: Scenario, url: str) -> int:
    answer = await run.desk.client.get(f"{url}/system/figures")
    pending: int = answer.json()["pending"]
    return pending

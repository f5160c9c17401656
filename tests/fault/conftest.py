"""What fault tests share: a desk at the system of the session, scenarios on it, and the sentence
that sums up the run."""

import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from doorpakken_local.commands import parked
from doorpakken_local.system import System

from tests.fault.desk import Desk
from tests.fault.ledger import Account, Ledger
from tests.fault.scenario import Scenario, watched

LEDGER = pytest.StashKey[Ledger]()
SEED = 20231006
FOLDER = Path(__file__).parent
TEST_SECONDS = 1200

ScenarioOf = Callable[[str], AbstractAsyncContextManager[Scenario]]


@pytest_asyncio.fixture
async def desk(system: System) -> AsyncIterator[Desk]:
    """Staff at registration."""
    opened = await Desk.open(system)
    yield opened
    await opened.close()


@pytest.fixture
def ledger(request: pytest.FixtureRequest) -> Ledger:
    """What is told at the end of the run."""
    return request.config.stash.setdefault(LEDGER, Ledger(SEED))


@pytest.fixture
def scenario(system: System, desk: Desk, ledger: Ledger) -> ScenarioOf:
    """Opens a scenario by its name; at its end every promise has to have been kept."""

    @asynccontextmanager
    async def of(name: str) -> AsyncIterator[Scenario]:
        account = Account(name)
        ledger.accounts.append(account)
        async with watched(system, desk, account) as opened:
            yield opened
        assert account.findings == []

    return of


@pytest_asyncio.fixture
async def cleared(system: System) -> AsyncIterator[None]:
    """Afterwards nothing is parked."""
    yield
    for message_id in {item["id"] for item in await parked.list_all(system.folder)}:
        await parked.act(system.folder, "discard", message_id)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A fault is given the time of a busy machine: what it took is a row of the report."""
    for item in items:
        if item.path.parent == FOLDER and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(TEST_SECONDS))


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Says what was done and what came of it; writes the whole account where FAULT_REPORT says."""
    ledger = config.stash.get(LEDGER, None)
    if ledger is None:
        return
    terminalreporter.section("faults")
    for account in ledger.accounts:
        terminalreporter.write_line(account.line)
    terminalreporter.write_line(ledger.sentence)
    if path := os.environ.get("FAULT_REPORT"):
        ledger.write(Path(path))

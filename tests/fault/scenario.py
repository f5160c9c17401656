"""One scenario: faults done to the running system and counted, then, when all is quiet again, the
facts and the invariants. Refuses to end with a part in another state than it found it in."""

import asyncio
import signal
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

import httpx
from doorpakken_events.catalogue import SERVICES
from doorpakken_local.demo.place import Place
from doorpakken_local.system import System
from doorpakken_plumbing.kafka.admin import lag_by_service

from tests.e2e.stores import mails_on_their_way
from tests.fault.crowd import Crowd
from tests.fault.desk import Desk
from tests.fault.facts import Facts, at_rest, gather
from tests.fault.invariants import Expected, check
from tests.fault.ledger import Account, Fault
from tests.probe import becomes, eventually

# How long a busy machine is waited for; how long it should take are rows of the report.
PATIENCE_SECONDS = 120.0


@dataclass
class Scenario:
    """What a test does to the system, and what it was promised meanwhile."""

    system: System
    desk: Desk
    account: Account
    expected: Expected = field(default_factory=Expected)
    crowd: Crowd = field(init=False)
    _began_at: float = field(default_factory=time.monotonic)
    _changed: set[str] = field(default_factory=set)
    _added: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.crowd = Crowd(self.desk.client, self.expected)

    def kill(self, part: str) -> None:
        """Ends a part at once (kill -9)."""
        self.system.kill(part)
        self.count("kill -9", part)

    def strike(self, part: str) -> None:
        """Ends a part at once, and leaves it to whoever watches the system to start it again."""
        self.system.processes.signal(part, signal.SIGKILL)
        self.count("kill -9", part)

    def count(self, what: str, part: str) -> None:
        """Writes down a fault that was done in another way."""
        seconds = round(time.monotonic() - self._began_at, 2)
        self.account.faults.append(Fault(what, part, seconds))

    def measure(
        self, name: str, value: float, target: float | None = None, unit: str = "s"
    ) -> None:
        """A row of the report."""
        self.account.measure(name, value, target, unit)

    @asynccontextmanager
    async def timing(self, name: str, target: float | None = None) -> AsyncIterator[None]:
        """Measures what is done meanwhile."""
        began_at = time.monotonic()
        yield
        self.measure(name, time.monotonic() - began_at, target)

    async def start(self, part: str) -> float:
        """Starts a part that is down; how many seconds it took to be ready."""
        began_at = time.monotonic()
        await self.system.start_one(part)
        self._changed.discard(part)
        return time.monotonic() - began_at

    async def restart(self, part: str, settings: Mapping[str, str]) -> None:
        """Has a part run with other settings until the scenario ends."""
        self._changed.add(part)
        await self.system.stop_one(part)
        await self.system.start_one(part, settings)

    async def dies(self, part: str) -> None:
        """Waits until the part has killed itself at a failpoint."""
        await becomes(lambda: self._is_alive(part), False, PATIENCE_SECONDS)
        self.count("kill -9 at a failpoint", part)

    async def add(self, service: str) -> str:
        """One more instance until the scenario ends; its name."""
        name = await self.system.add_instance(service)
        self._added.append(name)
        return name

    async def remove(self, name: str) -> None:
        """Stops an instance that was added."""
        self._added.remove(name)
        await self.system.remove_instance(name)

    async def quiet(self, seconds: float = PATIENCE_SECONDS) -> float:
        """Waits until everything said is heard and everything owed is sent; how long it took."""
        began_at = time.monotonic()
        await eventually(self._unrest, lambda left: not left, seconds)
        return time.monotonic() - began_at

    async def restore(self) -> None:
        """Every part runs again, as it did before."""
        await asyncio.gather(*map(self.remove, [*self._added]))
        await asyncio.gather(*map(self.system.stop_one, self._changed))
        alive = {one.part.name for one in self.system.processes.list() if one.is_alive()}
        for parts in (("mongod", "kafka"), SERVICES):
            dead = [part for part in parts if part not in alive]
            await asyncio.gather(*map(self.system.start_one, dead))

    async def _is_alive(self, part: str) -> bool:
        running = self.system.processes.list()
        return any(one.part.name == part and one.is_alive() for one in running)

    async def _unrest(self) -> dict[str, object]:
        try:
            figures = await asyncio.gather(*(self.desk.figures(service) for service in SERVICES))
        except httpx.HTTPError as error:
            return {"figures": repr(error)}  # one that starts, or waits for its database
        by_service = dict(zip(SERVICES, figures, strict=True))
        left: dict[str, object] = {
            service: {"pending": one["pending"], "lag": one["lag"]}
            for service, one in by_service.items()
            if one["pending"] or one["lag"] != 0
        }
        return left or await self._unrest_at_the_broker()

    async def _unrest_at_the_broker(self) -> dict[str, object]:
        """What no instance knows of: records of partitions that have no owner for the moment."""
        lag = await lag_by_service(self.system.access.kafka)
        mails = await mails_on_their_way(Place.of(self.system))
        unheard: dict[str, object] = {name: count for name, count in lag.items() if count}
        return unheard | ({"mails": mails} if mails else {})


@asynccontextmanager
async def watched(system: System, desk: Desk, account: Account) -> AsyncIterator[Scenario]:
    """A scenario from quiet to quiet; what was found is in its account afterwards."""
    scenario = Scenario(system, desk, account)
    await scenario.quiet()
    began_at = datetime.now(UTC)
    try:
        yield scenario
    finally:
        await scenario.restore()
    scenario.measure("quiet again after", await scenario.quiet())
    facts = await at_rest(scenario.quiet, lambda: gather(system, began_at))
    account.looked_at = _looked_at(facts, scenario.expected)
    account.findings = check(facts, scenario.expected)


def _looked_at(facts: Facts, expected: Expected) -> dict[str, int]:
    return {
        "writes acknowledged": len(expected.records),
        "records": len(facts.said),
        "outbox rows": sum(map(len, facts.outbox.values())),
        "inbox rows": sum(map(len, facts.inbox.values())),
        "documents refolded": len(facts.refolded),
        "mails": facts.mails.total(),
        "poison": sum(map(len, expected.poison.values())),
    }

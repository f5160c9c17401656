"""F27: a system that has run for years: signing up, a mail and an erasure look at as little as in a
new one. Counted in what the database examined; the seconds are rows of the report."""

from dataclasses import dataclass
from typing import Any

import pytest
from doorpakken_events.catalogue import SERVICES
from doorpakken_local.system import System
from pymongo import AsyncMongoClient

from tests.ageing import Age, age, rejuvenate
from tests.amounts import amount
from tests.fault.conftest import ScenarioOf
from tests.fault.facts import store_of
from tests.load.acts import Acts

OLD_ROWS = amount(usual=5_000, full=1_000_000)
BURST = amount(usual=10, full=200)
# A scan of what is old would look at all of it, each time.
MOST_EXAMINED = OLD_ROWS
RATIO_MOST = 1.5

pytestmark = pytest.mark.fault


@dataclass(frozen=True)
class Effort:
    """What the acts of people took: rows and keys that the database looked at, and seconds."""

    examined: int
    post_seconds: float
    mails_seconds: float
    erasure_seconds: float


async def test_f27_age(scenario: ScenarioOf, system: System) -> None:
    stores = {service: store_of(system, service) for service in SERVICES}
    async with scenario("F27") as run, Acts.on(system) as acts:
        await acts.warm_up(pages=False)
        young = await effort(system, acts)
        run.count(f"{OLD_ROWS} old rows", "stores")
        try:
            tenth = OLD_ROWS // 10
            await age(stores, Age(outbox=OLD_ROWS, heard=tenth, mails=tenth, erased=tenth))
            old = await effort(system, acts)
            await drop_pending_index(system)
            before = await examined(system)
            await acts.post()
            blind = await examined(system) - before
        finally:
            await run.restart("registration", {})  # it makes its indexes
            await rejuvenate(stores)
        for act in ("post", "mails", "erasure"):
            ratio = getattr(old, f"{act}_seconds") / getattr(young, f"{act}_seconds")
            run.measure(f"{act}, old to new", ratio, RATIO_MOST, "x")
        run.measure("examined more", max(0, old.examined - young.examined), MOST_EXAMINED, "rows")
        assert old.examined - young.examined < MOST_EXAMINED
        assert blind > MOST_EXAMINED, "a missing index is not noticed"
    for store in stores.values():
        store.close()


async def effort(system: System, acts: Acts) -> Effort:
    """Signs somebody up, mails a number of people and erases somebody."""
    before = await examined(system)
    posted, mailed, erased = await acts.post(), await acts.mail(BURST), await acts.erase()
    return Effort(await examined(system) - before, posted, mailed, erased)


async def drop_pending_index(system: System) -> None:
    """Has the relay of registration find what is pending by looking at everything."""
    async with AsyncMongoClient[dict[str, Any]](system.access.mongodb_admin_uri) as client:
        outbox = client["registration"]["outbox"]
        for name, index in (await outbox.index_information()).items():
            if index.get("partialFilterExpression") == {"state": "pending"}:
                await outbox.drop_index(name)


async def examined(system: System) -> int:
    """Rows and index keys that all queries since the database's start looked at."""
    async with AsyncMongoClient[dict[str, Any]](system.access.mongodb_admin_uri) as client:
        status = await client.admin.command("serverStatus")
    counted = status["metrics"]["queryExecutor"]
    return int(counted["scanned"]) + int(counted["scannedObjects"])

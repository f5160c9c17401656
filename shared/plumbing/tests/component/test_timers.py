"""A timer fires once, whoever watches, when domain time reaches it."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta

import pytest
from doorpakken_plumbing.messaging.transaction import Transaction, Transactions
from doorpakken_plumbing.mongo.database import Mongo
from doorpakken_plumbing.settings import ServiceSettings
from doorpakken_plumbing.time import clock
from doorpakken_plumbing.time.timers import Timer, Timers, cancel_timer, set_timer


class Stand:
    """Two replicas with timers over one database."""

    def __init__(self, mongo: Mongo, settings: ServiceSettings) -> None:
        self.mongo = mongo
        self.broken: set[str] = set()
        self.meanwhile: Callable[[], Awaitable[None]] | None = None
        self.transact = Transactions(mongo, "registration", settings, lambda: None).run
        handlers = {"close": self.on_due}
        self.replicas = [Timers(mongo, self.transact, settings, handlers) for _ in range(2)]

    async def on_due(self, tx: Transaction, timer: Timer) -> None:
        if timer.key in self.broken:
            raise LookupError
        if (meanwhile := self.meanwhile) is not None:
            self.meanwhile = None
            await meanwhile()
        await tx["fired"].insert_one({"timer": timer.key, **timer.data})

    async def fired(self) -> list[str]:
        return sorted([one["timer"] for one in await self.mongo["fired"].find({})])

    async def fire(self) -> None:
        await asyncio.gather(*(replica.fire_due() for replica in self.replicas))


@pytest.fixture
def stand(mongo: Mongo, settings_of: Callable[..., ServiceSettings]) -> Stand:
    return Stand(mongo, settings_of("registration"))


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    yield
    clock.set_offset(0, allowed=True)


async def test_each_fires_once_and_only_when_due(stand: Stand) -> None:
    async def work(tx: Transaction) -> None:
        for number in range(20):
            await set_timer(tx, f"t{number:02}", "close", clock.now() + timedelta(days=1))
        await set_timer(tx, "later", "close", clock.now() + timedelta(days=3))
        await set_timer(tx, "ended", "close", clock.now() + timedelta(days=1))
        await cancel_timer(tx, "ended")

    await stand.transact(work)
    await stand.fire()
    assert await stand.fired() == []
    clock.set_offset(2 * 24 * 3600, allowed=True)
    await stand.fire()
    await stand.fire()
    assert await stand.fired() == [f"t{number:02}" for number in range(20)]


async def test_one_that_fails_stays_due_and_holds_up_nobody(stand: Stand) -> None:
    async def work(tx: Transaction) -> None:
        for name in ("bad", "good"):
            await set_timer(tx, name, "close", clock.now())

    stand.broken.add("bad")
    await stand.transact(work)
    await stand.fire()
    assert await stand.fired() == ["good"]
    stand.broken.clear()
    await stand.fire()
    assert await stand.fired() == ["bad", "good"]


async def test_what_is_set_again_while_it_fires_fires_again(stand: Stand) -> None:
    """Whoever fires has not seen why it was set again, even where nothing in the row is new."""
    due = clock.now()

    async def owe(tx: Transaction) -> None:
        await set_timer(tx, "again", "close", due)

    again: list[asyncio.Task[None]] = []

    async def set_again() -> None:
        again.append(asyncio.create_task(stand.transact(owe)))
        # Either it is done before the one that fires commits, or it waits for that.
        await asyncio.wait(again, timeout=0.3)

    await stand.transact(owe)
    stand.meanwhile = set_again
    await stand.replicas[0].fire_due()
    await again[0]
    await stand.fire()
    assert await stand.fired() == ["again", "again"]

"""What does not fit one transaction: a run of events is halved, one event is set aside in the end,
and neither for a database that is slow for all."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import pytest_asyncio
from doorpakken_events.registration import AttendeeRegistered
from doorpakken_local.system import System
from doorpakken_plumbing.messaging import parking
from doorpakken_plumbing.messaging.applying import Applier
from doorpakken_plumbing.messaging.heard import Handlers, Message, ReceivedEvent
from doorpakken_plumbing.messaging.transaction import Transaction, Transactions
from doorpakken_plumbing.mongo.database import Mongo, PyMongoError
from doorpakken_plumbing.settings import Limits, ServiceSettings

from shared.plumbing.tests.saying import attendee, message

EVENTS = 24
HEAVY = "heavy"
LIFETIME_SECONDS = 1
WORK_SECONDS = 0.15  # of one event, so that only a few of them fit

Applying = Callable[..., Applier]


@pytest_asyncio.fixture
async def short_lives(infrastructure: System) -> AsyncIterator[None]:
    """Meanwhile the server ends transactions after a second."""
    owner = Mongo(infrastructure.access.mongodb_admin_uri, "admin", Limits())

    async def limit(seconds: int) -> None:
        await owner._client.admin.command(
            {"setParameter": 1, "transactionLifetimeLimitSeconds": seconds}
        )

    await limit(LIFETIME_SECONDS)
    yield
    await limit(10)
    owner.close()


@pytest.fixture
def applying(
    mongo: Mongo, settings_of: Callable[..., ServiceSettings], short_lives: None
) -> Applying:
    """What applies messages, with a handler that takes its time."""

    async def work(tx: Transaction, heard: ReceivedEvent[Any]) -> None:
        await asyncio.sleep(2.5 * LIFETIME_SECONDS if heard.aggregate_id == HEAVY else WORK_SECONDS)
        await tx["effects"].insert_one({"_id": heard.aggregate_id})

    def make(**more: Any) -> Applier:
        settings = settings_of("matching", transaction_seconds=LIFETIME_SECONDS, **more)
        transact = Transactions(mongo, "matching", settings, lambda: None).run
        handlers: Handlers = {AttendeeRegistered: work}
        return Applier(mongo, transact, settings, handlers=handlers, tombstones={}, projections={})

    return make


def said(*names: str) -> list[Message]:
    return [message(attendee(name), 1) for name in names]


async def test_a_run_that_does_not_fit_is_halved_in_its_order(
    mongo: Mongo, applying: Applying
) -> None:
    names = [f"a{number:02}" for number in range(EVENTS)]
    await applying().apply_all(said(*names))
    done = await mongo["effects"].find({}, sort=[("$natural", 1)])
    assert [row["_id"] for row in done] == names
    assert await parking.count_parked(mongo) == 0


async def test_one_event_that_never_fits_is_parked_and_the_others_are_not(
    mongo: Mongo, applying: Applying
) -> None:
    await applying(handler_tries=2).apply_all(said("before", HEAVY, "after"))
    [poison] = await parking.list_parked(mongo)
    assert poison["subject"] == f"attendee/{HEAVY}"
    assert poison["reason"].startswith("too heavy for one transaction: code 2")
    assert {row["_id"] for row in await mongo["effects"].find({})} == {"before", "after"}


async def test_a_database_that_is_slow_for_all_parks_nothing(
    mongo: Mongo, applying: Applying
) -> None:
    slow = applying(handler_tries=1, probe_seconds=1e-6)
    with pytest.raises(PyMongoError):
        await slow.apply_all(said(HEAVY))
    assert await parking.count_parked(mongo) == 0

"""F22: all sessions of a gathering are moved at once, and what notification owes to everybody who
signed up does not fit one transaction: it is halved until it fits, and never retried whole."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio
import structlog
from doorpakken_events.event import Event
from doorpakken_events.golden import EXAMPLE_OF
from doorpakken_events.golden.example import Example
from doorpakken_events.matching import SessionRescheduled, SessionScheduled
from doorpakken_events.registration import SessionJoined
from doorpakken_local.services import Instance
from doorpakken_local.system import System
from doorpakken_plumbing.messaging.applying import Applier
from doorpakken_plumbing.messaging.heard import Handler, ReceivedEvent
from doorpakken_plumbing.messaging.run_size import RunSize
from doorpakken_plumbing.messaging.transaction import Transaction, Transactions
from doorpakken_plumbing.settings import ServiceSettings

from tests.amounts import amount
from tests.contract.hearers import Ear, hearer, message_of
from tests.fault.facts import store_of
from tests.fault.ledger import Account, Fault, Ledger

SESSIONS = amount(usual=16, full=100)
SEATS = amount(usual=3, full=100)
# Of each session moved: a machine out of breath, so that also the small amount does not fit.
WORK_SECONDS = amount(usual=0.15, full=0.3)
LIFETIME_SECONDS = amount(usual=1, full=10)
APPLIED_SECONDS = 60
MUTANT_SECONDS = amount(usual=4, full=30)
HEARD_AT_ONCE = 64

pytestmark = pytest.mark.fault


@pytest_asyncio.fixture
async def ear(infrastructure: System) -> AsyncIterator[Ear]:
    """Notification's handlers on a database of this test; the server is short of time."""
    uri = infrastructure.access.mongodb_admin_uri
    async with (
        Ear(hearer("notification"), uri, f"heavy_{uuid4().hex[:8]}") as opened,
        lifetime(infrastructure, LIFETIME_SECONDS),
    ):
        yield opened


@asynccontextmanager
async def lifetime(system: System, seconds: int) -> AsyncIterator[None]:
    """Meanwhile the server ends transactions after so many seconds."""
    store = store_of(system, "admin")
    limit = {"setParameter": 1, "transactionLifetimeLimitSeconds": seconds}
    await store._client.admin.command(limit)
    try:
        yield
    finally:
        await store._client.admin.command(limit | {"transactionLifetimeLimitSeconds": 10})
        store.close()


@pytest.mark.timeout(amount(usual=300, full=1200))
async def test_f22_a_batch_too_heavy_for_one_transaction(
    infrastructure: System, ear: Ear, ledger: Ledger
) -> None:
    account = Account("F22", [Fault(f"{SESSIONS} sessions moved at once", "notification", 0)])
    ledger.accounts.append(account)
    moved = await everybody_seated(ear)
    began_at = time.monotonic()
    with structlog.testing.capture_logs() as said:
        await applier(infrastructure, ear).apply_all([message_of(one) for one in moved])
    account.measure("applied after", time.monotonic() - began_at, APPLIED_SECONDS)

    heavy = [line["events"] for line in said if line["event"].startswith("too heavy")]
    assert heavy.count(min(SESSIONS, HEARD_AT_ONCE)) == 1, "retried whole"
    mails = await ear.mongo["mails"].find({"kind": "confirmation"})
    assert [mail["session_version"] for mail in mails] == [2] * SESSIONS * SEATS
    assert await ear.mongo["parked"].count({}) == 0


async def test_who_never_halves_is_noticed(
    infrastructure: System, ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mutant of this fault."""
    monkeypatch.setattr(RunSize, "halve", lambda *_: None)
    moved = await everybody_seated(ear)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(MUTANT_SECONDS):
            await applier(infrastructure, ear).apply_all([message_of(one) for one in moved])
    assert await ear.mongo["mails"].count({"session_version": 2}) == 0


async def everybody_seated(ear: Ear) -> list[Example]:
    """Every session with its seats was heard; the events that move all of them."""
    numbers = count(1_000_000)
    before = [*sessions(numbers)]
    await ear.hear([*before, *seats(before, numbers)], most=HEARD_AT_ONCE)
    return [later(one, numbers) for one in before]


def sessions(numbers: Iterator[int]) -> Iterator[Example]:
    for number in range(SESSIONS):
        yield another(SessionScheduled, numbers, 1, session_id=f"s{number:03}")


def seats(before: list[Example], numbers: Iterator[int]) -> Iterator[Example]:
    for session in before:
        for number in range(SEATS):
            name = f"{session.event.key}-{number:03}"
            yield another(
                SessionJoined,
                numbers,
                1,
                sign_up_id=name,
                attendee_id=f"a{name}",
                session_id=session.event.key,
            )


def later(session: Example, numbers: Iterator[int]) -> Example:
    """The same session, an hour later."""
    fields = session.event.model_dump()
    times = {name: fields[name] + timedelta(hours=1) for name in ("starts_at", "ends_at")}
    event = SessionRescheduled(**fields | times | {"state": "rescheduled"})
    return replace(session, event=event, version=2, number=next(numbers))


def another(kind: type[Event], numbers: Iterator[int], version: int, **ids: Any) -> Example:
    golden = EXAMPLE_OF[kind.TOPIC]
    event = kind(**golden.event.model_dump() | ids)
    return replace(golden, event=event, version=version, number=next(numbers), because_of=None)


def applier(system: System, ear: Ear) -> Applier:
    """What the consumer of notification does with a batch, on this machine."""
    env = system.surroundings.env(Instance("notification", 1, 0))
    own: dict[str, Any] = {name.lower(): value for name, value in env.items()}
    own |= {"service": "notification", "transaction_seconds": LIFETIME_SECONDS}
    settings = ServiceSettings(**own)
    handlers = {event: partial(slowly, handler) for event, handler in ear.of.handlers.items()}
    transact = Transactions(ear.mongo, "notification", settings, lambda: None).run
    return Applier(
        ear.mongo,
        transact,
        settings,
        handlers=handlers,
        tombstones=ear.of.tombstones,
        projections=ear.of.projections,
    )


async def slowly(handler: Handler, tx: Transaction, heard: ReceivedEvent[Any]) -> None:
    await asyncio.sleep(WORK_SECONDS)  # what a machine out of breath takes
    await handler(tx, heard)

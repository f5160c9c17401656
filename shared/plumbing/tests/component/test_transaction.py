"""State and events commit together or not at all, and a second run gives the same ids."""

import asyncio
from collections.abc import Callable

import pytest
from doorpakken_plumbing.messaging.transaction import Transaction, Transactions
from doorpakken_plumbing.mongo.database import Document, DuplicateKeyError, Mongo, Session
from doorpakken_plumbing.settings import ServiceSettings

from shared.plumbing.tests.saying import attendee

SettingsOf = Callable[..., ServiceSettings]


@pytest.fixture
def transactions(mongo: Mongo, settings_of: SettingsOf) -> Transactions:
    return Transactions(mongo, "registration", settings_of("registration"), lambda: None)


async def test_state_and_events_commit_together(mongo: Mongo, transactions: Transactions) -> None:
    async def work(tx: Transaction) -> None:
        await tx["attendees"].insert_one({"_id": "a1"})
        tx.publish(attendee("a1"), 1)

    await transactions.run(work)
    rows = await mongo["outbox"].find({})
    assert await mongo["attendees"].count({}) == 1
    assert [(row["topic"], row["key"], row["version"], row["state"]) for row in rows] == [
        ("attendee-registered", "a1", 1, "pending")
    ]


async def test_a_failure_leaves_nothing_behind(mongo: Mongo, transactions: Transactions) -> None:
    async def work(tx: Transaction) -> None:
        await tx["attendees"].insert_one({"_id": "a1"})
        tx.publish(attendee("a1"), 1)
        raise LookupError

    with pytest.raises(LookupError):
        await transactions.run(work)
    assert await mongo["attendees"].count({}) == 0
    assert await mongo["outbox"].count({}) == 0


async def test_a_second_run_gives_the_same_ids(mongo: Mongo, transactions: Transactions) -> None:
    """Two writers of one document: the loser runs again and keeps its ids."""
    ids: dict[str, list[str]] = {"left": [], "right": []}
    met = asyncio.Barrier(2)
    await mongo["counters"].insert_one({"_id": "c", "n": 0})

    async def count(side: str) -> None:
        async def work(tx: Transaction) -> None:
            found = await tx["counters"].find_one({"_id": "c"})
            assert found is not None
            ids[side].append(tx.new_id())
            if len(ids[side]) == 1:
                await met.wait()
            await tx["counters"].update_one({"_id": "c"}, {"$set": {"n": found["n"] + 1}})
            tx.publish(attendee(side), 1)

        await transactions.run(work)

    await asyncio.gather(count("left"), count("right"))
    counter: Document | None = await mongo["counters"].find_one({"_id": "c"})
    assert counter == {"_id": "c", "n": 2}
    assert sorted(len(runs) for runs in ids.values())[-1] >= 2
    assert all(len(set(runs)) == 1 for runs in ids.values())
    assert await mongo["outbox"].count({}) == 2


async def test_a_bug_with_a_unique_key_does_not_run_for_ever(
    mongo: Mongo, transactions: Transactions
) -> None:
    runs = 0
    await mongo["attendees"].insert_one({"_id": "taken"})

    async def work(tx: Transaction) -> None:
        nonlocal runs
        runs += 1
        await tx["attendees"].insert_one({"_id": "taken"})

    with pytest.raises(DuplicateKeyError):
        await transactions.run(work)
    assert runs == 3


async def test_who_goes_away_during_a_commit_is_told_when_it_is_over(
    mongo: Mongo, transactions: Transactions, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_go_on = asyncio.Event(), asyncio.Event()
    commit = Transactions._commit

    async def slowly(self: Transactions, session: Session) -> None:
        begun.set()
        await may_go_on.wait()
        await commit(self, session)

    async def work(tx: Transaction) -> None:
        await tx["attendees"].insert_one({"_id": "a1"})
        tx.publish(attendee("a1"), 1)

    monkeypatch.setattr(Transactions, "_commit", slowly)
    asking = asyncio.create_task(transactions.run(work))
    await begun.wait()
    for _ in range(2):
        asking.cancel()
        await asyncio.wait({asking}, timeout=0.1)
    assert not asking.done(), "the session is given back while it commits"
    may_go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert await mongo["attendees"].count({}) == await mongo["outbox"].count({}) == 1

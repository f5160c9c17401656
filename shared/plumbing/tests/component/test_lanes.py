"""Lanes decide many commands in one transaction, in order; a bad command hurts nobody else."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from doorpakken_plumbing.http.errors import Busy, Conflict, Refusal
from doorpakken_plumbing.http.idempotency import Key, KeyReused, StoredResponse
from doorpakken_plumbing.messaging.lanes import Command, Lanes
from doorpakken_plumbing.messaging.transaction import Transaction, Transactions
from doorpakken_plumbing.mongo.database import Mongo
from doorpakken_plumbing.settings import ServiceSettings
from doorpakken_plumbing.time import clock


class Counting:
    """Numbers commands in a counter document, and notes the size of each batch."""

    def __init__(self) -> None:
        self.batches: list[int] = []

    async def decide(
        self, tx: Transaction, commands: Sequence[Command[str]]
    ) -> list[StoredResponse | Refusal]:
        self.batches.append(len(commands))
        if any(command.payload == "break" for command in commands):
            raise LookupError
        found = await tx["counter"].find_one({"_id": "c"}) or {"n": 0}
        answers: list[StoredResponse | Refusal] = []
        for command in commands:
            if command.payload == "refuse":
                answers.append(Conflict("no"))
                continue
            found["n"] += 1
            answers.append(StoredResponse(201, [command.payload, found["n"]]))
        await tx["counter"].update_one({"_id": "c"}, {"$set": {"n": found["n"]}}, upsert=True)
        return answers


@pytest.fixture
def lanes(mongo: Mongo, settings_of: Callable[..., ServiceSettings]) -> Lanes:
    settings = settings_of("registration", lane_limit=150)
    transactions = Transactions(mongo, "registration", settings, lambda: None)
    return Lanes(transactions.run, settings)


def key(name: str, body: str = "b") -> Key:
    return Key(name, body, clock.real_now() + timedelta(hours=1))


async def test_commands_are_decided_in_order_and_many_at_a_time(lanes: Lanes) -> None:
    counting = Counting()
    names = [f"n{number}" for number in range(120)]
    answers = await asyncio.gather(*(lanes.submit("l", one, counting.decide) for one in names))
    assert [one.body for one in answers if isinstance(one, StoredResponse)] == [
        [name, number] for number, name in enumerate(names, start=1)
    ]
    assert max(counting.batches) == 64
    assert sum(counting.batches) == 120


async def test_a_full_lane_refuses(lanes: Lanes) -> None:
    counting = Counting()
    given = await asyncio.gather(
        *(lanes.submit("l", f"n{number}", counting.decide) for number in range(160)),
        return_exceptions=True,
    )
    refused = [one for one in given if isinstance(one, Busy)]
    assert len(refused) == 10
    assert refused[0].headers == {"Retry-After": "1"}


async def test_one_that_breaks_hurts_nobody_else(lanes: Lanes, mongo: Mongo) -> None:
    counting = Counting()
    payloads = ["a", "break", "refuse", "b"]
    given = await asyncio.gather(
        *(lanes.submit("l", one, counting.decide) for one in payloads), return_exceptions=True
    )
    assert [type(one) for one in given] == [StoredResponse, LookupError, Conflict, StoredResponse]
    assert await mongo["counter"].find_one({}) == {"_id": "c", "n": 2}


async def test_a_known_key_gives_the_first_answer(lanes: Lanes, mongo: Mongo) -> None:
    counting = Counting()
    twice = await asyncio.gather(
        lanes.submit("l", "a", counting.decide, idempotency=key("k1")),
        lanes.submit("l", "a", counting.decide, idempotency=key("k1")),
    )
    later = await lanes.submit("l", "a", counting.decide, idempotency=key("k1"))
    assert [*twice, later] == [StoredResponse(201, ["a", 1])] * 3
    with pytest.raises(KeyReused):
        await lanes.submit("l", "b", counting.decide, idempotency=key("k1", "other"))
    assert await mongo["counter"].find_one({}) == {"_id": "c", "n": 1}

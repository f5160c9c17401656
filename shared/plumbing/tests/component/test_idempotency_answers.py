"""The same request twice, on the real database: one effect, and the first answer again."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from doorpakken_plumbing.http.errors import Busy, Conflict, Refusal
from doorpakken_plumbing.http.idempotency import (
    INDEXES,
    Key,
    KeyReused,
    StillRunning,
    StoredResponse,
    once,
)
from doorpakken_plumbing.messaging.lanes import Command, Lanes
from doorpakken_plumbing.messaging.transaction import Transaction, Transactions
from doorpakken_plumbing.mongo.database import Document, Mongo
from doorpakken_plumbing.settings import ServiceSettings
from doorpakken_plumbing.time import clock


class Registration:
    """What `once` needs of a service: transactions on a real database, and work to do in them."""

    def __init__(self, mongo: Mongo, settings: ServiceSettings) -> None:
        self.mongo = mongo
        self.transact = Transactions(mongo, "registration", settings, lambda: None).run
        self.lanes = Lanes(self.transact, settings)
        self.release = asyncio.Event()
        self.release.set()
        self.at_work = asyncio.Event()

    async def register(self, tx: Transaction) -> StoredResponse:
        self.at_work.set()
        await self.release.wait()
        made = tx.new_id()
        await tx["attendees"].insert_one({"_id": made})
        return StoredResponse(201, {"id": made, "at": clock.real_now()})

    async def attendees(self) -> list[Document]:
        return await self.mongo["attendees"].find({})


@pytest.fixture
async def here(mongo: Mongo, settings_of: Callable[..., ServiceSettings]) -> Registration:
    await mongo.make_indexes(INDEXES)
    return Registration(mongo, settings_of("registration"))


def key(name: str = "k-1", body: str = "a") -> Key:
    return Key(name, body, clock.real_now() + timedelta(hours=24))


async def test_the_first_answer_is_given_again(here: Registration) -> None:
    first = await once(here, key(), here.register)
    again = await once(here, key(), here.register)

    assert (again.status, again.body["id"]) == (201, first.body["id"])
    assert again.response().body == first.response().body
    assert len(await here.attendees()) == 1


async def test_without_a_key_every_request_counts(here: Registration) -> None:
    await once(here, None, here.register)
    await once(here, None, here.register)
    assert len(await here.attendees()) == 2


async def test_another_body_is_refused_and_does_nothing(here: Registration) -> None:
    await once(here, key(), here.register)
    with pytest.raises(KeyReused):
        await once(here, key(body="b"), here.register)
    assert len(await here.attendees()) == 1


async def test_one_still_at_work_is_said_to_be(here: Registration) -> None:
    here.release.clear()
    first = asyncio.create_task(once(here, key(), here.register))
    await here.at_work.wait()
    with pytest.raises(StillRunning):
        await once(here, key(), here.register)
    here.release.set()

    assert (await first).status == 201
    assert (await once(here, key(), here.register)).status == 201
    assert len(await here.attendees()) == 1


@pytest.mark.parametrize(
    "failure", [Conflict("Not now."), Busy("Later."), RuntimeError("a bug")], ids=repr
)
async def test_what_failed_is_tried_anew(here: Registration, failure: Exception) -> None:
    async def fail(tx: Transaction) -> StoredResponse:
        await here.register(tx)
        raise failure

    with pytest.raises(type(failure)):
        await once(here, key(), fail)

    assert (await once(here, key(), here.register)).status == 201
    assert len(await here.attendees()) == 1


async def test_a_5xx_is_not_kept(here: Registration) -> None:
    async def sorry(tx: Transaction) -> StoredResponse:
        return StoredResponse(503, {"detail": "Not now."})

    assert (await once(here, key(), sorry)).status == 503
    assert (await once(here, key(), here.register)).status == 201


async def test_a_race_between_two_replicas_has_one_effect(here: Registration) -> None:
    """The set of running keys is of one process; between two the database decides."""
    from doorpakken_plumbing.http import idempotency

    async def as_another_process() -> StoredResponse:
        asking = asyncio.create_task(once(here, key(), here.register))
        await asyncio.sleep(0)
        idempotency._running.clear()
        return await asking

    answers = await asyncio.gather(*(as_another_process() for _ in range(4)))

    assert len({answer.body["id"] for answer in answers}) == 1
    assert len(await here.attendees()) == 1


async def test_a_lane_gives_the_first_answer_again_and_refuses_another_body(
    here: Registration,
) -> None:
    async def decide(
        tx: Transaction, commands: Sequence[Command[str]]
    ) -> list[StoredResponse | Refusal]:
        return [await here.register(tx) for _ in commands]

    async def submit(name: str, body: str = "a") -> Any:
        try:
            return await here.lanes.submit("g-1", "x", decide, idempotency=key(name, body))
        except Refusal as refusal:
            return refusal

    answers = await asyncio.gather(
        submit("k-1"), submit("k-2"), submit("k-1"), submit("k-2", "b"), submit("k-3")
    )

    assert answers[0].body["id"] == answers[2].body["id"]
    assert isinstance(answers[3], KeyReused)
    assert len(await here.attendees()) == 3


async def test_answers_end_by_themselves(here: Registration, mongo: Mongo) -> None:
    await once(here, key(), here.register)
    (row,) = await mongo["idempotency"].find({})
    assert row["expires_at"] - row["created_at"] == pytest.approx(
        timedelta(hours=24), abs=timedelta(seconds=5)
    )
    assert INDEXES[0].expire_after_seconds == 0

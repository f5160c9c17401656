"""Whom a service forgot it forgets in its plumbing too, and what comes late brings nobody back."""

from typing import Any
from uuid import uuid4

from doorpakken_events.erasure import PersonErased
from doorpakken_events.event import Event
from doorpakken_events.registration import AttendeeRegistered, PersonContact
from doorpakken_plumbing.http.idempotency import Key, StoredResponse, remember
from doorpakken_plumbing.messaging import erasure, inbox, parking
from doorpakken_plumbing.messaging.heard import Handlers, Tombstones
from doorpakken_plumbing.messaging.inbox import Outcome
from doorpakken_plumbing.messaging.transaction import Transaction, Transactions
from doorpakken_plumbing.mongo.database import Document, Mongo
from doorpakken_plumbing.service import Parts
from doorpakken_plumbing.settings import Limits
from doorpakken_plumbing.time import clock
from doorpakken_plumbing.time.timers import set_timer
from uuid_utils import uuid7

from shared.plumbing.tests.component.conftest import StartService
from shared.plumbing.tests.saying import TOLD, attendee, gone, message, published
from tests.probe import becomes


def transactions_of(mongo: Mongo) -> Transactions:
    return Transactions(mongo, "registration", Limits(), nudge=lambda: None)


async def keep(tx: Transaction, heard: Any) -> None:
    """Stands for any handler."""
    await tx["heard"].replace_one(
        {"_id": heard.aggregate_id}, {"_id": heard.aggregate_id, "v": heard.version}, upsert=True
    )


async def drop(tx: Transaction, key: str) -> None:
    await tx["heard"].delete_one({"_id": key})


# A person and their sign-up.
GLADYS, JAN = [str(uuid7()), str(uuid7())], [str(uuid7()), str(uuid7())]

HEARD: list[type[Event]] = [AttendeeRegistered, PersonContact, PersonErased]
HANDLERS: Handlers = dict.fromkeys(HEARD, keep)
TOMBSTONES: Tombstones = {AttendeeRegistered: drop}


async def hear(mongo: Mongo, *messages: Any) -> list[Outcome]:
    async def work(tx: Transaction) -> list[Outcome]:
        return await inbox.apply(tx, messages, HANDLERS, TOMBSTONES)

    return await transactions_of(mongo).run(work)


async def test_late_children_of_an_erased_person_are_dropped(mongo: Mongo) -> None:
    erased = PersonErased(person_id="p-1", erased_at=clock.now())
    other = attendee("att-2", person_id="p-2")
    heard = await hear(
        mongo,
        message(attendee("att-1"), 1),
        message(erased, 1),
        message(attendee("late"), 1),
        message(other, 1),
    )
    assert heard == [Outcome.APPLIED, Outcome.APPLIED, Outcome.ERASED, Outcome.APPLIED]
    assert await hear(mongo, message(attendee("later"), 1)) == [Outcome.ERASED]
    found = await mongo["heard"].find({})
    assert {one["_id"] for one in found} == {"att-1", "att-2", "p-1"}


async def test_a_key_that_is_gone_is_somebody_who_is_gone(mongo: Mongo) -> None:
    await hear(mongo, gone(AttendeeRegistered, "att-1", 3))
    found = await transactions_of(mongo).run(lambda tx: erasure.is_erased(tx, "att-1"))
    assert found
    assert await hear(mongo, message(attendee("att-1"), 4)) == [Outcome.ERASED]


async def test_a_tombstone_does_not_wait_behind_poison(mongo: Mongo) -> None:
    poison = message(attendee("att-1"), 1)
    await transactions_of(mongo).run(
        lambda tx: parking.park(tx, poison, service="registration", reason="bad", tries=1)
    )
    assert await hear(mongo, message(attendee("att-1"), 2)) == [Outcome.QUEUED]
    assert await hear(mongo, gone(AttendeeRegistered, "att-1", 3)) == [Outcome.APPLIED]
    assert await mongo["parked"].count({}) == 0
    assert await mongo["outbox"].count({}) == 0, "what was told of the poison went too"
    assert await mongo["guards"].find({"_id": "attendee/att-1"}) == [
        {"_id": "attendee/att-1", "version": 3}
    ]


async def test_what_the_plumbing_keeps_of_a_person_goes(mongo: Mongo) -> None:
    transact = transactions_of(mongo).run
    await transact(lambda tx: _fill(tx, *GLADYS))
    await transact(lambda tx: _fill(tx, *JAN))

    async def forget(tx: Transaction) -> dict[str, int]:
        # Said and then gone in one transaction: only that it is gone is told.
        tx.publish(attendee(GLADYS[1]), 2)
        tx.publish_tombstones(AttendeeRegistered, GLADYS[1], 2)
        return await erasure.wipe(tx, GLADYS)

    wiped = await transact(forget)
    assert wiped == {"outbox": 2, "parked": 1, "idempotency": 1, "timers": 1}
    rows = await mongo["outbox"].find({})
    assert [JAN[1].encode() in row["payload"] for row in rows if row["aggregate"] == "parked"] == [
        True
    ]
    told = [(row["key"], row["payload"] is None) for row in rows if row["aggregate"] != "parked"]
    assert sorted(told) == sorted([*[(GLADYS[1], True)] * 4, (JAN[1], False), (JAN[0], False)])
    assert [row["key"] for row in await mongo["parked"].find({})] == [JAN[1]]
    assert await mongo["timers"].count({}) == await mongo["idempotency"].count({}) == 1


async def test_a_state_without_words_is_said_after_the_tombstones(mongo: Mongo) -> None:
    async def forget(tx: Transaction) -> None:
        tx.publish(attendee("att-1", interests=("zorg",)), 2)
        version = tx.publish_tombstones(AttendeeRegistered, "att-1", 2)
        tx.publish(attendee("att-1"), version + 1)
        await erasure.wipe(tx, ["p-1"])

    await transactions_of(mongo).run(forget)
    rows = await mongo["outbox"].find({}, sort=[("version", 1)])
    assert [(row["version"], row["payload"] is None) for row in rows] == [
        *((version, True) for version in (3, 4, 5, 6)),
        (7, False),
    ]


async def test_a_state_of_the_same_batch_that_still_had_the_words_is_not_said(mongo: Mongo) -> None:
    """Another event of the batch had something said of an aggregate that outlives the person."""

    async def batch(tx: Transaction) -> None:
        tx.publish(attendee("att-2", interests=("what p-1 said",)), 2)
        tx.publish(attendee("att-2"), 3)
        await erasure.wipe(tx, ["p-1"])

    await transactions_of(mongo).run(batch)
    rows = await mongo["outbox"].find({})
    assert [(row["key"], row["version"]) for row in rows] == [("att-2", 3)]


async def test_a_tombstone_that_is_still_to_be_sent_is_not_wiped(mongo: Mongo) -> None:
    transact = transactions_of(mongo).run

    async def forget(tx: Transaction) -> None:
        tx.publish_tombstones(AttendeeRegistered, "att-1", 2)
        await erasure.wipe(tx, ["att-1"])

    async def forget_again(tx: Transaction) -> None:
        await erasure.wipe(tx, ["att-1"])

    await transact(forget)
    await transact(forget_again)
    assert await mongo["outbox"].count({"key": "att-1", "payload": None}) == 4


async def _fill(tx: Transaction, person_id: str, attendee_id: str) -> None:
    """Something of a person in each place."""
    somebody = attendee(attendee_id, person_id=person_id)
    tx.publish(somebody, 1)
    tx.publish(PersonContact(person_id=person_id, name="Gladys", language="nl"), 1)
    await parking.park(tx, message(somebody, 1), service="registration", reason="bad", tries=1)
    await set_timer(tx, f"t-{person_id}", "kind", clock.now(), {"n": 1, "who": attendee_id})
    key = Key(uuid4().hex, "hash", clock.real_now())
    body: Document = {"id": attendee_id, "person_id": person_id}
    await remember(tx, [(key, StoredResponse(201, body))])


async def test_a_confirmation_is_said_once_and_counts(mongo: Mongo) -> None:
    transact = transactions_of(mongo).run

    async def confirm(tx: Transaction) -> None:
        erasure.confirm(tx, "p-1", {"contacts": 2, "nothing": 0})

    await transact(confirm)
    (row,) = await mongo["outbox"].find({})
    said = published(row)
    assert said["service"] == "registration"
    assert said["person_id"] == "p-1"
    assert said["erased"] == {"contacts": 2}
    assert row["version"] == 1


async def test_poison_of_somebody_gone_is_not_parked_again(start: StartService) -> None:
    saying = await start("registration")
    hearing = await start(
        "matching", Parts(handlers=dict.fromkeys(TOLD, keep), tombstones=TOMBSTONES)
    )

    async def forget(tx: Transaction) -> None:
        tx.publish(attendee("att-1"), 1)
        tx.forget(AttendeeRegistered, "att-1", 3)

    await saying.transact(forget)
    known = hearing.mongo["guards"]
    await becomes(lambda: known.count({"_id": "attendee/att-1", "version": 3}), 1)
    poison = message(attendee("att-1"), 2)
    topic = hearing.settings.topic(poison.topic)
    await (await saying.writer.send(topic, "att-1", b"{", list(poison.headers)))

    async def outcomes() -> tuple[int, int]:
        return hearing.consumer.counts[Outcome.SUPERSEDED], await hearing.mongo["parked"].count({})

    await becomes(outcomes, (1, 0))

"""What the plumbing does costs the same beside a hundred thousand finished rows: each query looks
only at what it finds, as the server's own profile tells."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from doorpakken_events.registration import AttendeeRegistered
from doorpakken_plumbing.http.idempotency import Key, StoredResponse, find_known, remember
from doorpakken_plumbing.messaging import erasure, inbox, parking
from doorpakken_plumbing.messaging.outbox import SHARDS
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Document
from doorpakken_plumbing.service import Parts, Service
from doorpakken_plumbing.settings import ServiceSettings
from doorpakken_plumbing.system import figures
from doorpakken_plumbing.time import clock
from doorpakken_plumbing.time.timers import set_timer
from pymongo import MongoClient
from pymongo.database import Database

from shared.plumbing.tests.component.conftest import StartService
from shared.plumbing.tests.saying import attendee, message
from tests.probe import becomes

FINISHED = 100_000
# Keys or documents that one of these queries looks at; each is after a few rows.
LOOKED_AT_MOST = 40
PERSON, ATTENDEE, POISONED, BROKEN = (f"01890000-0000-7000-8000-00000000000{n}" for n in range(4))
# Read whole at any age, and why they are small.
SMALL = {
    "relay_members": "a row for each replica",
    "staff_revocations": "a row for each session that ended early, for an hour",
}


@pytest.fixture
def raw(settings_of: Callable[..., ServiceSettings]) -> Iterator[Database[Document]]:
    """The database of registration in this test, entered by its owner."""
    settings = settings_of("registration")
    with MongoClient[Document](settings.mongodb_uri.get_secret_value()) as client:
        yield client[settings.mongodb_database]


async def test_each_query_finds_its_rows_beside_many_finished_ones(
    start: StartService, raw: Database[Document]
) -> None:
    service = await start("registration", Parts(timers={"close": _nothing}))
    _grow_old(raw)
    raw.command("profile", 2)
    await _send_and_bury(service)
    await _hear_and_park(service)
    await _answer_and_fire(service)
    await service.transact(lambda tx: erasure.wipe(tx, [PERSON, ATTENDEE, POISONED]))
    await figures(service)
    raw.command("profile", 0)
    done = _queries(raw)
    assert {"outbox", "idempotency", "timers", "parked", "inbox"} <= {one["on"] for one in done}
    assert [one for one in done if _looks_around(one)] == []


async def _send_and_bury(service: Service) -> None:
    """Rows that go, one that can never go, and one that waits behind it."""

    async def say(tx: Transaction) -> None:
        tx.publish(attendee(ATTENDEE, person_id=PERSON), 1)
        tx.publish(attendee(ATTENDEE, person_id=PERSON), 2)
        tx.publish(attendee(BROKEN), 1)
        tx.publish(attendee(BROKEN), 2)
        tx._pending[2]["payload"] = b"{}"

    await service.transact(say)
    gone = {"key": {"$in": [ATTENDEE, BROKEN]}, "state": {"$in": ["sent", "dead"]}}
    await becomes(lambda: service.mongo["outbox"].count(gone), 3)


async def _hear_and_park(service: Service) -> None:
    """Poison, what waits behind it, and what staff do with it."""
    poison, behind = (message(attendee(POISONED), version) for version in (1, 2))

    async def park(tx: Transaction) -> None:
        await parking.park(tx, poison, service="registration", reason="bad", tries=1)

    async def hear(tx: Transaction) -> None:
        await inbox.apply(tx, [behind], {AttendeeRegistered: _nothing}, {})

    await service.transact(park)
    await service.transact(hear)
    assert [row["waiting_behind"] for row in await parking.list_parked(service.mongo)] == [1]
    await service.transact(lambda tx: parking.ask_retry(tx, poison.id))
    subject = await parking.next_retrying(service.mongo)
    assert subject
    assert await parking.first_in_line(service.mongo, subject)
    await service.transact(lambda tx: parking.put_back(tx, poison, "again"))


async def _answer_and_fire(service: Service) -> None:
    """A stored answer and a timer of the one who is forgotten next, and a timer that is due."""
    key = Key("k-1", "hash", clock.real_now() + timedelta(hours=1))

    async def keep(tx: Transaction) -> None:
        await remember(tx, [(key, StoredResponse(201, {"person_id": PERSON}))])
        await set_timer(tx, "due", "close", clock.now())
        later = clock.now() + timedelta(days=1)
        await set_timer(tx, "later", "close", later, {"person_id": PERSON})

    await service.transact(keep)
    assert await find_known(service.mongo, [key])
    service.timers.nudge()
    await becomes(lambda: service.mongo["timers"].count({"_id": "due"}), 0)


async def _nothing(_tx: Transaction, _what: Any) -> None:
    """Stands for any handler."""


def _grow_old(raw: Database[Document]) -> None:
    """Rows as they stand when their work is done, or far from due."""
    far = {"$literal": clock.real_now() + timedelta(days=300)}
    sent = {"state": "sent", "aggregate": "attendee", "version": {"$literal": 1}, "sent_at": far}
    _fill(raw, "outbox", sent | {"shard": {"$mod": ["$i", SHARDS]}, "key": {"$toString": "$i"}})
    _fill(raw, "idempotency", {"body": "{}", "mentions": ["$i"], "expires_at": far})
    _fill(raw, "timers", {"kind": "close", "mentions": ["$i"], "due": far})


def _fill(raw: Database[Document], collection: str, row: Document) -> None:
    raw.aggregate(
        [
            {"$documents": [{"i": {"$range": [0, FINISHED]}}]},
            {"$unwind": "$i"},
            {"$project": row | {"_id": {"$concat": ["finished-", {"$toString": "$i"}]}}},
            {"$merge": {"into": {"db": raw.name, "coll": collection}, "whenMatched": "fail"}},
        ]
    )


def _queries(raw: Database[Document]) -> list[Document]:
    """Every query of the service that the server carried out, with what it looked at."""
    shown = ("op", "planSummary", "keysExamined", "docsExamined", "command")
    return [
        {"on": row["ns"].partition(".")[2]} | {name: row[name] for name in shown if name in row}
        for row in raw["system.profile"].find({"planSummary": {"$exists": True}})
        if not row["ns"].endswith(".system.profile")
    ]


def _looks_around(query: Document) -> bool:
    """Whether it looked at more than an index led it to."""
    looked_at = max(query["keysExamined"], query["docsExamined"])
    is_scan = "COLLSCAN" in query["planSummary"] and query["on"] not in SMALL
    return is_scan or looked_at > LOOKED_AT_MOST

"""What topics, stores and the mailbox show of everything said since a moment: read from outside, as
any integration or operator could. What it means is for the invariants to say."""

import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

import httpx
from doorpakken_events.catalogue import CATALOGUE, SERVICES
from doorpakken_local.system import System
from doorpakken_plumbing.kafka.admin import history, lag_by_service
from doorpakken_plumbing.messaging.heard import Message, message_of
from doorpakken_plumbing.messaging.outbox import UNSENT
from doorpakken_plumbing.messaging.projection import fold
from doorpakken_plumbing.mongo.database import Document, Mongo
from doorpakken_plumbing.settings import Limits
from doorpakken_reporting.projections import PROJECTIONS

TOPICS = [topic.name for topic in CATALOGUE.values() if topic.event]
MAIL_DOMAIN = "zoiszuidoost.example"
# An erasure publishes its tombstone again after 90 seconds; a scenario of erasures takes minutes.
REST_SECONDS = 240.0

Place = tuple[str, str]  # aggregate and id


@dataclass(frozen=True)
class Facts:
    """`said` is every record since, a repeated one as often as it stands there; rows of stores are
    by service; `picture` is reporting's own, `refolded` what a fresh fold of the topics gives;
    mails are counted by Message-ID and, as `letters`, by address."""

    said: Sequence[Message]
    outbox: Mapping[str, Sequence[Document]]
    inbox: Mapping[str, Sequence[Document]]
    parked: Mapping[str, Sequence[Document]]
    picture: Mapping[Place, Document]
    refolded: Mapping[Place, Document]
    mails: Counter[str]
    letters: Counter[str]
    sent: frozenset[str]
    set_apart: frozenset[str]
    attendees: Sequence[Document]
    sessions: Sequence[Document]
    sign_ups: Sequence[Document]
    pending: Mapping[str, int]
    lag: Mapping[str, int]


def store_of(system: System, database: str) -> Mongo:
    """A database, that of a service by its name, entered as the owner of all."""
    return Mongo(system.access.mongodb_admin_uri, database, Limits())


async def at_rest(
    quiet: Callable[[], Awaitable[object]], look: Callable[[], Awaitable[Facts]]
) -> Facts:
    """Facts of a moment in which nobody published anything. A timer of an earlier test may fire
    while we look: then all is looked at again."""
    until = time.monotonic() + REST_SECONDS
    while time.monotonic() < until:
        began_at = datetime.now(UTC)
        await quiet()
        facts = await look()
        if not any(row["created_at"] >= began_at for rows in facts.outbox.values() for row in rows):
            return facts
    raise AssertionError(f"something was published during each look of {REST_SECONDS:g} s")


async def gather(system: System, since: datetime) -> Facts:
    """All of it; the system should be quiet."""
    stores = {service: store_of(system, service) for service in SERVICES}
    try:
        return await _gather(system, stores, since)
    finally:
        for store in stores.values():
            store.close()


async def _gather(system: System, stores: Mapping[str, Mongo], since: datetime) -> Facts:
    records = await history(system.access.kafka, TOPICS)
    fresh = [one for one in records if one.timestamp >= since.timestamp() * 1000]
    said = [message_of(record, prefix="") for record in fresh]
    registration, notification = stores["registration"], stores["notification"]
    sent = await notification["mails"].find({"state": "sent", "owed_at": {"$gte": since}})
    apart = await notification["mails"].find(
        {"needs_staff": True, "state": "stopped", "owed_at": {"$gte": since}}
    )
    mails = await _mails(system, since)
    return Facts(
        said=said,
        inbox=await _rows(stores, "inbox", {"at": {"$gte": since}}),
        parked=await _rows(stores, "parked", {"parked_at": {"$gte": since}}),
        picture=await _picture(stores["reporting"], said),
        refolded=await _refold(system, said),
        mails=Counter(one["message_id"] for one in mails),
        letters=Counter(address for one in mails for address in one["to"]),
        sent=frozenset(f"<{row['mail_id']}@{MAIL_DOMAIN}>" for row in sent),
        set_apart=frozenset(row["_id"] for row in apart),
        attendees=await registration["attendees"].find({"registered_at": {"$exists": True}}),
        sessions=await registration["sessions"].find({}),
        sign_ups=await registration["sign_ups"].find({}),
        pending=await _counts(stores, "outbox", {"state": UNSENT}),
        lag=await lag_by_service(system.access.kafka),
        # Last: here stands whatever was said while all else was read.
        outbox=await _rows(stores, "outbox", {"created_at": {"$gte": since}}),
    )


async def _rows(
    stores: Mapping[str, Mongo], collection: str, match: Document
) -> dict[str, list[Document]]:
    return {service: await store[collection].find(match) for service, store in stores.items()}


async def _counts(stores: Mapping[str, Mongo], collection: str, match: Document) -> dict[str, int]:
    return {service: await store[collection].count(match) for service, store in stores.items()}


def _folded(said: Sequence[Message]) -> list[Message]:
    return [one for one in said if one.event in PROJECTIONS and not one.problem]


async def _picture(store: Mongo, said: Sequence[Message]) -> dict[Place, Document]:
    """The documents of every aggregate that something was said of."""
    ids: dict[str, set[str]] = {}
    for message in _folded(said):
        assert message.event is not None
        ids.setdefault(message.event.AGGREGATE, set()).add(message.key)
    return {
        (aggregate, document["_id"]): document
        for aggregate, keys in ids.items()
        for document in await store[aggregate].find({"_id": {"$in": sorted(keys)}})
    }


async def _refold(system: System, said: Sequence[Message]) -> dict[Place, Document]:
    """The same documents, made anew in a database of their own."""
    fresh = store_of(system, f"refold_{uuid4().hex[:12]}")
    try:
        await fold(fresh, _folded(said), PROJECTIONS)
        found = await _picture(fresh, said)
        for aggregate in {aggregate for aggregate, _ in found}:
            await fresh[aggregate].delete_many({})
        return found
    finally:
        fresh.close()


async def _mails(system: System, since: datetime) -> list[Document]:
    async with httpx.AsyncClient(timeout=30) as client:
        answer = await client.get(f"{system.access.mailbox_url}/api/mails")
    items: list[Document] = answer.json()["items"]
    return [one for one in items if datetime.fromisoformat(one["received_at"]) >= since]

"""Parks poison messages with their whole aggregate, across topics, while everything else goes on.
Later events of a parked aggregate queue until staff retry or discard."""

import base64
from collections.abc import Mapping, Sequence

from doorpakken_events.catalogue import CATALOGUE, PARKED_PREFIX
from doorpakken_events.parked import ParkedRecord

from doorpakken_plumbing.http.errors import NotFound
from doorpakken_plumbing.messaging import outbox
from doorpakken_plumbing.messaging.heard import Message, read_message
from doorpakken_plumbing.messaging.mentions import MENTIONS, ids_in, mentions
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, Document, Documents, Index
from doorpakken_plumbing.time import clock

PARKED = "parked"
GUARDS = "guards"
# Excludes messages that only queue behind poison.
POISON = {"$in": ["parked", "retrying"]}

INDEXES = (
    Index(PARKED, [("subject", ASCENDING), ("version", ASCENDING)]),
    Index(PARKED, [("state", ASCENDING), ("parked_at", ASCENDING)]),
    Index(PARKED, [(MENTIONS, ASCENDING)]),
)

# Base64 adds a third, and a record has at most 256 KiB.
TOLD_LIMIT_BYTES = 128 * 1024
# Never copied to the parked topic.
PRIVATE_TOPICS = frozenset(one.name for one in CATALOGUE.values() if one.has_addresses)


async def park(tx: Transaction, message: Message, *, service: str, reason: str, tries: int) -> None:
    """Blocks the aggregate and reports the message on the parked topic. Idempotent: a message
    delivered again after a crash is parked already."""
    known = {"_id": message.id, "state": {"$ne": "queued"}}
    if await tx[PARKED].find_one(known, projection={"_id": 1}):
        return
    row = _row(message, "parked") | {"reason": reason, "tries": tries}
    await tx[PARKED].replace_one({"_id": message.id}, row, upsert=True)
    await tx[GUARDS].update_one({"_id": message.subject}, {"$set": {"parked": True}}, upsert=True)
    tx.enqueue(_told(message, service=service, reason=reason, tries=tries, event_id=tx.new_id()))


async def park_behind(tx: Transaction, message: Message) -> None:
    row = _row(message, "queued")
    await tx[PARKED].replace_one({"_id": message.id}, row, upsert=True)


async def list_parked(documents: Documents, *, limit: int = 200) -> list[Document]:
    """Oldest first, without raw values; `waiting_behind` counts the messages queued behind."""
    hidden = {"value": 0, "headers": 0}
    rows = await documents[PARKED].find(
        {"state": POISON}, sort=[("parked_at", 1)], limit=limit, projection=hidden
    )
    for row in rows:
        behind = {"subject": row["subject"], "state": "queued"}
        row["waiting_behind"] = await documents[PARKED].count(behind)
    return rows


async def count_parked(documents: Documents) -> int:
    return await documents[PARKED].count({"state": POISON})


async def ask_retry(tx: Transaction, message_id: str) -> str:
    """Has the aggregate replayed in order; returns its subject. Raises NotFound."""
    row = await _get_poison(tx, message_id)
    await tx[PARKED].update_many({"subject": row["subject"]}, {"$set": {"state": "retrying"}})
    return str(row["subject"])


async def discard(tx: Transaction, message_id: str) -> str:
    """Deletes one poison message and has the rest of its aggregate replayed; returns the subject.
    Raises NotFound."""
    row = await _get_poison(tx, message_id)
    await tx[PARKED].delete_one({"_id": message_id})
    await tx[PARKED].update_many({"subject": row["subject"]}, {"$set": {"state": "retrying"}})
    await release_if_empty(tx, row["subject"])
    return str(row["subject"])


async def next_retrying(documents: Documents) -> str | None:
    row = await documents[PARKED].find_one({"state": "retrying"}, projection={"subject": 1})
    return str(row["subject"]) if row else None


async def first_in_line(documents: Documents, subject: str) -> Message | None:
    row = await documents[PARKED].find_one(
        {"subject": subject}, sort=[("version", ASCENDING), ("_id", ASCENDING)]
    )
    return _message(row) if row else None


async def take_out(tx: Transaction, message: Message) -> None:
    await tx[PARKED].delete_one({"_id": message.id})
    await release_if_empty(tx, message.subject)


async def put_back(tx: Transaction, message: Message, reason: str) -> None:
    """After a failed replay: the message is poison again, and those behind it wait."""
    behind = {"subject": message.subject, "_id": {"$ne": message.id}}
    await tx[PARKED].update_many(behind, {"$set": {"state": "queued"}})
    await tx[PARKED].update_one(
        {"_id": message.id},
        {"$set": {"state": "parked", "reason": reason}, "$inc": {"tries": 1}},
    )


async def drop_older(tx: Transaction, subject: str, version: int) -> bool:
    """Drops parked messages older than the tombstone at `version`, so that it does not queue behind
    them. Returns whether the subject is free."""
    await _drop(tx, {"subject": subject, "version": {"$lt": version}})
    await release_if_empty(tx, subject)
    return not await tx[PARKED].count({"subject": subject})


async def drop_gone(tx: Transaction, gone: Mapping[str, int]) -> None:
    for subject, version in gone.items():
        await drop_older(tx, subject, version)


async def drop_parked_of(tx: Transaction, ids: Sequence[str]) -> int:
    """Drops parked records that mention one of these ids, and has what queued behind them replayed.
    Returns how many mentioned one."""
    about = await tx[PARKED].find(mentions(ids), projection={"subject": 1})
    await _drop(tx, {"_id": {"$in": [row["_id"] for row in about]}})
    for subject in sorted({row["subject"] for row in about}):
        await tx[PARKED].update_many({"subject": subject}, {"$set": {"state": "retrying"}})
        await release_if_empty(tx, subject)
    return len(about)


async def drop_told(tx: Transaction, ids: Sequence[str]) -> int:
    """Drops reports of parked records that mention one of these ids, also of those that staff
    released before. Returns how many."""
    return await tx[outbox.OUTBOX].delete_many(_telling_of(ids))


async def _drop(tx: Transaction, match: Document) -> None:
    ids = [row["_id"] for row in await tx[PARKED].find(match, projection={"_id": 1})]
    await tx[PARKED].delete_many({"_id": {"$in": ids}})
    await tx[outbox.OUTBOX].delete_many(_telling_of(ids))


def _telling_of(ids: Sequence[str]) -> Document:
    return {"aggregate": outbox.PARKED_AGGREGATE} | mentions(ids)


async def release_if_empty(tx: Transaction, subject: str) -> None:
    if not await tx[PARKED].find_one({"subject": subject}, projection={"_id": 1}):
        await tx[GUARDS].update_one({"_id": subject}, {"$unset": {"parked": "", "queued": ""}})


async def _get_poison(documents: Documents, message_id: str) -> Document:
    row = await documents[PARKED].find_one({"_id": message_id, "state": {"$ne": "queued"}})
    if row is None:
        raise NotFound("Nothing is parked under this id; see the list of parked events.")
    return row


def _row(message: Message, state: str) -> Document:
    return {
        "_id": message.id,
        "subject": message.subject,
        "version": message.version,
        "topic": message.topic,
        "partition": message.partition,
        "offset": message.offset,
        "key": message.key,
        "headers": [list(header) for header in message.headers],
        "value": message.value,
        "state": state,
        "parked_at": clock.real_now(),
        MENTIONS: _mentioned(message),
    }


def _mentioned(message: Message) -> list[str]:
    return sorted({message.key, *ids_in(message.subject.encode(), message.value or b"")})


def _message(row: Document) -> Message:
    return read_message(
        topic=row["topic"],
        partition=row["partition"],
        offset=row["offset"],
        key=row["key"],
        headers=tuple((name, value) for name, value in row["headers"]),
        value=row["value"],
    )


def _told(message: Message, *, service: str, reason: str, tries: int, event_id: str) -> Document:
    # Without the raw record where that is private or too large; the parked row has it in any case.
    value = message.value or b""
    is_private = message.topic in PRIVATE_TOPICS
    is_told = message.value is not None and not is_private and len(value) <= TOLD_LIMIT_BYTES
    record = ParkedRecord(
        message_id=message.id,
        subject=message.subject,
        topic=message.topic,
        partition=message.partition,
        offset=message.offset,
        reason=reason,
        tries=tries,
        value_base64=base64.b64encode(value).decode() if is_told else None,
    )
    row = outbox.row(
        event_id=event_id,
        topic=f"{PARKED_PREFIX}{service}",
        aggregate=outbox.PARKED_AGGREGATE,
        key=message.id,
        version=1,
        headers=[("content-type", b"application/json")],
        payload=record.model_dump_json().encode(),
        created_at=clock.real_now(),
    )
    return row | {MENTIONS: [message.id, *_mentioned(message)]}

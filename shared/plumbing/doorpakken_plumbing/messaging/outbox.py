"""The outbox: events commit together with the state they describe, as rows the relay sends later.
The content was validated when the event was made."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zlib import crc32

import structlog

from doorpakken_plumbing.messaging.mentions import MENTIONS
from doorpakken_plumbing.mongo.database import ASCENDING, Document, Documents, Index

log = structlog.get_logger(__name__)

OUTBOX = "outbox"
SHARDS = 16
KEPT_SECONDS = 72 * 3600
# The aggregate of rows that report parked records.
PARKED_AGGREGATE = "parked"

# Not sent yet: due at the next scan, or waiting for its topic.
UNSENT = {"$in": ["pending", "held"]}
# Blocks later rows of its aggregate: it can never be sent, or waits for its topic.
BLOCKING = {"$in": ["dead", "held"]}

# The partial indexes leave out sent rows, so a scan costs the same beside a million of them.
INDEXES = (
    Index(
        OUTBOX,
        [
            ("state", ASCENDING),
            ("shard", ASCENDING),
            ("key", ASCENDING),
            ("aggregate", ASCENDING),
            ("version", ASCENDING),
        ],
        partial={"state": "pending"},
    ),
    Index(
        OUTBOX,
        [("state", ASCENDING), ("key", ASCENDING), ("aggregate", ASCENDING)],
        partial={"state": BLOCKING},
    ),
    Index(
        OUTBOX,
        [
            ("state", ASCENDING),
            ("held_for", ASCENDING),
            ("topic", ASCENDING),
            ("key", ASCENDING),
            ("aggregate", ASCENDING),
            ("version", ASCENDING),
        ],
        partial={"state": "held"},
    ),
    # For erasing a person: rows by key, and rows about parked records by the ids they mention.
    Index(OUTBOX, [("key", ASCENDING)]),
    Index(OUTBOX, [(MENTIONS, ASCENDING)], partial={"aggregate": PARKED_AGGREGATE}),
    Index(OUTBOX, [("sent_at", ASCENDING)], expire_after_seconds=KEPT_SECONDS),
)


async def mark_sent(documents: Documents, ids: Sequence[str]) -> None:
    """Idempotent: another replica may have marked the same rows."""
    if ids:
        # Needs a majority write: otherwise the next scan would miss the marks and send all again.
        await documents[OUTBOX].update_many(
            {"_id": {"$in": [*ids]}, "state": UNSENT},
            {"$set": {"state": "sent"}, "$currentDate": {"sent_at": True}},
        )


async def bury(documents: Documents, row: Document, reason: str) -> None:
    """Marks a row that can never be sent; later rows of its aggregate wait for staff."""
    log.error("outbox row is dead", topic=row["topic"], event_id=row["_id"], reason=reason)
    await documents[OUTBOX].update_one(
        {"_id": row["_id"], "state": UNSENT}, {"$set": {"state": "dead", "reason": reason}}
    )


async def count_unsent(documents: Documents) -> int:
    return sum([await documents[OUTBOX].count({"state": state}) for state in UNSENT["$in"]])


def shard_of(key: str) -> int:
    return crc32(key.encode()) % SHARDS


def row(
    *,
    event_id: str,
    topic: str,
    aggregate: str,
    key: str,
    version: int,
    headers: list[tuple[str, bytes]],
    payload: bytes | None,
    created_at: datetime,
) -> Document:
    """`payload` None is a tombstone."""
    fields: dict[str, Any] = {
        "_id": event_id,
        "shard": shard_of(key),
        "topic": topic,
        "aggregate": aggregate,
        "key": key,
        "version": version,
        "headers": [list(header) for header in headers],
        "payload": payload,
        "state": "pending",
        "created_at": created_at,
    }
    return fields

"""The outbox: events that commit with the state they tell of, as rows the relay sends later.
Refuses nothing; what may be said was checked when the event was made."""

from datetime import datetime
from typing import Any
from zlib import crc32

from doorpakken_plumbing.mentions import MENTIONS
from doorpakken_plumbing.mongo import ASCENDING, Document, Index

OUTBOX = "outbox"
SHARDS = 16
KEPT_SECONDS = 72 * 3600
# The aggregate of rows that tell of parked records.
PARKED_AGGREGATE = "parked"

# What is sent stays out of the first two, so that a walk costs the same beside a million of them.
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
    Index(OUTBOX, [("state", ASCENDING), ("key", ASCENDING)], partial={"state": "dead"}),
    # By whose key, and whom a parked record names: for forgetting somebody.
    Index(OUTBOX, [("key", ASCENDING), ("state", ASCENDING)]),
    Index(OUTBOX, [(MENTIONS, ASCENDING)], partial={"aggregate": PARKED_AGGREGATE}),
    Index(OUTBOX, [("sent_at", ASCENDING)], expire_after_seconds=KEPT_SECONDS),
)


def shard_of(key: str) -> int:
    """Which of the shards relays lease this key belongs to."""
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
    """A pending row; `payload` None is a tombstone."""
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

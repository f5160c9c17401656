"""A system that has run for years: rows that are over, put into its stores as copies of real ones.
Refuses a system in which nothing has happened yet, for it has nothing to copy."""

import asyncio
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from doorpakken_plumbing.http import idempotency
from doorpakken_plumbing.messaging import erasure, inbox, outbox, parking
from doorpakken_plumbing.messaging.outbox import KEPT_SECONDS
from doorpakken_plumbing.mongo.database import Document, Documents
from doorpakken_plumbing.time import clock
from uuid_utils import uuid7

AT_ONCE = 10_000
MARK = "aged-"
# Fields that name what a row is about: each copy is about something else.
ABOUT = ("key", "subject", "mail_id", "attendee_id", "person_id", "object_id")


@dataclass(frozen=True)
class Age:
    """How many rows of each sort are old."""

    outbox: int
    heard: int
    mails: int
    erased: int


async def age(stores: Mapping[str, Documents], wanted: Age) -> None:
    """Gives these databases, by service, their old rows, at the same time."""
    await asyncio.gather(*(_age(service, store, wanted) for service, store in stores.items()))


async def _age(service: str, store: Documents, wanted: Age) -> None:
    said = wanted.outbox if service == "registration" else wanted.outbox // 10
    await _copy(store, outbox.OUTBOX, {"state": "sent"}, said)
    await _copy(store, erasure.ERASED, None, wanted.erased)
    if service != "reporting":
        await _copy(store, inbox.INBOX, {"state": "applied"}, wanted.heard)
        await _copy(store, parking.GUARDS, {"parked": {"$exists": False}}, wanted.heard)
    if service == "notification":
        await _copy(store, "mails", {"state": "sent"}, wanted.mails)
    if service == "registration":
        await _copy(store, idempotency.ANSWERS, {}, wanted.mails)
        await _copy(store, "link_requests", {}, wanted.mails)


async def rejuvenate(stores: Mapping[str, Documents]) -> None:
    """Takes the old rows out again."""
    ours = {"_id": {"$gte": MARK, "$lt": f"{MARK}~"}}
    everywhere = (outbox.OUTBOX, erasure.ERASED, inbox.INBOX, parking.GUARDS)
    places = [(store, name) for store in stores.values() for name in everywhere]
    places += [(stores["notification"], "mails")]
    places += [(stores["registration"], name) for name in (idempotency.ANSWERS, "link_requests")]
    await asyncio.gather(*(store[name].delete_many(ours) for store, name in places))


async def _copy(store: Documents, collection: str, match: Document | None, count: int) -> None:
    """So many copies of one row, each about somebody else and younger than its time to go; of a row
    as it would be where `match` is None."""
    model = {"at": clock.real_now()} if match is None else await store[collection].find_one(match)
    if model is None:
        raise LookupError(f"nothing in {collection} to copy")
    for first in range(0, count, AT_ONCE):
        await store[collection].insert_many([*_copies(model, min(AT_ONCE, count - first))])


def _copies(model: Document, count: int) -> Iterator[Document]:
    now = clock.real_now()
    about = [field for field in ABOUT if model.get(field)]
    times = [field for field in ("sent_at", "at", "created_at") if field in model]
    for _ in range(count):
        then = now - timedelta(seconds=random.uniform(0, 0.9 * KEPT_SECONDS))
        copy = model | {"_id": f"{MARK}{uuid7()}"}
        yield copy | {field: str(uuid4()) for field in about} | dict.fromkeys(times, then)

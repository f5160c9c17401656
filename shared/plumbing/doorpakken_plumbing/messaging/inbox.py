"""The inbox and the guard: an event is applied once, and only if newer than the applied version.
Skips duplicates, older versions (superseded) and events about erased people; queues events of a
parked aggregate."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from doorpakken_plumbing import failpoints
from doorpakken_plumbing.messaging import erasure
from doorpakken_plumbing.messaging.heard import Handlers, Message, Tombstones
from doorpakken_plumbing.messaging.parking import GUARDS, PARKED, drop_older, park_behind
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, Document, Index, UpdateOne
from doorpakken_plumbing.observing.metrics import HANDLER_SECONDS
from doorpakken_plumbing.observing.tracing import handler_span
from doorpakken_plumbing.time import clock

INBOX = "inbox"
INBOX_KEPT_SECONDS = 35 * 24 * 3600

INDEXES = (Index(INBOX, [("at", ASCENDING)], expire_after_seconds=INBOX_KEPT_SECONDS),)


class Outcome(StrEnum):
    """What became of a message."""

    APPLIED = "applied"
    SUPERSEDED = "superseded"
    DUPLICATE = "duplicate"
    QUEUED = "queued"
    ERASED = "erased"


@dataclass
class Seen:
    """What is on record: ids of events, applied versions, parked aggregates, erased people."""

    events: set[str] = field(default_factory=set)
    versions: dict[str, int] = field(default_factory=dict)
    parked: set[str] = field(default_factory=set)
    erased: set[str] = field(default_factory=set)


def decide(
    seen: Seen, event_id: str, subject: str, version: int, people: frozenset[str] = frozenset()
) -> Outcome:
    """The guard's decision on one event about `people`. Updates `seen` as if the outcome had been
    carried out; otherwise pure."""
    if event_id in seen.events:
        return Outcome.DUPLICATE
    seen.events.add(event_id)
    if people & seen.erased:
        return Outcome.ERASED
    if subject in seen.parked:
        return Outcome.QUEUED
    if version <= seen.versions.get(subject, 0):
        return Outcome.SUPERSEDED
    seen.versions[subject] = version
    return Outcome.APPLIED


async def apply(
    tx: Transaction,
    messages: Sequence[Message],
    handlers: Handlers,
    tombstones: Tombstones,
    *,
    released: str | None = None,
) -> list[Outcome]:
    """`messages` are readable and in order; `released` is a parked subject that is being
    replayed."""
    seen = await _load_seen(tx, messages, released)
    outcomes: list[Outcome] = []
    rows: list[Document] = []
    for message in messages:
        if message.value is None:
            await _let_through(tx, message, seen)
        people = erasure.people_in(message.data) if message.data else frozenset()
        outcome = decide(seen, message.id, message.subject, message.version, people)
        outcomes.append(outcome)
        if outcome is Outcome.APPLIED:
            await _handle(tx, message, handlers, tombstones, seen)
        if outcome is Outcome.QUEUED:
            await park_behind(tx, message)
        elif outcome is not Outcome.DUPLICATE:
            rows.append(_inbox_row(message, outcome))
    await tx[INBOX].insert_many(rows)
    await tx[GUARDS].bulk_write(_guard_updates(messages, outcomes, seen))
    return outcomes


async def _load_seen(tx: Transaction, messages: Sequence[Message], released: str | None) -> Seen:
    ids = [message.id for message in messages]
    subjects = list({message.subject for message in messages})
    known = await tx[INBOX].find({"_id": {"$in": ids}}, projection={"_id": 1})
    elsewhere = {"_id": {"$in": ids}, "subject": {"$ne": released}}
    waiting = await tx[PARKED].find(elsewhere, projection={"_id": 1})
    guards = await tx[GUARDS].find({"_id": {"$in": subjects}})
    people = [erasure.people_in(message.data) for message in messages if message.data]
    return Seen(
        events={row["_id"] for row in known} | {row["_id"] for row in waiting},
        versions={guard["_id"]: guard.get("version", 0) for guard in guards},
        parked={guard["_id"] for guard in guards if guard.get("parked")} - {released},
        erased=await erasure.find_erased(tx, sorted(frozenset().union(*people))),
    )


async def _let_through(tx: Transaction, message: Message, seen: Seen) -> None:
    # A tombstone does not queue behind parked events of its own aggregate: it drops them.
    if message.subject in seen.parked and await drop_older(tx, message.subject, message.version):
        seen.parked.discard(message.subject)


async def _handle(
    tx: Transaction, message: Message, handlers: Handlers, tombstones: Tombstones, seen: Seen
) -> None:
    assert message.event is not None
    if gone := erasure.gone_with(message.event, message.key, message.data):
        await erasure.mark(tx, gone)
        seen.erased |= gone
    timed = HANDLER_SECONDS.labels(message.topic).time()
    with timed, handler_span(message.topic, message.id, message.origin):
        await failpoints.reach("handler.entered", message.subject)
        if message.data is not None:
            await handlers[message.event](tx, message.heard())
        elif message.event in tombstones:
            await tombstones[message.event](tx, message.key)


def _inbox_row(message: Message, outcome: Outcome) -> Document:
    return {
        "_id": message.id,
        "topic": message.topic,
        "subject": message.subject,
        "version": message.version,
        "state": str(outcome),
        "at": clock.real_now(),
    }


def _guard_updates(
    messages: Sequence[Message], outcomes: Sequence[Outcome], seen: Seen
) -> list[UpdateOne]:
    moved = {m.subject for m, o in zip(messages, outcomes, strict=True) if o is Outcome.APPLIED}
    queued = {m.subject for m, o in zip(messages, outcomes, strict=True) if o is Outcome.QUEUED}
    queued &= seen.parked
    updates = [
        UpdateOne({"_id": subject}, {"$set": {"version": seen.versions[subject]}}, upsert=True)
        for subject in moved
    ]
    # A queued event touches its guard, so that a concurrent replay conflicts and does not miss it.
    return updates + [UpdateOne({"_id": subject}, {"$inc": {"queued": 1}}) for subject in queued]

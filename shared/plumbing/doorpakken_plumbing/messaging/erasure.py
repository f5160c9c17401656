"""Erases people from what the plumbing keeps: outbox, parked records, stored answers and timers.
Keeps the ids of erased people for ever, so that later events about them are dropped."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import NAMESPACE_URL, uuid5

from doorpakken_events.erasure import ErasureConfirmed, PersonErased
from doorpakken_events.event import Event

from doorpakken_plumbing.http.idempotency import ANSWERS
from doorpakken_plumbing.messaging.mentions import mentions
from doorpakken_plumbing.messaging.outbox import OUTBOX
from doorpakken_plumbing.messaging.parking import PARKED, drop_parked_of, drop_told
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents, UpdateOne
from doorpakken_plumbing.time import clock
from doorpakken_plumbing.time.timers import TIMERS

ERASED = "erased"
# Event fields with the id of the person or attendee the event belongs to.
_WHOSE = ("person_id", "attendee_id")
# Events about the erasure itself.
_ERASURES = (PersonErased.AGGREGATE, ErasureConfirmed.AGGREGATE)


def people_in(event: Event) -> frozenset[str]:
    """Ids of people and attendees the event belongs to; empty for events about an erasure."""
    if event.AGGREGATE in _ERASURES:
        return frozenset()
    named = (getattr(event, field, None) for field in _WHOSE)
    return frozenset(one for one in named if one)


def gone_with(event: type[Event], key: str, data: Event | None) -> frozenset[str]:
    """The key, if the event erases a person or is a tombstone of a person or attendee."""
    is_tombstone = data is None and event.IS_SOMEBODY
    return frozenset({key} if is_tombstone or issubclass(event, PersonErased) else ())


async def mark(tx: Transaction, ids: Iterable[str]) -> None:
    """Records ids of people or attendees as erased, for ever."""
    at = {"$setOnInsert": {"at": clock.real_now()}}
    await tx[ERASED].bulk_write([UpdateOne({"_id": one}, at, upsert=True) for one in ids])


async def find_erased(documents: Documents, ids: Sequence[str]) -> set[str]:
    if not ids:
        return set()
    return {row["_id"] for row in await documents[ERASED].find({"_id": {"$in": list(ids)}})}


async def is_erased(documents: Documents, person_id: str) -> bool:
    """`person_id` may also be the id of an attendee."""
    return bool(await find_erased(documents, [person_id]))


async def wipe(tx: Transaction, ids: Iterable[str]) -> dict[str, int]:
    """Returns the number of deleted documents per collection. Call it last, after this transaction
    has published its events: earlier states under the same keys are deleted from the outbox as
    well, since the newest state is complete."""
    tx.drop_superseded()
    known = sorted({*ids})
    # Tombstones stay: other services need those that are not sent yet.
    states = {"key": {"$in": sorted({*known, *tx.said_keys()})}, "payload": {"$ne": None}}
    return {
        PARKED: await drop_parked_of(tx, known) + await drop_told(tx, known),
        OUTBOX: await tx[OUTBOX].delete_many(states),
        ANSWERS: await tx[ANSWERS].delete_many(mentions(known)),
        TIMERS: await tx[TIMERS].delete_many(mentions(known)),
    }


def confirm(tx: Transaction, person_id: str, erased: Mapping[str, int]) -> None:
    """Publishes that this service erased the person; the event's id follows from service and
    person, so that repeats are duplicates."""
    said = ErasureConfirmed(
        erasure_answer_id=str(uuid5(NAMESPACE_URL, f"doorpakken:erased:{tx.emitter}:{person_id}")),
        service=tx.emitter,
        person_id=person_id,
        erased={name: count for name, count in erased.items() if count},
        confirmed_at=clock.now(),
    )
    tx.publish(said, 1)

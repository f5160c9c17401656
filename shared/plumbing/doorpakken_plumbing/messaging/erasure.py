"""Forgetting a person in what the plumbing keeps: rows to send, parked records, stored answers and
timers; and the marker that stays. Refuses to forget that somebody was erased: ids stay marked."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import NAMESPACE_URL, uuid5

from doorpakken_events.erasure import ErasureConfirmed
from doorpakken_events.event import Event
from doorpakken_events.registration import AttendeeState, PersonContact, PersonErased

from doorpakken_plumbing.http.idempotency import ANSWERS
from doorpakken_plumbing.messaging.mentions import mentions
from doorpakken_plumbing.messaging.outbox import OUTBOX
from doorpakken_plumbing.messaging.parking import PARKED, drop_parked_of, drop_told
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents, UpdateOne
from doorpakken_plumbing.time import clock
from doorpakken_plumbing.time.timers import TIMERS

ERASED = "erased"
# The fields by which an event says whose child it is.
_WHOSE = ("person_id", "attendee_id")
# A key that is gone on these is somebody who is gone.
_PEOPLE = (AttendeeState.AGGREGATE, PersonContact.AGGREGATE)
# These are about the erasure itself.
_ERASURES = (PersonErased.AGGREGATE, ErasureConfirmed.AGGREGATE)


def people_in(event: Event) -> frozenset[str]:
    """The people and attendees whose child this is; none for what tells of an erasure."""
    if event.AGGREGATE in _ERASURES:
        return frozenset()
    named = (getattr(event, field, None) for field in _WHOSE)
    return frozenset(one for one in named if one)


def gone_with(event: type[Event], key: str, data: Event | None) -> frozenset[str]:
    """Who is gone once this was heard: an erased person, or the key of a tombstone of people."""
    is_tombstone = data is None and event.AGGREGATE in _PEOPLE
    return frozenset({key} if is_tombstone or issubclass(event, PersonErased) else ())


async def mark(tx: Transaction, ids: Iterable[str]) -> None:
    """Remembers for ever that these people or attendees are gone."""
    at = {"$setOnInsert": {"at": clock.real_now()}}
    await tx[ERASED].bulk_write([UpdateOne({"_id": one}, at, upsert=True) for one in ids])


async def find_erased(documents: Documents, ids: Sequence[str]) -> set[str]:
    """Those of the ids that are gone."""
    if not ids:
        return set()
    return {row["_id"] for row in await documents[ERASED].find({"_id": {"$in": list(ids)}})}


async def is_erased(documents: Documents, person_id: str) -> bool:
    """Whether this person or attendee is gone."""
    return bool(await find_erased(documents, [person_id]))


async def wipe(tx: Transaction, ids: Iterable[str]) -> dict[str, int]:
    """Wipes these ids from what the plumbing keeps; the last step, after all was said. Of what this
    transaction says anew, earlier states go too: the new one is whole, and nobody misses them."""
    tx.drop_superseded()
    known = sorted({*ids})
    # Tombstones stay: one that is still to be sent is what others wait for.
    states = {"key": {"$in": sorted({*known, *tx.said_keys()})}, "payload": {"$ne": None}}
    return {
        PARKED: await drop_parked_of(tx, known) + await drop_told(tx, known),
        OUTBOX: await tx[OUTBOX].delete_many(states),
        ANSWERS: await tx[ANSWERS].delete_many(mentions(known)),
        TIMERS: await tx[TIMERS].delete_many(mentions(known)),
    }


def confirm(tx: Transaction, person_id: str, erased: Mapping[str, int]) -> None:
    """Says that this service wiped the person; once, since the answer's id follows from both."""
    said = ErasureConfirmed(
        erasure_answer_id=str(uuid5(NAMESPACE_URL, f"doorpakken:erased:{tx.emitter}:{person_id}")),
        service=tx.emitter,
        person_id=person_id,
        erased={name: count for name, count in erased.items() if count},
        confirmed_at=clock.now(),
    )
    tx.publish(said, 1)

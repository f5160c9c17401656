"""Work sessions and what is said of them. A session keeps its id for its pitch; one that did not
change is not said again."""

from datetime import datetime

from doorpakken_events.matching import SessionCancelled, SessionScheduled, SessionState
from doorpakken_plumbing.mongo import Document
from doorpakken_plumbing.transaction import Transaction

from doorpakken_matching.store import sessions

BOOKKEEPING = ("_id", "version", "run_id", "slot", "room")


async def schedule(
    tx: Transaction, gathering_id: str, run_id: str, planned: list[Document], *, now: datetime
) -> None:
    """Says each session of a plan that is new or changed, and ends those to come that it lacks."""
    said = {one["_id"]: one for one in await sessions.list_sessions(tx, gathering_id)}
    for one in planned:
        await _schedule(tx, gathering_id, run_id, one, said.get(one["session_id"]))
    kept = {one["session_id"] for one in planned}
    for document in said.values():
        if _is_to_come(document, now) and document["_id"] not in kept:
            await cancel(tx, document, reason="not_in_plan")


def _is_to_come(document: Document, now: datetime) -> bool:
    return bool(document["state"] == "scheduled" and document["starts_at"] > now)


async def _schedule(
    tx: Transaction, gathering_id: str, run_id: str, planned: Document, said: Document | None
) -> None:
    document = {
        "_id": planned["session_id"],
        "version": said["version"] + 1 if said else 1,
        "run_id": run_id,
        "slot": planned["slot"],
        "room": planned["room"],
        "gathering_id": gathering_id,
        "state": "scheduled",
        "reason": None,
        **{name: planned[name] for name in SHARED},
    }
    if said and _told(said) == _told(document):
        return
    await sessions.put_session(tx, document)
    tx.publish(SessionScheduled.model_validate(fields_of(document)), document["version"])


SHARED = (
    "pitch_id",
    "need_ids",
    "host",
    "starts_at",
    "ends_at",
    "place",
    "address",
    "link",
    "capacity_min",
    "capacity_max",
)


def _told(document: Document) -> Document:
    """What people would notice."""
    told = {name: value for name, value in document.items() if name not in BOOKKEEPING}
    return told | {"need_ids": list(document["need_ids"])}


def fields_of(document: Document) -> Document:
    """The stored session as fields of its event."""
    fields = {name: document[name] for name in SessionState.model_fields if name in document}
    return fields | {"session_id": document["_id"]}


async def cancel(tx: Transaction, document: Document, *, reason: str) -> None:
    """Says that a session will not take place."""
    changed = document | {
        "state": "cancelled",
        "reason": reason,
        "version": document["version"] + 1,
    }
    await sessions.put_session(tx, changed)
    tx.publish(SessionCancelled.model_validate(fields_of(changed)), changed["version"])


async def cancel_of_pitch(tx: Transaction, pitch_id: str, *, reason: str) -> None:
    """Ends the session of a pitch, if it has one to come."""
    if document := await sessions.find_scheduled(tx, pitch_id):
        await cancel(tx, document, reason=reason)


async def cancel_all(tx: Transaction, gathering_id: str, *, reason: str, now: datetime) -> None:
    """Ends all sessions of a gathering that have not begun."""
    for document in await sessions.list_sessions(tx, gathering_id):
        if _is_to_come(document, now):
            await cancel(tx, document, reason=reason)

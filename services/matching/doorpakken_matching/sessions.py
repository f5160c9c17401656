"""Stores and publishes work sessions. The session of a pitch always has the same id; an unchanged
one is not published again. A plan that would undo changes made by staff since is refused."""

from datetime import datetime

from doorpakken_events import moves, states
from doorpakken_events.catalogue import event_of_move
from doorpakken_events.matching import SessionLink, SessionState
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Document, Documents

from doorpakken_matching.agenda import is_to_come
from doorpakken_matching.model.agenda import OPEN
from doorpakken_matching.refusals import PlanOutdated
from doorpakken_matching.store import sessions

# What staff decided about a session; later plans keep it.
BY_STAFF: Document = {"staff_capacity": None, "staff_host": None, "is_cancelled_by_staff": False}
BOOKKEEPING = ("_id", "version", "run_id", "slot", "room", "told_link", "link_version", *BY_STAFF)


async def schedule(
    tx: Transaction, gathering_id: str, run_id: str, planned: list[Document], *, now: datetime
) -> None:
    """Publishes each new or changed session of a plan; cancels the coming ones that it lacks."""
    said = {one["_id"]: one for one in await sessions.list_sessions(tx, gathering_id)}
    for one in planned:
        await _schedule(tx, gathering_id, run_id, one, said.get(one["session_id"]))
    kept = {one["session_id"] for one in planned}
    for document in said.values():
        if is_to_come(document, now) and document["_id"] not in kept:
            await cancel(tx, document, reason="not_in_plan")


async def require_as_staff_left_it(
    docs: Documents, gathering_id: str, planned: list[Document]
) -> None:
    """Raises PlanOutdated when staff moved, resized or cancelled a session, or chose its host,
    since this plan was made."""
    plans = {one["session_id"]: one for one in planned}
    for said in await sessions.list_sessions(docs, gathering_id):
        plan = plans.get(said["_id"])
        if plan and not _agrees(plan, said):
            raise PlanOutdated(f"Staff changed the session {plan['title']}. Make a new plan.")


def _agrees(plan: Document, said: Document) -> bool:
    if said["state"] == states.Session.CANCELLED:
        return not said["is_cancelled_by_staff"]
    return (
        (plan["slot"], plan["room"]) == (said["slot"], said["room"])
        and said["staff_capacity"] in (None, plan["capacity_max"])
        and said["staff_host"] in (None, plan["host"])
    )


async def _schedule(
    tx: Transaction, gathering_id: str, run_id: str, planned: Document, said: Document | None
) -> None:
    is_moved = said is not None and said["state"] == states.Session.RESCHEDULED
    document = {
        "_id": planned["session_id"],
        "version": said["version"] + 1 if said else 1,
        "run_id": run_id,
        "slot": planned["slot"],
        "room": planned["room"],
        "gathering_id": gathering_id,
        "state": states.Session.RESCHEDULED if is_moved else states.Session.SCHEDULED,
        "reason": None,
        "told_link": said.get("told_link") if said else None,
        "link_version": said.get("link_version", 0) if said else 0,
        **{name: said[name] if said else value for name, value in BY_STAFF.items()},
        **{name: planned[name] for name in SHARED},
    }
    if not said or _told(said) != _told(document):
        await _say(tx, said, document)


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
    """The fields whose change is worth publishing."""
    told = {name: value for name, value in document.items() if name not in BOOKKEEPING}
    return told | {"need_ids": list(document["need_ids"])}


async def _say(tx: Transaction, before: Document | None, document: Document) -> None:
    _say_link(tx, document)
    await sessions.put_session(tx, document)
    tx.publish(_event(before, document), document["version"])


def _event(before: Document | None, document: Document) -> SessionState:
    was = states.Session(before["state"]) if before else moves.START
    state = states.Session(document["state"])
    kind = event_of_move(SessionState, was, state)
    return kind(
        session_id=document["_id"],
        gathering_id=document["gathering_id"],
        run_id=document["run_id"],
        pitch_id=document["pitch_id"],
        need_ids=document["need_ids"],
        host=document["host"],
        starts_at=document["starts_at"],
        ends_at=document["ends_at"],
        place=document["place"],
        address=document["address"],
        # These topics are public; the link of an online meeting is for its participants only.
        link=None,
        capacity_min=document["capacity_min"],
        capacity_max=document["capacity_max"],
        state=state,
        reason=document["reason"],
    )


def _say_link(tx: Transaction, document: Document) -> None:
    """Publishes the link of an online meeting when it changed, also when it was removed."""
    link = document["link"]
    if link == document.get("told_link"):
        return
    document["told_link"] = link
    document["link_version"] = document.get("link_version", 0) + 1
    said = SessionLink(session_id=document["_id"], gathering_id=document["gathering_id"], link=link)
    tx.publish(said, document["link_version"])


async def change(tx: Transaction, document: Document, **changes: object) -> Document:
    changed = document | changes
    if changed == document:
        return document
    changed["version"] += 1
    await _say(tx, document, changed)
    return changed


async def cancel(tx: Transaction, document: Document, *, reason: str) -> None:
    await change(tx, document, state=states.Session.CANCELLED, reason=reason)


async def take_place(tx: Transaction, session_id: str, *, now: datetime) -> None:
    """Does nothing to a session that is cancelled, or was moved to a later time since."""
    document = await sessions.find_session(tx, session_id)
    if document and document["state"] in OPEN and document["starts_at"] <= now:
        await change(tx, document, state=states.Session.TOOK_PLACE)


async def cancel_of_pitch(tx: Transaction, pitch_id: str, *, reason: str) -> None:
    if document := await sessions.find_open(tx, pitch_id):
        await cancel(tx, document, reason=reason)


async def cancel_all(tx: Transaction, gathering_id: str, *, reason: str, now: datetime) -> None:
    for document in await sessions.list_sessions(tx, gathering_id):
        if is_to_come(document, now):
            await cancel(tx, document, reason=reason)

"""Changes by staff to one session: its time and room, its seats, its host, or cancelling it.
A room or host that is taken at that time is refused; later plans keep what staff decided.
`by` is who of staff does it."""

from datetime import datetime

from doorpakken_events import states
from doorpakken_events.registration import GatheringState, PersonContact, PitchState
from doorpakken_plumbing.http.errors import NotFound
from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.messaging import newest
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Document, Documents
from doorpakken_plumbing.texts.public_text import has_contact_details

from doorpakken_matching import hosting, sessions
from doorpakken_matching.agenda import read_agenda
from doorpakken_matching.model.agenda import Agenda
from doorpakken_matching.model.places import Cell, Room, Slot
from doorpakken_matching.refusals import (
    HostBusy,
    HostNotPresent,
    ReasonNotPublic,
    RoomTaken,
    SessionBegun,
    SessionCancelled,
    SlotPassed,
)
from doorpakken_matching.store import heard, places
from doorpakken_matching.store import sessions as store

CANCELLED = "cancelled_by_staff"


async def get_session(docs: Documents, session_id: str) -> Document:
    if found := await store.find_session(docs, session_id):
        return found
    raise NotFound("There is no session with this id.")


async def reschedule(
    tx: Transaction, session_id: str, by: str, slot_id: str, room_id: str | None, *, now: datetime
) -> Document:
    """Without `room_id` the session keeps its room, or gets another one with enough seats. The host
    is asked again, unless they asked for this time."""
    session = await _changeable(tx, session_id, now)
    agenda = await read_agenda(tx, session["gathering_id"], now=now)
    cell = await _cell(tx, session, agenda, slot_id, room_id)
    _require_free(session, agenda, cell)
    if (slot_id, cell.room.room_id) == (session["slot"], session["room"]):
        return session
    moved = await sessions.change(tx, session, **_placed(session, cell))
    await _note(tx, by, "session_moved", session)
    await hosting.settle(tx, session["gathering_id"], now=now)
    return moved


async def resize(
    tx: Transaction, session_id: str, by: str, capacity_max: int, *, now: datetime
) -> Document:
    """Nobody who has a seat loses it."""
    session = await _changeable(tx, session_id, now)
    await _note(tx, by, "session_resized", session)
    return await sessions.change(
        tx,
        session,
        capacity_max=capacity_max,
        capacity_min=min(session["capacity_min"], capacity_max),
        staff_capacity=capacity_max,
    )


async def cancel(
    tx: Transaction, session_id: str, by: str, reason: str | None, *, now: datetime
) -> Document:
    """No later plan opens the session again; raises ReasonNotPublic for contact details."""
    if has_contact_details(reason or ""):
        message = "Everybody can read this. Leave out e-mail addresses and phone numbers."
        raise ReasonNotPublic(message, errors=[{"field": "reason", "message": message}])
    session = await get_session(tx, session_id)
    if session["is_cancelled_by_staff"]:
        return session
    session = await _changeable(tx, session_id, now)
    await _note(tx, by, "session_cancelled", session)
    return await sessions.change(
        tx,
        session,
        state=states.Session.CANCELLED,
        reason=reason or CANCELLED,
        is_cancelled_by_staff=True,
    )


async def choose_host(
    tx: Transaction, session_id: str, by: str, person_id: str, *, now: datetime
) -> Document:
    """Asks the new host and publishes that the former one is replaced. Raises HostNotPresent or
    HostBusy."""
    session = await _changeable(tx, session_id, now)
    await heard.hold(tx, PersonContact, person_id)
    if person_id not in await list_candidates(tx, session):
        message = "Choose somebody who was present, or one of the pitchers."
        raise HostNotPresent(message, errors=[{"field": "person_id", "message": message}])
    agenda = await read_agenda(tx, session["gathering_id"], now=now)
    slot = agenda.booking(session_id).cell.slot
    if not agenda.is_person_free(person_id, slot, session_id=session_id):
        raise HostBusy("This person leads another session at that time. Choose somebody else.")
    changed = await sessions.change(tx, session, host=person_id, staff_host=person_id)
    await _note(tx, by, "host_chosen", session, person_id)
    await hosting.settle(tx, session["gathering_id"], now=now)
    return changed


async def list_candidates(docs: Documents, session: Document) -> list[str]:
    gathering_id = session["gathering_id"]
    pitch = await newest.find(docs, PitchState, session["pitch_id"])
    pitchers = pitch.pitchers if pitch else ()
    present = await heard.list_present(docs, gathering_id)
    return list(dict.fromkeys([*pitchers, *(one.person_id for one in present)]))


async def _note(
    tx: Transaction, by: str, did: str, session: Document, person_id: str | None = None
) -> None:
    about = {"gathering_id": session["gathering_id"], "person_id": person_id}
    await acts.note(tx, by, did, session["_id"], **about)


async def _changeable(tx: Transaction, session_id: str, now: datetime) -> Document:
    session = await get_session(tx, session_id)
    await heard.hold(tx, GatheringState, session["gathering_id"])
    if session["state"] == states.Session.CANCELLED:
        raise SessionCancelled("This session is cancelled. Make a new plan for other sessions.")
    if session["starts_at"] <= now:
        raise SessionBegun("This session has begun. It cannot be changed any more.")
    return session


async def _cell(
    tx: Transaction, session: Document, agenda: Agenda, slot_id: str, room_id: str | None
) -> Cell:
    slots = {one.slot_id: one for one in await places.list_slots(tx, session["gathering_id"])}
    if slot_id not in slots:
        raise NotFound("This gathering has no slot with this id.")
    slot = slots[slot_id]
    if slot not in agenda.slots:
        raise SlotPassed("This slot has begun already. Choose one that is still to come.")
    return Cell(slot, _room(session, agenda, slot, room_id))


def _room(session: Document, agenda: Agenda, slot: Slot, room_id: str | None) -> Room:
    if room_id is None:
        found = agenda.find_room(session["_id"], slot)
        if found is None:
            raise RoomTaken("No fitting room is free then. Choose another slot, or name a room.")
        return found
    rooms = {one.room_id: one for one in agenda.rooms}
    if room_id not in rooms:
        raise NotFound("This gathering has no room with this id.")
    return rooms[room_id]


def _require_free(session: Document, agenda: Agenda, cell: Cell) -> None:
    session_id, host = session["_id"], session["host"]
    if not agenda.is_room_free(cell, session_id=session_id):
        raise RoomTaken("Another session is in that room then. Choose another room or slot.")
    if host and not agenda.is_person_free(host, cell.slot, session_id=session_id):
        raise HostBusy("The host leads another session at that time. Choose another slot.")


def _placed(session: Document, cell: Cell) -> Document:
    """A session keeps its number of seats in its own room; another room brings its own capacity,
    within the number that staff chose."""
    room, most = cell.room, session["capacity_max"]
    if room.room_id != session["room"]:
        most = min(session["staff_capacity"] or room.capacity, room.capacity)
    return {
        "slot": cell.slot.slot_id,
        "room": room.room_id,
        "starts_at": cell.slot.starts_at,
        "ends_at": cell.slot.ends_at,
        "place": room.name,
        "address": room.address,
        "link": room.link,
        "capacity_max": most,
        "capacity_min": min(session["capacity_min"], most),
        "staff_capacity": session["staff_capacity"] and most,
        "state": states.Session.RESCHEDULED,
    }

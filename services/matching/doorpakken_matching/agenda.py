"""Reads the coming sessions of a gathering, with their rooms and slots."""

from datetime import datetime

from doorpakken_plumbing.mongo.database import Document, Documents

from doorpakken_matching.model.agenda import OPEN, Agenda, Booking
from doorpakken_matching.model.places import Cell
from doorpakken_matching.store import places, sessions


def is_to_come(session: Document, now: datetime) -> bool:
    return bool(session["state"] in OPEN and session["starts_at"] > now)


async def read_agenda(docs: Documents, gathering_id: str, *, now: datetime) -> Agenda:
    rooms = {one.room_id: one for one in await places.list_rooms(docs, gathering_id)}
    slots = {one.slot_id: one for one in await places.list_slots(docs, gathering_id)}
    bookings = [
        Booking(
            one["_id"],
            one["host"],
            one["capacity_max"],
            Cell(slots[one["slot"]], rooms[one["room"]]),
        )
        for one in await sessions.list_sessions(docs, gathering_id)
        if is_to_come(one, now)
    ]
    to_come = tuple(slot for slot in slots.values() if slot.starts_at > now)
    return Agenda(tuple(rooms.values()), to_come, tuple(bookings))

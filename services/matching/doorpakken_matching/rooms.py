"""Adds, changes and removes rooms for the work sessions of a gathering; their names are unique
within it. A room with a session in it stays as it is. `by` is who of staff does it."""

from typing import Any

from doorpakken_plumbing.http.errors import NotFound
from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_matching.model.places import Room
from doorpakken_matching.refusals import RoomExists
from doorpakken_matching.standing import require_empty_room
from doorpakken_matching.store import places


async def get_room(docs: Documents, gathering_id: str, room_id: str) -> Room:
    if found := await places.find_room(docs, gathering_id, room_id):
        return found
    raise NotFound("This gathering has no room with this id.")


async def add_room(
    tx: Transaction,
    gathering_id: str,
    by: str,
    *,
    name: str,
    capacity: int,
    address: str = "",
    link: str | None = None,
) -> Room:
    await _require_new_name(tx, gathering_id, name)
    room = Room(room_id=tx.new_id(), name=name, capacity=capacity, address=address, link=link)
    await places.add_room(tx, gathering_id, room)
    await acts.note(tx, by, "room_added", room.room_id, gathering_id=gathering_id)
    return room


async def change_room(
    tx: Transaction, gathering_id: str, by: str, room: Room, **changes: Any
) -> Room:
    """Raises RoomInUse or RoomExists; the same again changes nothing."""
    changed = room.model_copy(update=changes)
    if changed == room:
        return room
    await require_empty_room(tx, gathering_id, room.room_id)
    if changed.name != room.name:
        await _require_new_name(tx, gathering_id, changed.name)
    await places.put_room(tx, gathering_id, changed)
    await acts.note(tx, by, "room_changed", room.room_id, gathering_id=gathering_id)
    return changed


async def remove_room(tx: Transaction, gathering_id: str, by: str, room: Room) -> None:
    """Raises RoomInUse."""
    await require_empty_room(tx, gathering_id, room.room_id)
    await places.delete_room(tx, room.room_id)
    await acts.note(tx, by, "room_removed", room.room_id, gathering_id=gathering_id)


async def _require_new_name(tx: Transaction, gathering_id: str, name: str) -> None:
    if await places.find_room_named(tx, gathering_id, name):
        raise RoomExists("This gathering has a room of that name already. Choose another name.")

"""Adds rooms for the work sessions of a gathering; their names are unique within it."""

from doorpakken_plumbing.messaging.transaction import Transaction

from doorpakken_matching.model.places import Room
from doorpakken_matching.refusals import RoomExists
from doorpakken_matching.store import places


async def add_room(
    tx: Transaction,
    gathering_id: str,
    *,
    name: str,
    capacity: int,
    address: str = "",
    link: str | None = None,
) -> Room:
    if await places.find_room(tx, gathering_id, name):
        raise RoomExists("This gathering has a room of that name already. Choose another name.")
    room = Room(room_id=tx.new_id(), name=name, capacity=capacity, address=address, link=link)
    await places.add_room(tx, gathering_id, room)
    return room

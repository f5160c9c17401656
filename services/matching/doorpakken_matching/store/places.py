"""Rooms and slots of a gathering's follow-up window."""

from datetime import datetime

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, Document, Documents, Index

from doorpakken_matching.model.places import Room, Slot

ROOMS, SLOTS = "rooms", "slots"
INDEXES = (
    Index(ROOMS, [("gathering_id", ASCENDING), ("name", ASCENDING)], unique=True),
    Index(
        SLOTS,
        [("gathering_id", ASCENDING), ("starts_at", ASCENDING), ("ends_at", ASCENDING)],
        unique=True,
    ),
)


async def find_room(docs: Documents, gathering_id: str, name: str) -> Document | None:
    return await docs[ROOMS].find_one({"gathering_id": gathering_id, "name": name})


async def add_room(tx: Transaction, gathering_id: str, room: Room) -> None:
    fields = room.model_dump(exclude={"room_id"})
    await tx[ROOMS].insert_one({"_id": room.room_id, "gathering_id": gathering_id, **fields})


async def list_rooms(docs: Documents, gathering_id: str) -> list[Room]:
    found = await docs[ROOMS].find({"gathering_id": gathering_id}, sort=[("name", ASCENDING)])
    return [Room.model_validate({"room_id": room["_id"], **room}) for room in found]


async def find_slot(
    docs: Documents, gathering_id: str, starts_at: datetime, ends_at: datetime
) -> Document | None:
    return await docs[SLOTS].find_one(
        {"gathering_id": gathering_id, "starts_at": starts_at, "ends_at": ends_at}
    )


async def add_slot(tx: Transaction, gathering_id: str, slot: Slot) -> None:
    fields = slot.model_dump(exclude={"slot_id"})
    await tx[SLOTS].insert_one({"_id": slot.slot_id, "gathering_id": gathering_id, **fields})


async def list_slots(docs: Documents, gathering_id: str) -> list[Slot]:
    found = await docs[SLOTS].find(
        {"gathering_id": gathering_id}, sort=[("starts_at", ASCENDING), ("ends_at", ASCENDING)]
    )
    return [Slot.model_validate({"slot_id": slot["_id"], **slot}) for slot in found]


async def has_any(docs: Documents, collection: str, gathering_id: str) -> bool:
    """Of `ROOMS` or `SLOTS`."""
    found = await docs[collection].find_one({"gathering_id": gathering_id}, projection={"_id": 1})
    return found is not None

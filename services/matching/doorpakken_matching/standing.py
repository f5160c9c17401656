"""Which rooms and slots have a session, and whether a plan still finds its own. A room or slot with
a session in it is neither changed nor removed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from doorpakken_events.registration import GatheringState, PitchState
from doorpakken_plumbing.messaging import newest
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Document, Documents

from doorpakken_matching.model.agenda import OPEN
from doorpakken_matching.refusals import PlanOutdated, RoomInUse, SlotInUse
from doorpakken_matching.store import heard, places, sessions


@dataclass(frozen=True)
class Standing:
    """A session that takes place in a room at a slot."""

    session_id: str
    title: str
    starts_at: datetime
    room_id: str
    slot_id: str


async def list_standing(docs: Documents, gathering_id: str) -> list[Standing]:
    pitches = await newest.list_where(docs, PitchState, gathering_id=gathering_id)
    titles = {one.pitch_id: one.title for one in pitches}
    return [
        Standing(
            one["_id"], titles.get(one["pitch_id"], ""), one["starts_at"], one["room"], one["slot"]
        )
        for one in await sessions.list_sessions(docs, gathering_id)
        if one["state"] in OPEN
    ]


async def require_empty_room(tx: Transaction, gathering_id: str, room_id: str) -> None:
    """Conflicts with a concurrent publishing or change of a session. Raises RoomInUse."""
    await heard.hold(tx, GatheringState, gathering_id)
    found = [one for one in await list_standing(tx, gathering_id) if one.room_id == room_id]
    if found:
        raise RoomInUse(
            "A session stands in this room. Move it first, or cancel it.", sessions=_named(found)
        )


async def require_empty_slot(tx: Transaction, gathering_id: str, slot_id: str) -> None:
    """Conflicts with a concurrent publishing or change of a session. Raises SlotInUse."""
    await heard.hold(tx, GatheringState, gathering_id)
    found = [one for one in await list_standing(tx, gathering_id) if one.slot_id == slot_id]
    if found:
        raise SlotInUse(
            "A session stands at this time. Move it first, or cancel it.", sessions=_named(found)
        )


async def require_places_as_planned(
    docs: Documents, gathering_id: str, planned: Sequence[Document]
) -> None:
    """Raises PlanOutdated when a room or slot of this plan was changed or removed since."""
    rooms = {one.room_id: one for one in await places.list_rooms(docs, gathering_id)}
    slots = {one.slot_id: one for one in await places.list_slots(docs, gathering_id)}
    said = {one["_id"]: one for one in await sessions.list_sessions(docs, gathering_id)}
    for one in planned:
        room, slot = rooms.get(one["room"]), slots.get(one["slot"])
        by_staff = said.get(one["session_id"], {}).get("staff_capacity")
        most = by_staff or (room.capacity if room else 0)
        if (
            room is None
            or slot is None
            or (one["place"], one["address"], one["link"]) != (room.name, room.address, room.link)
            or (one["starts_at"], one["ends_at"]) != (slot.starts_at, slot.ends_at)
            or one["capacity_max"] > most
        ):
            raise PlanOutdated(f"The room or time of {one['title']} changed. Make a new plan.")


def _named(found: Sequence[Standing]) -> list[dict[str, str]]:
    return [{"session_id": one.session_id, "title": one.title} for one in found]

"""Gives a gathering that continues another one its rooms and slots: the same weekday, as many weeks
later. Once, and only while it has none; slots outside its follow-up window are left out."""

from datetime import datetime, timedelta

from doorpakken_events import states
from doorpakken_events.registration import GatheringState
from doorpakken_plumbing.messaging import newest
from doorpakken_plumbing.messaging.transaction import Transaction

from doorpakken_matching.model.availability import LOCAL
from doorpakken_matching.model.places import Room, Slot
from doorpakken_matching.refusals import SlotOutsideWindow
from doorpakken_matching.slots import require_in_window
from doorpakken_matching.store import heard, places


async def hear_gathering(tx: Transaction, gathering: GatheringState) -> None:
    """Also for those that continue it and were heard first."""
    if gathering.continues:
        before = await newest.find(tx, GatheringState, gathering.continues)
        if before:
            await _copy(tx, before, gathering)
    for after in await heard.list_continuing(tx, gathering.gathering_id):
        await _copy(tx, gathering, after)


async def _copy(tx: Transaction, before: GatheringState, after: GatheringState) -> None:
    if after.state == states.Gathering.CANCELLED or await places.is_copied(tx, after.gathering_id):
        return
    if await _has_places(tx, after.gathering_id):
        return
    rooms = await places.list_rooms(tx, before.gathering_id)
    slots = _moved(before, after, await places.list_slots(tx, before.gathering_id))
    if not (rooms or slots):
        return
    await places.mark_copied(tx, after.gathering_id)
    for room in rooms:
        own = Room(**room.model_dump() | {"room_id": tx.new_id()})
        await places.add_room(tx, after.gathering_id, own)
    for starts_at, ends_at in slots:
        slot = Slot(slot_id=tx.new_id(), starts_at=starts_at, ends_at=ends_at)
        await places.add_slot(tx, after.gathering_id, slot)


async def _has_places(tx: Transaction, gathering_id: str) -> bool:
    found = await places.list_rooms(tx, gathering_id) or await places.list_slots(tx, gathering_id)
    return bool(found)


def _moved(
    before: GatheringState, after: GatheringState, slots: list[Slot]
) -> list[tuple[datetime, datetime]]:
    later = _monday(after) - _monday(before)
    found = [(_at(one.starts_at, later), _at(one.ends_at, later)) for one in slots]
    return [times for times in found if _fits(after, times[0])]


def _fits(gathering: GatheringState, starts_at: datetime) -> bool:
    try:
        require_in_window(gathering, starts_at)
    except SlotOutsideWindow:
        return False
    return gathering.ends_at <= starts_at


def _monday(gathering: GatheringState) -> datetime:
    day = gathering.starts_at.astimezone(LOCAL).replace(tzinfo=None)
    midnight = day.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=day.weekday())


def _at(moment: datetime, later: timedelta) -> datetime:
    """The same time on the clock, also over a change of the clock."""
    here = moment.astimezone(LOCAL).replace(tzinfo=None) + later
    return here.replace(tzinfo=LOCAL).astimezone(moment.tzinfo)

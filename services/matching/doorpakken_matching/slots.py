"""Adds, changes and removes slots for the work sessions of a gathering. Times outside its follow-up
window and times that exist already are refused; a slot with a session in it stays as it is. `by` is
who of staff does it."""

from datetime import datetime

from doorpakken_events.registration import GatheringState
from doorpakken_plumbing.http.errors import NotFound
from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_matching.model.availability import LOCAL
from doorpakken_matching.model.places import Slot
from doorpakken_matching.refusals import SlotEndsTooEarly, SlotExists, SlotOutsideWindow
from doorpakken_matching.standing import require_empty_slot
from doorpakken_matching.store import places


async def get_slot(docs: Documents, gathering_id: str, slot_id: str) -> Slot:
    if found := await places.find_slot(docs, gathering_id, slot_id):
        return found
    raise NotFound("This gathering has no slot with this id.")


async def add_slot(
    tx: Transaction, gathering: GatheringState, by: str, *, starts_at: datetime, ends_at: datetime
) -> Slot:
    await _require_new(tx, gathering, starts_at, ends_at)
    slot = Slot(slot_id=tx.new_id(), starts_at=starts_at, ends_at=ends_at)
    await places.add_slot(tx, gathering.gathering_id, slot)
    await acts.note(tx, by, "slot_added", slot.slot_id, gathering_id=gathering.gathering_id)
    return slot


async def change_slot(
    tx: Transaction,
    gathering: GatheringState,
    by: str,
    slot: Slot,
    *,
    starts_at: datetime,
    ends_at: datetime,
) -> Slot:
    """The same again changes nothing. Raises SlotInUse, SlotExists, SlotOutsideWindow or
    SlotEndsTooEarly."""
    if (starts_at, ends_at) == (slot.starts_at, slot.ends_at):
        return slot
    if ends_at <= starts_at:
        message = "ends_at must be later than starts_at"
        raise SlotEndsTooEarly(message, errors=[{"field": "ends_at", "message": message}])
    await require_empty_slot(tx, gathering.gathering_id, slot.slot_id)
    await _require_new(tx, gathering, starts_at, ends_at)
    changed = Slot(slot_id=slot.slot_id, starts_at=starts_at, ends_at=ends_at)
    await places.put_slot(tx, gathering.gathering_id, changed)
    await acts.note(tx, by, "slot_changed", slot.slot_id, gathering_id=gathering.gathering_id)
    return changed


async def remove_slot(tx: Transaction, gathering_id: str, by: str, slot: Slot) -> None:
    """Raises SlotInUse."""
    await require_empty_slot(tx, gathering_id, slot.slot_id)
    await places.delete_slot(tx, slot.slot_id)
    await acts.note(tx, by, "slot_removed", slot.slot_id, gathering_id=gathering_id)


def require_in_window(gathering: GatheringState, starts_at: datetime) -> None:
    """Raises SlotOutsideWindow; the window is in Amsterdam days, and either end may be open."""
    day = starts_at.astimezone(LOCAL).date()
    first, last = gathering.follow_up_from, gathering.follow_up_until
    if (first and day < first) or (last and day > last):
        window = f"from {first or 'now'} until {last or 'any day'}"
        raise SlotOutsideWindow(
            f"The follow-up window of this gathering is {window}.",
            errors=[{"field": "starts_at", "message": f"This must be {window}."}],
        )


async def _require_new(
    tx: Transaction, gathering: GatheringState, starts_at: datetime, ends_at: datetime
) -> None:
    require_in_window(gathering, starts_at)
    if await places.find_slot_at(tx, gathering.gathering_id, starts_at, ends_at):
        raise SlotExists("This gathering has a slot of exactly these times already.")

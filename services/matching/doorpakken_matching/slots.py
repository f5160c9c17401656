"""Adds slots for the work sessions of a gathering. Times outside its follow-up window and times
that exist already are refused."""

from datetime import datetime

from doorpakken_events.registration import GatheringState
from doorpakken_plumbing.messaging.transaction import Transaction

from doorpakken_matching.model.availability import LOCAL
from doorpakken_matching.model.places import Slot
from doorpakken_matching.refusals import SlotExists, SlotOutsideWindow
from doorpakken_matching.store import places


async def add_slot(
    tx: Transaction, gathering: GatheringState, *, starts_at: datetime, ends_at: datetime
) -> Slot:
    require_in_window(gathering, starts_at)
    if await places.find_slot(tx, gathering.gathering_id, starts_at, ends_at):
        raise SlotExists("This gathering has a slot of exactly these times already.")
    slot = Slot(slot_id=tx.new_id(), starts_at=starts_at, ends_at=ends_at)
    await places.add_slot(tx, gathering.gathering_id, slot)
    return slot


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

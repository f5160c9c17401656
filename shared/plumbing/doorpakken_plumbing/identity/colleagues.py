"""Which person each member of staff is, as a service keeps it that shows who did what. An account
that ends takes its sessions along, and its name from what was done."""

from collections.abc import Iterable
from typing import Any

from doorpakken_events.event import Event
from doorpakken_events.staff import StaffState

from doorpakken_plumbing.identity import acts, revocations
from doorpakken_plumbing.identity.acts import Act
from doorpakken_plumbing.messaging import newest
from doorpakken_plumbing.messaging.heard import Handlers, ReceivedEvent, Tombstones
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Document, Documents


async def names_in(
    documents: Documents, found: Iterable[Act], contact: type[Event]
) -> dict[str, str]:
    """Names of who did these and of whom they were for, by staff id and by person id. `contact` is
    the state with a person's name."""
    known = [*found]
    ids = {one.staff_id for one in known if one.staff_id}
    accounts = await newest.list_by_id(documents, StaffState, ids)
    theirs = {key: one.person_id for key, one in accounts.items() if one.person_id}
    wanted = {*theirs.values(), *(one.person_id for one in known if one.person_id)}
    names = await newest.list_names(documents, contact, wanted)
    return names | {key: names[one] for key, one in theirs.items() if one in names}


async def on_state(tx: Transaction, heard: ReceivedEvent[Any]) -> None:
    await revocations.fold(tx, heard.data)
    await newest.put(tx, heard, _kept_of)


async def on_gone(tx: Transaction, staff_id: str) -> None:
    await revocations.end_account(tx, staff_id)
    await newest.remove(tx, StaffState, staff_id)
    await acts.unname(tx, [staff_id])


def _kept_of(event: Event) -> Document:
    return event.model_dump(include={"staff_id", "person_id"})


HANDLERS: Handlers = dict.fromkeys(revocations.EVENTS, on_state)
TOMBSTONES: Tombstones = dict.fromkeys(revocations.EVENTS, on_gone)

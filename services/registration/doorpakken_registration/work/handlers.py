"""What registration does with what the services say of the work for staff."""

from doorpakken_events.staff_work import StaffWork
from doorpakken_plumbing.messaging import newest
from doorpakken_plumbing.messaging.heard import Handlers, ReceivedEvent
from doorpakken_plumbing.messaging.transaction import Transaction


async def on_staff_work(tx: Transaction, heard: ReceivedEvent[StaffWork]) -> None:
    await newest.put(tx, heard)


HANDLERS: Handlers = {StaffWork: on_staff_work}

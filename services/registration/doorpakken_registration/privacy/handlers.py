"""Handlers of events about erasures."""

from doorpakken_events.erasure import ErasureConfirmed
from doorpakken_plumbing.messaging.heard import Handlers, ReceivedEvent
from doorpakken_plumbing.messaging.transaction import Transaction

from doorpakken_registration.privacy import erasure


async def on_erasure_confirmed(tx: Transaction, heard: ReceivedEvent[ErasureConfirmed]) -> None:
    await erasure.fold_answer(tx, heard.data)


HANDLERS: Handlers = {ErasureConfirmed: on_erasure_confirmed}

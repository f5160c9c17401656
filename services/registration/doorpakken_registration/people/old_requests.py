"""Requests for a link or a mail go some weeks after they were made, here and from their topics.
Refuses to touch the mails themselves: whoever was mailed is never mailed again for that reason."""

from datetime import timedelta

from doorpakken_events.event import Event
from doorpakken_events.registration import LinkRequested, MailRequested
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import Service
from doorpakken_plumbing.time import clock
from doorpakken_plumbing.time.timers import Timer, set_timer

from doorpakken_registration.common.store import taking

KIND = "old-requests"
KEPT = timedelta(days=35)
EVERY = timedelta(days=1)
AT_ONCE = 200
REQUESTS: dict[str, type[Event]] = {"link_requests": LinkRequested, "mail_requests": MailRequested}


async def begin(service: Service) -> None:
    """Looks for old ones at the start, and daily after that."""
    await service.transact(lambda tx: set_timer(tx, KIND, KIND, clock.now()))


async def drop_some(tx: Transaction, timer: Timer) -> None:
    """Drops the oldest ones, and looks again: at once where there may be more."""
    before, is_more = clock.now() - KEPT, False
    for collection, state in REQUESTS.items():
        gone = await taking.take_requested(tx, collection, before, AT_ONCE)
        for key, version in gone.items():
            tx.publish_tombstones(state, key, version)
        is_more = is_more or len(gone) == AT_ONCE
    await set_timer(tx, KIND, KIND, clock.now() if is_more else clock.now() + EVERY)


TIMERS = {KIND: drop_some}

"""Deletes requests for a link or a mail after some weeks, here and from their topics.
Does not touch the mails themselves, so that nobody is mailed again because of it."""

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
    await service.transact(lambda tx: set_timer(tx, KIND, KIND, clock.now()))


async def drop_some(tx: Transaction, timer: Timer) -> None:
    """Deletes a batch, then sets the next timer: now if there may be more, else after `EVERY`."""
    before, is_more = clock.now() - KEPT, False
    for collection, state in REQUESTS.items():
        gone = await taking.take_requested(tx, collection, before, AT_ONCE)
        for key, version in gone.items():
            tx.publish_tombstones(state, key, version)
        is_more = is_more or len(gone) == AT_ONCE
    await set_timer(tx, KIND, KIND, clock.now() if is_more else clock.now() + EVERY)


TIMERS = {KIND: drop_some}

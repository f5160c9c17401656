"""The timer of a commitment: says the newest thing that is true now, once for each day, and sets
its next moment."""

from dataclasses import replace

from doorpakken_events import commitment_moves
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.time import clock
from doorpakken_plumbing.time.timers import Timer

from doorpakken_registration.commitments import commitments
from doorpakken_registration.commitments.model import due
from doorpakken_registration.commitments.model.commitment import Told
from doorpakken_registration.commitments.store import commitments as store


async def remind(tx: Transaction, timer: Timer) -> None:
    found = await store.find_commitment(tx, timer.data["commitment_id"])
    if found is None:
        return
    now = clock.now()
    moment = due.untold(found, now)
    if moment is None:
        await commitments.set_moment(tx, found)
        return
    told = (*found.told, Told(moment.what, moment.due, now))
    is_past = moment.what in due.PASSED
    topic = commitment_moves.OVERDUE if is_past else commitment_moves.DUE_SOON
    after = replace(found, version=found.version + 1, told=told)
    await commitments.put(tx, found, after, topic)


TIMERS = {commitments.TIMER: remind}

"""The timers of commitments: each says the newest thing that is true now, once for each day, and
sets its next moment; another ends what was promised to a pitch that was withdrawn."""

from dataclasses import replace

from doorpakken_events import commitment_moves
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.time import clock
from doorpakken_plumbing.time.timers import Timer

from doorpakken_registration.commitments import commitments, keeping
from doorpakken_registration.commitments.model import due
from doorpakken_registration.commitments.model.commitment import Told
from doorpakken_registration.commitments.model.moves import RUNNING
from doorpakken_registration.commitments.store import commitments as store
from doorpakken_registration.pitches import pitches

PITCH_WITHDRAWN = "pitch_withdrawn"


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


async def end_with_pitch(tx: Transaction, timer: Timer) -> None:
    """What was promised to a pitch that was withdrawn ends; what was done of it stays."""
    for one in await store.list_of_pitch(tx, timer.data["pitch_id"]):
        if one.state in RUNNING:
            await keeping.end(tx, one, PITCH_WITHDRAWN, None, None)


TIMERS = {commitments.TIMER: remind, pitches.WITHDRAWN: end_with_pitch}

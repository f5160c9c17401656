"""Takes back what a plan has for somebody whose check-in was undone, so that the plan's number of
recommendations is again that of the people who are present."""

from doorpakken_events.registration import AttendeeState
from doorpakken_plumbing.messaging.transaction import Transaction

from doorpakken_matching import publishing, recommendations
from doorpakken_matching.store import check_in_barrier
from doorpakken_matching.store import recommendations as store


async def take_back(tx: Transaction, attendee: AttendeeState) -> None:
    """Passes the gate as a check-in does: a plan that is published at the same moment conflicts."""
    await check_in_barrier.pass_gate(tx, attendee.gathering_id, attendee.attendee_id)
    known = await store.find_recommendation(tx, attendee.attendee_id)
    if known is None or known.get("is_taken_back"):
        return
    await recommendations.take_back(tx, known)
    if known.get("is_counted", True):
        await publishing.say_one_fewer(tx, known["run_id"])

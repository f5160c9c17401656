"""Forgetting a person: what was heard of them goes, what was said of them is said to be gone, and
a session they lead goes on without a host. Who was never heard of is soon done."""

from collections.abc import Sequence

from doorpakken_events import registration as said
from doorpakken_events.matching import SessionsRecommended
from doorpakken_plumbing.messaging import erasure
from doorpakken_plumbing.messaging.heard import ReceivedEvent
from doorpakken_plumbing.messaging.transaction import Transaction

from doorpakken_matching import hosting, publishing, sessions
from doorpakken_matching.store import heard as heard_store
from doorpakken_matching.store import people


async def person_erased(tx: Transaction, heard: ReceivedEvent[said.PersonErased]) -> None:
    """Wipes the person and confirms."""
    person_id = heard.data.person_id
    attendee_ids = await people.list_attendee_ids(tx, person_id)
    erased = {"recommendations": await _forget_attendees(tx, attendee_ids)}
    erased |= await people.wipe_heard(tx, person_id, attendee_ids)
    erased["hostings"] = await hosting.forget(tx, person_id)
    erased["sessions"] = await _lead_no_more(tx, person_id)
    await erasure.mark(tx, attendee_ids)
    erased |= await erasure.wipe(tx, [person_id, *attendee_ids])
    erasure.confirm(tx, person_id, erased)


async def attendee_gone(tx: Transaction, attendee_id: str) -> None:
    """An attendee's key is gone: what plans had for them goes too, also when nobody was erased
    whom we knew them to be."""
    await heard_store.remove_state(tx, said.AttendeeState, attendee_id)
    await _forget_attendees(tx, [attendee_id])
    await erasure.wipe(tx, [attendee_id])


async def _forget_attendees(tx: Transaction, attendee_ids: Sequence[str]) -> int:
    """What plans had for these is gone, and their waves count fewer."""
    found = await people.take_recommendations(tx, attendee_ids)
    for one in found:
        tx.publish_tombstones(SessionsRecommended, one["_id"], one["version"])
        await publishing.say_one_fewer(tx, one["run_id"])
    return len(found)


async def _lead_no_more(tx: Transaction, person_id: str) -> int:
    hosted = await people.list_hosted(tx, person_id)
    for one in hosted:
        await sessions.change(tx, one, host=None, staff_host=None)
    await people.wipe_host_from_plans(tx, person_id)
    return len(hosted)

"""Erases a person: deletes what was received about them, publishes tombstones for what matching
published about them, and removes them as host; their sessions continue without one. An erasure of
an unknown person is confirmed as well."""

from collections.abc import Sequence

from doorpakken_events import registration as said
from doorpakken_events.erasure import PersonErased
from doorpakken_events.matching import SessionsRecommended
from doorpakken_events.staff import StaffState
from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.messaging import erasure, newest, owners
from doorpakken_plumbing.messaging.heard import ReceivedEvent
from doorpakken_plumbing.messaging.owners import ATTENDEE, PERSON
from doorpakken_plumbing.messaging.transaction import Transaction

from doorpakken_matching import hosting, publishing, sessions
from doorpakken_matching.store import people
from doorpakken_matching.store.heard import STATES


async def on_person_erased(tx: Transaction, heard: ReceivedEvent[PersonErased]) -> None:
    person_id = heard.data.person_id
    attendee_ids = await newest.list_ids_where(tx, said.AttendeeState, person_id=person_id)
    erased = {"recommendations": await _forget_attendees(tx, attendee_ids)}
    await owners.unname(tx, STATES, person_id)
    taken = await owners.take(tx, STATES, {PERSON: [person_id], ATTENDEE: attendee_ids})
    erased |= {name: len(ids) for name, ids in taken.items()}
    await acts.unname(tx, taken[StaffState.AGGREGATE])
    erased[acts.ACTS] = await acts.forget(tx, person_id)
    erased["hostings"] = await hosting.forget(tx, person_id)
    erased["sessions"] = await _lead_no_more(tx, person_id)
    await erasure.mark(tx, attendee_ids)
    erased |= await erasure.wipe(tx, [person_id, *attendee_ids])
    erasure.confirm(tx, person_id, erased)


async def on_attendee_gone(tx: Transaction, attendee_id: str) -> None:
    """Handles an attendee's tombstone: their recommendations are deleted too, also when the person
    behind the attendee was not known here."""
    await newest.remove(tx, said.AttendeeState, attendee_id)
    await _forget_attendees(tx, [attendee_id])
    await erasure.wipe(tx, [attendee_id])


async def _forget_attendees(tx: Transaction, attendee_ids: Sequence[str]) -> int:
    found = await people.take_recommendations(tx, attendee_ids)
    for one in found:
        tx.publish_tombstones(SessionsRecommended, one["_id"], one["version"])
        if one.get("is_counted", True):
            await publishing.say_one_fewer(tx, one["run_id"])
    return len(found)


async def _lead_no_more(tx: Transaction, person_id: str) -> int:
    hosted = await people.list_hosted(tx, person_id)
    for one in hosted:
        await sessions.change(tx, one, host=None, staff_host=None)
    await people.wipe_host_from_plans(tx, person_id)
    return len(hosted)

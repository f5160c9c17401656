"""Erases a person: empties the data in the read models that identifies them, as their tombstones
do. Versions are kept, so that an older event cannot fill a read model again."""

from doorpakken_events.erasure import PersonErased
from doorpakken_events.registration import AttendeeState
from doorpakken_plumbing.messaging import erasure, newest
from doorpakken_plumbing.messaging.heard import Handlers, ReceivedEvent
from doorpakken_plumbing.messaging.transaction import Transaction

from doorpakken_reporting import store


async def person_erased(tx: Transaction, heard: ReceivedEvent[PersonErased]) -> None:
    person_id = heard.data.person_id
    attendee_ids = await newest.list_ids_where(tx, AttendeeState, person_id=person_id)
    erased = await store.empty_person(tx, person_id, attendee_ids)
    await erasure.mark(tx, attendee_ids)
    erased |= await erasure.wipe(tx, [person_id, *attendee_ids])
    erasure.confirm(tx, person_id, erased)


HANDLERS: Handlers = {PersonErased: person_erased}

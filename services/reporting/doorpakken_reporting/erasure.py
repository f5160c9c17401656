"""Forgetting a person: what names them in a read model is emptied, as their tombstones do too. The
versions stay, so that nothing older fills a read model again."""

from doorpakken_events.registration import PersonErased
from doorpakken_plumbing.messaging import erasure
from doorpakken_plumbing.messaging.heard import Handlers, ReceivedEvent
from doorpakken_plumbing.messaging.transaction import Transaction

from doorpakken_reporting import store


async def person_erased(tx: Transaction, heard: ReceivedEvent[PersonErased]) -> None:
    """Wipes the person and confirms."""
    person_id = heard.data.person_id
    attendee_ids = await store.list_attendee_ids(tx, person_id)
    erased = await store.empty_person(tx, person_id, attendee_ids)
    await erasure.mark(tx, attendee_ids)
    erased |= await erasure.wipe(tx, [person_id, *attendee_ids])
    erasure.confirm(tx, person_id, erased)


HANDLERS: Handlers = {PersonErased: person_erased}

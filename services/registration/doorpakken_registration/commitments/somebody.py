"""Somebody who is named as the one who decides or takes over: found by name and address, or made.
Of who is known for nothing else and says nothing, nothing stays."""

from datetime import timedelta

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.time import clock
from doorpakken_plumbing.time.timers import set_timer

from doorpakken_registration.commitments.model.commitment import State
from doorpakken_registration.commitments.store import commitments as store
from doorpakken_registration.people.model.person import Introduction
from doorpakken_registration.people.persons import People

LAPSES = "named-lapses"
LAPSES_AFTER = timedelta(days=30)


async def named(tx: Transaction, who: Introduction) -> str:
    """The id of this person. What is known of somebody does not change by it."""
    people = await People.meet(tx, [who])
    person = people.find_or_make(who)
    await people.save()
    lapses_at = clock.now() + LAPSES_AFTER
    await set_timer(tx, f"{LAPSES}/{person.id}", LAPSES, lapses_at, {"person_id": person.id})
    return person.id


async def is_silent(documents: Documents, person_id: str) -> bool:
    """Whether they said nothing of any promise, and staff said nothing for them."""
    if await store.has_spoken(documents, person_id):
        return False
    owned = await store.list_owned_by(documents, person_id)
    return all(one.state in (State.PROPOSED, State.ENDED) for one in owned)

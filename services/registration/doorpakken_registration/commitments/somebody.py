"""Somebody who is named as the one who decides or takes over: found by name and address, or made.
Of who is known for nothing else and says nothing, nothing stays."""

from datetime import timedelta

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.time import clock
from doorpakken_plumbing.time.timers import set_timer

from doorpakken_registration.people.model.person import Introduction
from doorpakken_registration.people.persons import People

LAPSES = "named-lapses"
LAPSES_AFTER = timedelta(days=30)


async def named(tx: Transaction, who: Introduction) -> str:
    """The id of this person. What is known of somebody does not change by it."""
    people = await People.meet(tx, [who])
    if known := people.find(who):
        return known.id
    person = people.find_or_make(who)
    await people.save()
    lapses_at = clock.now() + LAPSES_AFTER
    await set_timer(tx, f"{LAPSES}/{person.id}", LAPSES, lapses_at, {"person_id": person.id})
    return person.id

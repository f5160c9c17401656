"""Changing who somebody is: of a member of staff also the address they sign in with."""

from doorpakken_plumbing.messaging.transaction import Transaction

from doorpakken_registration.people import persons
from doorpakken_registration.people.model.person import Introduction, Person
from doorpakken_registration.staff import accounts


async def change(tx: Transaction, person_id: str, who: Introduction) -> Person:
    """Raises NotFound, PersonKnown or AccountKnown."""
    changed = await persons.change(tx, person_id, who)
    await accounts.follow_address(tx, changed)
    return changed

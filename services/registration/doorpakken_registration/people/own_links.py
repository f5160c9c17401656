"""Mails a new personal link to its holder, at their stored address.
Above the limit per hour nothing is sent."""

from doorpakken_plumbing.messaging.transaction import Transaction

from doorpakken_registration.people import persons
from doorpakken_registration.people.links import LinkRequests


async def ask(tx: Transaction, person_id: str, per_hour: int) -> None:
    """Does nothing for a person without an e-mail address; raises NotFound."""
    person = await persons.hold(tx, person_id)
    if not person.email:
        return
    links = await LinkRequests.of(tx, [person_id])
    links.request(person_id, "sign_in", None, per_hour=per_hour)
    await links.save()

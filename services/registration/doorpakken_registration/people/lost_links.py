"""Mails a lost link again to everybody with that e-mail address, at most `PEOPLE_MAX` people.
The answer does not reveal whether the address is known: a timer looks it up afterwards."""

from datetime import timedelta

from doorpakken_plumbing.http.idempotency import StoredResponse
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.time import clock
from doorpakken_plumbing.time.timers import Timer, set_timer

from doorpakken_registration.common.received import RECEIVED
from doorpakken_registration.people.links import LinkRequests
from doorpakken_registration.people.store import persons as store
from doorpakken_registration.people.store import used_links

LOOKED_UP = "lost-link"
# Families and desks share an address; more people than this are not a family.
PEOPLE_MAX = 10
# The number of mails notification sends to one address before it combines the others in one.
AT_ONCE = 4
LATER = timedelta(minutes=1)
# Limits the people read per address, so that a stranger cannot make the lookup expensive.
LOOKED_AT = 500


async def ask(tx: Transaction, email: str, per_hour: int) -> StoredResponse:
    """Sets a timer for the lookup, so that the answer is the same for known and unknown
    addresses."""
    about = {"email": email, "per_hour": per_hour}
    await set_timer(tx, f"{LOOKED_UP}/{tx.new_id()}", LOOKED_UP, clock.now(), about)
    return RECEIVED


async def look_up(tx: Transaction, timer: Timer) -> None:
    """Requests a mail for each person with this address: for the first `AT_ONCE` now, for the
    others after `LATER`."""
    skipped = timer.data.get("skipped", 0)
    ids = (await _ids_at(tx, timer.data["email"]))[skipped:PEOPLE_MAX]
    if not skipped and len(ids) > AT_ONCE:
        ids, about = ids[:AT_ONCE], timer.data | {"skipped": AT_ONCE}
        await set_timer(tx, f"{LOOKED_UP}/{tx.new_id()}", LOOKED_UP, clock.now() + LATER, about)
    await store.hold_persons(tx, ids)
    links = await LinkRequests.of(tx, ids)
    for person_id in ids:
        links.request(person_id, "sign_in", None, per_hour=timer.data["per_hour"])
    await links.save()


async def _ids_at(tx: Transaction, email: str) -> list[str]:
    # People who used their link come first, the most recent use before all, then the newest people:
    # a stranger can invent many names at an address, but cannot read what is mailed to it.
    ids = [one.id for one in await store.list_persons_at(tx, email, LOOKED_AT)]
    used = await used_links.list_users(tx, ids)
    return [*used, *(one for one in ids if one not in used)]


TIMERS = {LOOKED_UP: look_up}

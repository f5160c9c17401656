"""A lost link is mailed again to everybody with that e-mail address. Whoever asks learns nothing:
the address is only noted, and looked up a moment later. Refuses to mail more than some people."""

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
# Families and desks share an address; more than these are no family.
PEOPLE_MAX = 10
# As many as notification sends to one address before it gathers the others in one mail.
AT_ONCE = 4
LATER = timedelta(minutes=1)
# How many of an address are looked at, so that no stranger makes it dear to look.
LOOKED_AT = 500


async def ask(tx: Transaction, email: str, per_hour: int) -> StoredResponse:
    """Has the address looked up in a moment: until then known and unknown are the same."""
    about = {"email": email, "per_hour": per_hour}
    await set_timer(tx, f"{LOOKED_UP}/{tx.new_id()}", LOOKED_UP, clock.now(), about)
    return RECEIVED


async def look_up(tx: Transaction, timer: Timer) -> None:
    """Asks for a mail to each person with this address: at once to as many as are mailed at once,
    first to who used their link before, and to the others a little later."""
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
    """Who used their link comes first, the last one before all; then the newest. A stranger can
    make up many names at an address, but cannot read what is mailed to it."""
    ids = [one.id for one in await store.list_persons_at(tx, email, LOOKED_AT)]
    used = await used_links.list_users(tx, ids)
    return [*used, *(one for one in ids if one not in used)]


TIMERS = {LOOKED_UP: look_up}

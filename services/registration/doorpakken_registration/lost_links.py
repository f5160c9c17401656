"""A lost link is mailed again to everybody with that e-mail address. Whoever asks learns nothing:
the address is only noted, and looked up a moment later. Refuses to mail more than some people."""

from doorpakken_plumbing import clock
from doorpakken_plumbing.idempotency import Answer
from doorpakken_plumbing.timers import Timer, set_timer
from doorpakken_plumbing.transaction import Transaction

from doorpakken_registration.attendees import RECEIVED
from doorpakken_registration.links import LinkRequests
from doorpakken_registration.store import persons as store

LOOKED_UP = "lost-link"
# Families and desks share an address; more than these are no family.
PEOPLE_MAX = 10


async def ask(tx: Transaction, email: str, per_hour: int) -> Answer:
    """Has the address looked up in a moment: until then known and unknown are the same."""
    about = {"email": email, "per_hour": per_hour}
    await set_timer(tx, f"{LOOKED_UP}/{tx.new_id()}", LOOKED_UP, clock.now(), about)
    return RECEIVED


async def look_up(tx: Transaction, timer: Timer) -> None:
    """Asks for a mail to each person with this address."""
    people = await store.list_persons_at(tx, timer.data["email"], PEOPLE_MAX)
    ids = [one.id for one in people]
    await store.hold_persons(tx, ids)
    links = await LinkRequests.of(tx, ids)
    for person_id in ids:
        links.request(person_id, "sign_in", None, per_hour=timer.data["per_hour"])
    await links.save()


TIMERS = {LOOKED_UP: look_up}

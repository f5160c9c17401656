"""Offers free places of a full gathering to the waitlist, the longest waiting first. An offer
expires and then goes to the next; nobody gets a place that they did not accept."""

from doorpakken_events import states
from doorpakken_plumbing.http.errors import Conflict
from doorpakken_plumbing.messaging.lanes import Command
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.observing.tracing import Origin
from doorpakken_plumbing.time import clock
from doorpakken_plumbing.time.timers import Timer, cancel_timer, set_timer

from doorpakken_registration.attendance import check_in
from doorpakken_registration.gatherings import attendees
from doorpakken_registration.gatherings.gatherings import PLACES_FREE, places_came_free
from doorpakken_registration.gatherings.model.attendee import Attendee
from doorpakken_registration.gatherings.model.holding import offer_until
from doorpakken_registration.gatherings.store import attendees as store
from doorpakken_registration.gatherings.store import gatherings as gatherings_store
from doorpakken_registration.people import persons
from doorpakken_registration.people.links import LinkRequests

LAPSES = "place-offer"
AT_ONCE = 50


class PlaceGone(Conflict):
    """It is not kept for them (any more)."""

    slug = "place-gone"
    dutch = "Deze plaats is er niet meer. Meld u opnieuw aan."


async def fill(tx: Transaction, timer: Timer) -> None:
    """Offers at most AT_ONCE free places per transaction; none once the gathering has begun."""
    gathering = await gatherings_store.find_gathering(tx, timer.data["gathering_id"])
    now = clock.now()
    if gathering is None or not gathering.takes_people or now >= gathering.starts_at:
        return
    room = AT_ONCE if gathering.capacity is None else gathering.capacity - gathering.taken
    waiting = await store.list_waiting(tx, gathering.id, min(room, AT_ONCE))
    until = offer_until(now, gathering.starts_at)
    for attendee in waiting:
        await _put(tx, attendee, attendee.offered(until))
        data = {"attendee_id": attendee.id}
        await set_timer(tx, f"{LAPSES}/{attendee.id}", LAPSES, until, data)
    await gatherings_store.add_taken(tx, gathering.id, len(waiting))
    if len(waiting) == AT_ONCE:
        await places_came_free(tx, gathering.id)


async def accept(tx: Transaction, attendee_id: str, links_per_hour: int) -> Attendee:
    """Accepts the offered place and requests the mail of a sign-up, with the code at the door;
    idempotent. Raises NotFound or PlaceGone."""
    attendee = await attendees.get(tx, attendee_id)
    if attendee.state is states.Attendee.REGISTERED:
        return attendee
    if attendee.state is not states.Attendee.OFFERED:
        raise PlaceGone("No place is kept for you now. You may be on the waitlist.")
    await cancel_timer(tx, f"{LAPSES}/{attendee.id}")
    placed = await _put(tx, attendee, attendee.registered())
    await _send_link(tx, placed, links_per_hour)
    return placed


async def _send_link(tx: Transaction, placed: Attendee, links_per_hour: int) -> None:
    """Also for somebody without an e-mail address: it is then on the call list."""
    await persons.hold(tx, placed.person_id)
    links = await LinkRequests.of(tx, [placed.person_id])
    links.request(
        placed.person_id,
        "registered",
        placed.gathering_id,
        per_hour=links_per_hour,
        attendee_id=placed.id,
    )
    await links.save()


async def lapse(tx: Transaction, timer: Timer) -> None:
    """Cancels an attendee who did not accept in time, with their seats in sessions, which a guest
    may have; they may sign up again."""
    attendee = await store.find_attendee(tx, timer.data["attendee_id"])
    if attendee is None or attendee.state is not states.Attendee.OFFERED:
        return
    cancelling = check_in.Change(attendee.gathering_id, attendee.id, check_in.Act.CANCEL)
    await check_in.decide(tx, [Command(cancelling, Origin.current())])


async def _put(tx: Transaction, before: Attendee, after: Attendee) -> Attendee:
    await store.put_attendees(tx, [after])
    tx.publish(attendees.event_of(before, after), after.version)
    return after


TIMERS = {PLACES_FREE: fill, LAPSES: lapse}

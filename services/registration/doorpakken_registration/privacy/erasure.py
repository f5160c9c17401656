"""Erasing a person, in one transaction: gives up their seats, deletes their data, and publishes
tombstones and `PersonErased`. A second erasure of the same person returns the first one."""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from doorpakken_events.erasure import ErasureConfirmed, PersonErased
from doorpakken_events.registration import PersonContact
from doorpakken_plumbing.http.errors import NotFound
from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.messaging import erasure
from doorpakken_plumbing.messaging.lanes import Command, Lanes
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.time import clock
from doorpakken_plumbing.time.timers import Timer, set_timer

from doorpakken_registration import kept
from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.gatherings.model.attendee import Attendee
from doorpakken_registration.gatherings.store import attendees as attendees_store
from doorpakken_registration.people import persons
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.privacy.model.erasure import Erasure
from doorpakken_registration.privacy.store import erasures as store
from doorpakken_registration.seats.model.seating import Seating
from doorpakken_registration.seats.seats import Seats

ERASED = "person_erased"
# Kafka closes a segment at the first record after a minute, and compacts only closed segments.
AGAIN_AFTER = timedelta(seconds=90)
SAID_AGAIN = "contact-gone"
# Characters of a number (K7-4QX), without those that look alike: 0 O, 1 I L, 2 Z, 5 S, 8 B, U V.
SIGNS = "ACDEFGHJKMNPQRTWXY34679"


async def submit(lanes: Lanes, person_id: str, staff_id: str | None = None) -> Erasure:
    """One at a time: each is slow and writes to sessions that others are in."""

    async def alone(tx: Transaction, commands: Sequence[Command[str]]) -> list[Erasure]:
        return [await erase(tx, command.payload, staff_id) for command in commands]

    # A new function for each request, so that the lane does not batch two in one transaction.
    return await lanes.submit("erasures", person_id, alone)


async def erase(tx: Transaction, person_id: str, staff_id: str | None = None) -> Erasure:
    """Idempotent; `staff_id` is who of staff does it, kept without anything about the person.
    Raises NotFound for an unknown person."""
    if known := await store.find_erasure(tx, person_id):
        return known
    person = await persons.hold(tx, person_id)
    attendees = await attendees_store.list_attendances(tx, person_id)
    attendee_ids = [one.id for one in attendees]
    number = await _free_number(tx)
    await acts.note(tx, staff_id, ERASED, number)
    await _give_up_seats(tx, attendees)
    erased = await kept.forget(tx, person_id, attendee_ids)
    for one in attendees:
        if one.has_place:
            await gatherings.places_came_free(tx, one.gathering_id)
    made = await _say_gone(tx, person, number)
    await erasure.mark(tx, [person_id, *attendee_ids])
    erased |= await erasure.wipe(tx, [person_id, *attendee_ids])
    erasure.confirm(tx, person_id, erased)
    return made


async def get(documents: Documents, number: str) -> Erasure:
    found = await store.find_numbered(documents, number)
    if found is None:
        raise NotFound("There is no erasure with this number.")
    return found


async def fold_answer(tx: Transaction, answer: ErasureConfirmed) -> None:
    await store.put_answer(tx, answer.person_id, answer.service, answer.confirmed_at)


async def say_again(tx: Transaction, timer: Timer) -> None:
    """Publishes the contact's tombstone again, so that Kafka closes its segment."""
    found = await store.find_numbered(tx, timer.data["number"])
    if found:
        tx.forget(PersonContact, found.id, found.contact_version + 1)


async def _give_up_seats(tx: Transaction, attendees: Sequence[Attendee]) -> None:
    seats = await Seats.load(tx, attendees)

    def leave_all(trial: Seating) -> None:
        for attendee in attendees:
            trial.leave_all(trial.open_at(attendee), ERASED, clock.now())
            # Written even when empty, so that a concurrent sign-up conflicts with this erasure.
            trial.touch_calendar(attendee.person_id)

    await seats.settle(lambda: seats.attempt(None, leave_all))


async def _say_gone(tx: Transaction, person: Person, number: str) -> Erasure:
    now = clock.now()
    made = Erasure(
        id=person.id,
        number=number,
        asked_at=now,
        contact_version=person.version + 1,
        answers={tx.emitter: now},
    )
    await store.add_erasure(tx, made)
    tx.publish(PersonErased(person_id=person.id, erased_at=now), 1)
    key = f"{SAID_AGAIN}/{made.number}"
    await set_timer(tx, key, SAID_AGAIN, now + AGAIN_AFTER, {"number": made.number})
    return made


async def _free_number(tx: Transaction) -> str:
    while await store.find_numbered(tx, number := _draw_number()):
        pass
    return number


def _draw_number() -> str:
    drawn = "".join(secrets.choice(SIGNS) for _ in range(5))
    return f"{drawn[:2]}-{drawn[2:]}"


TIMERS = {SAID_AGAIN: say_again}

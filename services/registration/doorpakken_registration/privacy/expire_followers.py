"""Expires requests for mail about gatherings that were never confirmed, but not while a claim of
the person waits; invitations by staff that nobody followed; and people who were named for a promise
and said nothing. A person about whom nothing else is stored is erased; others are kept."""

from collections.abc import Collection

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.time.timers import Timer

from doorpakken_registration import kept
from doorpakken_registration.attendance import inviting
from doorpakken_registration.claims.store import claims as claims_store
from doorpakken_registration.commitments import somebody
from doorpakken_registration.following import following
from doorpakken_registration.following.store import followers as store
from doorpakken_registration.gatherings.store import attendees as attendees_store
from doorpakken_registration.organisations.store import organisations as organisations_store
from doorpakken_registration.people.store import persons as persons_store
from doorpakken_registration.privacy import erasure

# Collections with data of a person who only made such a request.
OF_ASKING = {"persons", "link_requests", "mail_requests", "acts"}
# And of a person who was only named for a promise.
OF_NAMING = OF_ASKING | {"commitments"}


async def lapse(tx: Transaction, timer: Timer) -> None:
    person_id = timer.data["person_id"]
    found = await store.find_follower(tx, person_id)
    if found is None or not found.is_asked:
        return
    if await claims_store.has_waiting(tx, person_id):
        await following.lapse_later(tx, person_id)
        return
    if before := found.lapsed():
        await store.put_followers(tx, [before])
        return
    await store.delete_follower(tx, person_id)
    if not await _is_known(tx, person_id):
        await erasure.erase(tx, person_id)


async def forget_invited(tx: Transaction, timer: Timer) -> None:
    person_id = timer.data["person_id"]
    person = await persons_store.find_person(tx, person_id)
    if person and not await _is_known(tx, person_id):
        await erasure.erase(tx, person_id)


async def forget_named(tx: Transaction, timer: Timer) -> None:
    person_id = timer.data["person_id"]
    person = await persons_store.find_person(tx, person_id)
    is_silent = person and await somebody.is_silent(tx, person_id)
    if is_silent and not await _is_known(tx, person_id, OF_NAMING):
        await erasure.erase(tx, person_id)


async def _is_known(
    tx: Transaction, person_id: str, beside: Collection[str] = frozenset(OF_ASKING)
) -> bool:
    attendances = await attendees_store.list_attendances(tx, person_id)
    own = await kept.find(tx, person_id, [one.id for one in attendances])
    known = {name for name, documents in own.items() if documents}
    contact_of = await organisations_store.list_organisations_of_contact(tx, person_id)
    return bool(contact_of or known - {*beside})


TIMERS = {
    following.LAPSES: lapse,
    inviting.LAPSES: forget_invited,
    somebody.LAPSES: forget_named,
}

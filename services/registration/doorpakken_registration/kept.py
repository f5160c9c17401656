"""Everything that registration keeps of a person, of all slices: found, erased or given to another
person in one place."""

from collections.abc import Sequence

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Document, Documents

from doorpakken_registration.attendance import kept as attendance
from doorpakken_registration.claims import kept as claims
from doorpakken_registration.commitments import kept as commitments
from doorpakken_registration.conversation import kept as conversation
from doorpakken_registration.following import kept as following
from doorpakken_registration.gatherings import kept as gatherings
from doorpakken_registration.organisations import kept as organisations
from doorpakken_registration.outcomes import kept as outcomes
from doorpakken_registration.people import kept as people
from doorpakken_registration.pitches import kept as pitches
from doorpakken_registration.seats import kept as seats
from doorpakken_registration.staff import kept as staff

# As the person reads it. An erasure goes from the last to the first, since the rest refers to
# attendees and persons.
KEPT = (
    people.PERSONS,
    *gatherings.KEPT,
    *attendance.KEPT,
    *seats.KEPT,
    *conversation.KEPT,
    *pitches.KEPT,
    *commitments.KEPT,
    *outcomes.KEPT,
    *claims.KEPT,
    *following.KEPT,
    *organisations.KEPT,
    *staff.KEPT,
    *people.KEPT,
)


async def find(
    documents: Documents, person_id: str, attendee_ids: Sequence[str]
) -> dict[str, list[Document]]:
    """By collection, also empty ones; without those that are not shown to the person."""
    shown = [one for one in KEPT if one.shown]
    return {one.collection: await one.find(documents, person_id, attendee_ids) for one in shown}


async def forget(tx: Transaction, person_id: str, attendee_ids: Sequence[str]) -> dict[str, int]:
    """Returns how many items there were, by collection."""
    return {one.collection: await one.forget(tx, person_id, attendee_ids) for one in KEPT[::-1]}


async def forget_attendee(tx: Transaction, attendee_id: str) -> None:
    """What refers to them at one gathering; the person stays."""
    for one in KEPT[::-1]:
        await one.forget_attendee(tx, attendee_id)


async def give(tx: Transaction, gone: str, stays: str) -> None:
    """Everything of the person who is gone becomes that of the one who stays."""
    for one in KEPT[::-1]:
        await one.give(tx, gone, stays)


async def give_of_organisation(tx: Transaction, gone: str, stays: str) -> None:
    for one in KEPT:
        if one.organisation_giver:
            await one.organisation_giver(tx, gone, stays)

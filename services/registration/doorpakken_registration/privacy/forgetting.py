"""Deletes the data of a person by collection, with tombstones on all topics of the aggregate. Data
that other services published is deleted without an event."""

from collections.abc import Sequence

from doorpakken_events.registration import (
    AttendeeState,
    InvitationAnswered,
    LinkRequested,
    SignUpState,
)
from doorpakken_plumbing.messaging.transaction import Transaction

from doorpakken_registration.attendance.forget_attendance import forget_stated
from doorpakken_registration.common.store import taking
from doorpakken_registration.gatherings.store import attendees as attendees_store
from doorpakken_registration.gatherings.store import gatherings as gatherings_store

HEARD_OF_PERSON = {"invitations": "person_id", "hostings": "person_id"}


async def forget_sign_ups(tx: Transaction, person_id: str, attendee_ids: Sequence[str]) -> int:
    """The seats were given up before. Also deletes the calendar."""
    await taking.take(tx, "calendars", "_id", [person_id])
    return await forget_stated(tx, "sign_ups", "attendee_id", attendee_ids, SignUpState)


async def forget_answers(tx: Transaction, person_id: str, attendee_ids: Sequence[str]) -> int:
    return await forget_stated(tx, "answers", "attendee_id", attendee_ids, InvitationAnswered)


async def forget_attendees(tx: Transaction, person_id: str, attendee_ids: Sequence[str]) -> int:
    theirs = await attendees_store.list_attendees(tx, attendee_ids)
    await gatherings_store.free_places(tx, [one.gathering_id for one in theirs if one.has_place])
    await attendees_store.leave_uncounted(tx, theirs)
    return await forget_stated(tx, "attendees", "_id", attendee_ids, AttendeeState)


async def forget_told(tx: Transaction, person_id: str, attendee_ids: Sequence[str]) -> int:
    """Private details and consents; neither was published."""
    particulars = await taking.take(tx, "particulars", "person_id", [person_id])
    consents = await taking.take(tx, "consents", "person_id", [person_id])
    return len(particulars) + len(consents)


async def forget_link_requests(tx: Transaction, person_id: str, attendee_ids: Sequence[str]) -> int:
    return await forget_stated(tx, "link_requests", "person_id", [person_id], LinkRequested)


async def forget_used_links(tx: Transaction, person_id: str, attendee_ids: Sequence[str]) -> int:
    return len(await taking.take(tx, "used_links", "person_id", [person_id]))


async def forget_heard(tx: Transaction, person_id: str, attendee_ids: Sequence[str]) -> int:
    found = [await taking.take(tx, "recommendations", "_id", attendee_ids)]
    for collection, field in HEARD_OF_PERSON.items():
        found.append(await taking.take(tx, collection, field, [person_id]))
    return sum(map(len, found))

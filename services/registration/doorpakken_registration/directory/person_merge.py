"""Merging two people: everything of the first moves to the second, and the first is deleted.
Refused when both attend one gathering or have seats that overlap, or the first leads a session."""

from dataclasses import dataclass, replace

from doorpakken_events.registration import PersonContact
from doorpakken_plumbing.http.errors import Conflict
from doorpakken_plumbing.messaging import erasure
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.time import clock

from doorpakken_registration.attendance import forget_attendance
from doorpakken_registration.directory import merge_plan
from doorpakken_registration.directory.merge_plan import Belongings, SameTwice
from doorpakken_registration.directory.model.merge import both_at_once, in_one
from doorpakken_registration.directory.store import merge_plan as store
from doorpakken_registration.following import following
from doorpakken_registration.gatherings.model.attendee import Attendee
from doorpakken_registration.organisations.store import organisations as organisations_store
from doorpakken_registration.people import persons
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.store import persons as persons_store
from doorpakken_registration.seats.model.sign_up import Calendar
from doorpakken_registration.seats.store import sign_ups as sign_ups_store


class BothAtGathering(Conflict):
    """Both take part in the gatherings in `gathering_ids`."""

    slug = "both-at-gathering"
    dutch = "Beiden doen mee aan dezelfde bijeenkomst. Meld eerst één van de twee af."


class SeatsOverlap(Conflict):
    """Both have a seat at the same time; `sign_up_id` names the one of who would be gone."""

    slug = "seats-overlap"
    dutch = "Beiden hebben een sessie op dezelfde tijd. Meld eerst één van de twee af."


class LeadsSession(Conflict):
    """They lead the sessions in `session_ids`, or are asked to."""

    slug = "person-leads-session"
    dutch = "Deze persoon leidt een sessie. Probeer het andersom."


@dataclass(frozen=True)
class PersonMerge:
    """A merge of `gone` into `stays`, with what moves and the cancelled attendees to delete."""

    gone: Person
    stays: Person
    given: Belongings
    dropped: tuple[Attendee, ...]
    calendars: tuple[Calendar, Calendar]


async def prepare(documents: Documents, person_id: str, into: str) -> PersonMerge:
    """Checks without writing; raises NotFound, SameTwice, LeadsSession, TooMuchToMerge,
    BothAtGathering or SeatsOverlap."""
    if person_id == into:
        raise SameTwice("A person cannot be merged into themselves.")
    gone, stays = await persons.get(documents, person_id), await persons.get(documents, into)
    await _require_no_sessions_led(documents, gone.id)
    given = await merge_plan.of_person(documents, gone.id)
    given.require_movable()
    dropped = await _dropped(documents, given, stays.id)
    moved = tuple(one for one in given.attendees if one not in dropped)
    calendars = await _calendars(documents, gone.id, stays.id)
    return PersonMerge(gone, stays, replace(given, attendees=moved), dropped, calendars)


async def merge(tx: Transaction, person_id: str, into: str) -> PersonMerge:
    # Held before anything is read, so that a concurrent sign-up or offer of either conflicts.
    await persons_store.hold_persons(tx, [person_id, into])
    plan = await prepare(tx, person_id, into)
    for attendee in plan.dropped:
        await forget_attendance.forget_attendance(tx, attendee.id)
    await merge_plan.give_to_person(tx, plan.given, plan.gone.id, plan.stays.id)
    await store.give_rows(tx, plan.gone.id, plan.stays.id)
    await following.give(tx, plan.gone.id, plan.stays.id)
    await store.end_own_handovers(tx, plan.stays.id, clock.now())
    await _join_calendars(tx, *plan.calendars)
    await _replace_contact(tx, plan.gone.id, plan.stays.id)
    await _join_persons(tx, plan.gone, plan.stays)
    ended = [plan.gone.id, *(one.id for one in plan.dropped)]
    # Later events about these ids are dropped, and superseded states leave the outbox.
    await erasure.mark(tx, ended)
    await erasure.wipe(tx, ended)
    return plan


async def _require_no_sessions_led(documents: Documents, person_id: str) -> None:
    """Raises LeadsSession: others know the host by this id, so it has to stay."""
    if led := await store.list_sessions_led_by(documents, person_id, clock.now()):
        raise LeadsSession(
            "This person leads a session, or is asked to. Merge the other one into this one, "
            "or give the session another host.",
            session_ids=led,
        )


async def _dropped(documents: Documents, given: Belongings, into: str) -> tuple[Attendee, ...]:
    """Of two attendees at one gathering, the one who cancelled; raises BothAtGathering when
    neither can be dropped."""
    there = await merge_plan.of_person(documents, into)
    theirs = {one.gathering_id: one for one in there.attendees}
    pairs = [
        (one, theirs[one.gathering_id]) for one in given.attendees if one.gathering_id in theirs
    ]
    kept = {one.id for pair in pairs for one in pair if not one.is_cancelled}
    sign_ups = await store.list_sign_ups_of(documents, [one.id for pair in pairs for one in pair])
    kept |= {one.attendee_id for one in sign_ups if one.is_open}
    clashing = [gone.gathering_id for gone, stays in pairs if {gone.id, stays.id} <= kept]
    if clashing:
        raise BothAtGathering(
            "Both take part in the same gathering. Cancel one of the two there first, "
            "with their sessions.",
            gathering_ids=sorted(clashing),
        )
    return tuple(stays if gone.id in kept else gone for gone, stays in pairs)


async def _calendars(documents: Documents, gone: str, stays: str) -> tuple[Calendar, Calendar]:
    listed = await sign_ups_store.list_calendars(documents, (gone, stays))
    found = {one.person_id: one for one in listed}
    theirs = found.get(gone, Calendar(gone)), found.get(stays, Calendar(stays))
    if entry := both_at_once(theirs[1], theirs[0]):
        raise SeatsOverlap(
            "Both have a seat at the same time. End one of the two first.",
            sign_up_id=entry.sign_up_id,
        )
    return theirs


async def _join_calendars(tx: Transaction, gone: Calendar, stays: Calendar) -> None:
    if gone.entries or gone.led:
        await sign_ups_store.put_calendars(tx, [in_one(stays, gone)])
    await store.remove_calendar(tx, gone.person_id)


async def _replace_contact(tx: Transaction, gone: str, stays: str) -> None:
    for one in await organisations_store.list_organisations_of_contact(tx, gone):
        contacts = [stays if contact == gone else contact for contact in one.contacts]
        await organisations_store.put_organisation(tx, one.with_contacts(contacts))


async def _join_persons(tx: Transaction, gone: Person, stays: Person) -> None:
    await persons_store.remove_person(tx, gone.id)
    tx.publish_tombstones(PersonContact, gone.id, gone.version)
    await persons.put(tx, stays, stays.joined_by(gone))

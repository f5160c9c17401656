"""Merging two people: everything of the first moves to the second, and the first is deleted.
Refused when both attend one gathering or have seats that overlap, or the first leads a session."""

from dataclasses import dataclass, replace

from doorpakken_plumbing.http.errors import Conflict
from doorpakken_plumbing.messaging import erasure
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.time import clock

from doorpakken_registration import kept
from doorpakken_registration.directory import merge_plan
from doorpakken_registration.directory.merge_plan import Belongings, SameTwice
from doorpakken_registration.directory.model.merge import both_at_once
from doorpakken_registration.gatherings.model.attendee import Attendee
from doorpakken_registration.people import persons
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.store import persons as persons_store
from doorpakken_registration.seats.model.sign_up import Calendar
from doorpakken_registration.seats.store import hostings as hostings_store
from doorpakken_registration.seats.store import sign_ups as sign_ups_store
from doorpakken_registration.staff import accounts


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


async def prepare(documents: Documents, person_id: str, into: str) -> PersonMerge:
    """Checks without writing; raises NotFound, SameTwice, BothAreStaff, LeadsSession,
    TooMuchToMerge, BothAtGathering or SeatsOverlap."""
    if person_id == into:
        raise SameTwice("A person cannot be merged into themselves.")
    gone, stays = await persons.get(documents, person_id), await persons.get(documents, into)
    await accounts.require_one_account(documents, gone.id, stays.id)
    await _require_no_sessions_led(documents, gone.id)
    given = await merge_plan.of_person(documents, gone.id)
    given.require_movable()
    dropped = await _dropped(documents, given, stays.id)
    moved = tuple(one for one in given.attendees if one not in dropped)
    await _require_no_overlap(documents, gone.id, stays.id)
    return PersonMerge(gone, stays, replace(given, attendees=moved), dropped)


async def merge(tx: Transaction, person_id: str, into: str) -> PersonMerge:
    # Held before anything is read, so that a concurrent sign-up or offer of either conflicts.
    await persons_store.hold_persons(tx, [person_id, into])
    plan = await prepare(tx, person_id, into)
    for attendee in plan.dropped:
        await kept.forget_attendee(tx, attendee.id)
    await kept.give(tx, plan.gone.id, plan.stays.id)
    ended = [plan.gone.id, *(one.id for one in plan.dropped)]
    # Later events about these ids are dropped, and superseded states leave the outbox.
    await erasure.mark(tx, ended)
    await erasure.wipe(tx, ended)
    return plan


async def _require_no_sessions_led(documents: Documents, person_id: str) -> None:
    """Raises LeadsSession: others know the host by this id, so it has to stay."""
    if led := await hostings_store.list_sessions_led_by(documents, person_id, clock.now()):
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
    both = [one for pair in pairs for one in pair]
    sign_ups = await sign_ups_store.list_sign_ups_of(documents, [one.id for one in both])
    taking_part = {one.id for one in both if not one.is_cancelled}
    taking_part |= {one.attendee_id for one in sign_ups if one.is_open}
    clashing = [gone.gathering_id for gone, stays in pairs if {gone.id, stays.id} <= taking_part]
    if clashing:
        raise BothAtGathering(
            "Both take part in the same gathering. Cancel one of the two there first, "
            "with their sessions.",
            gathering_ids=sorted(clashing),
        )
    return tuple(stays if gone.id in taking_part else gone for gone, stays in pairs)


async def _require_no_overlap(documents: Documents, gone: str, stays: str) -> None:
    listed = await sign_ups_store.list_calendars(documents, (gone, stays))
    found = {one.person_id: one for one in listed}
    theirs, own = found.get(gone, Calendar(gone)), found.get(stays, Calendar(stays))
    if entry := both_at_once(own, theirs):
        raise SeatsOverlap(
            "Both have a seat at the same time. End one of the two first.",
            sign_up_id=entry.sign_up_id,
        )

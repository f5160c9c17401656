"""Changes that attendees make on their own page: their details and their organisation.
Refused for those who cancelled: they sign up again first, with the details they gave before."""

from dataclasses import replace

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.attendance.check_in import Cancelled
from doorpakken_registration.attendance.model.registration import Registration
from doorpakken_registration.attendance.private_details import PrivateDetailsBatch
from doorpakken_registration.gatherings import attendees, gatherings
from doorpakken_registration.gatherings.model.attendee import Attendee, Details
from doorpakken_registration.gatherings.model.private_details import Told
from doorpakken_registration.gatherings.store import attendees as store
from doorpakken_registration.organisations import organisations
from doorpakken_registration.organisations.organisations import Organisations
from doorpakken_registration.people import persons
from doorpakken_registration.people.model.person import Introduction


async def change(tx: Transaction, attendee_id: str, wanted: Details) -> Attendee:
    """An unchanged attendee is not written or published again. Raises NotFound or Cancelled."""
    before = await attendees.get(tx, attendee_id)
    await persons.hold(tx, before.person_id)
    if before.is_cancelled:
        raise Cancelled("You cancelled. Say first that you will come, then change your answers.")
    await _confide(tx, before, wanted)
    after = replace(
        before,
        kind=wanted.kind,
        organisation_id=await _organisation_id(tx, wanted),
        availability=wanted.availability,
        interests=wanted.interests,
        offers=wanted.offers,
    )
    if after == before:
        return before
    after = replace(after, version=before.version + 1)
    await store.put_attendees(tx, [after])
    tx.publish(attendees.event_of(before, after), after.version)
    return after


async def coming_back(
    documents: Documents, attendee: Attendee, links_per_hour: int
) -> Registration:
    """The sign-up of an attendee who cancelled, with the details they gave before."""
    person = await persons.get(documents, attendee.person_id)
    details = Details(
        kind=attendee.kind,
        organisation=await organisations.name_of(documents, attendee.organisation_id),
        availability=attendee.availability,
        interests=attendee.interests,
        offers=attendee.offers,
        # Their private details and consents are still stored.
        told=Told(),
        is_listed=False,
        listing_words="",
    )
    return Registration(
        gathering_id=attendee.gathering_id,
        who=Introduction(person.name, person.email, person.phone, person.language),
        details=details,
        links_per_hour=links_per_hour,
        person_id=person.id,
    )


async def _confide(tx: Transaction, attendee: Attendee, wanted: Details) -> None:
    gathering = await gatherings.get(tx, attendee.gathering_id)
    confided = PrivateDetailsBatch(tx)
    confided.tell(gathering, attendee, wanted.told)
    confided.allow_listing(attendee, wanted.listing_words, is_given=wanted.is_listed)
    await confided.save()


async def _organisation_id(tx: Transaction, wanted: Details) -> str | None:
    named = await Organisations.named(tx, [wanted.organisation] if wanted.organisation else [])
    organisation = named.find_or_make(wanted.organisation, wanted.kind)
    await named.save()
    return organisation.id if organisation else None

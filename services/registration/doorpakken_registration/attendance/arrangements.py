"""Arrangements that organisers have to make for attendees, and the list of participants who
agreed to show their name. Read only."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.attendance.store import private_details as store
from doorpakken_registration.gatherings.model.attendee import Attendee
from doorpakken_registration.gatherings.model.private_details import Particulars
from doorpakken_registration.gatherings.store import attendees as attendees_store
from doorpakken_registration.organisations.store import organisations as organisations_store
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.store import consents as consents_store
from doorpakken_registration.people.store import persons as persons_store


@dataclass(frozen=True)
class Asked:
    """The requests and answers of one attendee who has a place or waits for one."""

    attendee: Attendee
    person: Person
    told: Particulars

    @property
    def replies(self) -> Mapping[str, str]:
        return {one.question_id: one.text for one in self.told.replies}


@dataclass(frozen=True)
class Listed:
    """An entry in the list of participants."""

    name: str
    organisation: str | None
    kind: str


async def list_asked(documents: Documents, gathering_id: str) -> list[Asked]:
    """Attendees who gave private details, sorted by name; without those who cancelled."""
    kept = await store.list_particulars(documents, gathering_id)
    told = {one.id: one for one in kept if not one.is_empty}
    people = await _coming(documents, told)
    asked = [Asked(attendee, person, told[attendee.id]) for attendee, person in people]
    return sorted(asked, key=lambda one: one.person.name.casefold())


def counted(asked: list[Asked]) -> Counter[str]:
    return Counter(name for one in asked for name in one.told.arrangements)


async def list_participants(documents: Documents, gathering_id: str) -> list[Listed]:
    """Attendees who have a place and agreed to show their name, sorted by name."""
    given = {one.id for one in await consents_store.list_given(documents, gathering_id)}
    people = [pair for pair in await _coming(documents, given) if pair[0].has_place]
    wanted = {attendee.organisation_id or "" for attendee, _ in people}
    organisations = await organisations_store.list_organisations(documents, wanted)
    names = {one.id: one.name for one in organisations}
    listed = [
        Listed(person.name, names.get(attendee.organisation_id or ""), attendee.kind)
        for attendee, person in people
    ]
    return sorted(listed, key=lambda one: one.name.casefold())


async def _coming(
    documents: Documents, attendee_ids: Mapping[str, object] | set[str]
) -> list[tuple[Attendee, Person]]:
    attendees = await attendees_store.list_attendees(documents, attendee_ids)
    people = await persons_store.list_persons(documents, {one.person_id for one in attendees})
    by_id = {one.id: one for one in people}
    return [
        (one, by_id[one.person_id])
        for one in attendees
        if not one.is_cancelled and one.person_id in by_id
    ]

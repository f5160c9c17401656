"""Who is at the table of a session and what they may agree on: who leads it and who has a seat
there, with their names, the organisations that may promise, and what the pitch needs."""

from collections.abc import Sequence
from dataclasses import dataclass

from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.commitments.model.commitment import Commitment
from doorpakken_registration.gatherings.store import attendees as attendees_store
from doorpakken_registration.organisations.store import organisations as organisations_store
from doorpakken_registration.outcomes import outcomes
from doorpakken_registration.outcomes.model.outcome import Outcome
from doorpakken_registration.people.model.person import Organisation, Person
from doorpakken_registration.people.store import persons as persons_store
from doorpakken_registration.pitches.model.pitch import Need
from doorpakken_registration.pitches.store import pitches as pitches_store
from doorpakken_registration.seats.model.session import Session


@dataclass(frozen=True)
class Guest:
    """Somebody with a seat."""

    attendee_id: str
    person: Person
    came: bool


@dataclass(frozen=True)
class Row:
    """A line with the name of who does it."""

    line: Commitment
    owner: str


@dataclass(frozen=True)
class Sheet:
    """All that the page of an outcome shows."""

    session: Session
    title: str
    needs: Sequence[Need]
    outcome: Outcome
    host: Person | None
    guests: Sequence[Guest]
    organisations: Sequence[Organisation]
    rows: Sequence[Row]

    def need(self, need_id: str | None) -> Need | None:
        return next((one for one in self.needs if one.need_id == need_id), None)


async def person_ids_at(documents: Documents, session: Session) -> set[str]:
    found = await attendees_store.list_attendees(
        documents, await outcomes.seated_in(documents, session.id)
    )
    return {one.person_id for one in found} | {*filter(None, [session.host])}


async def sheet_of(documents: Documents, session: Session) -> Sheet:
    pitch = await pitches_store.find_pitch(documents, session.pitch_id)
    outcome = await outcomes.find(documents, session)
    lines = await outcomes.lines_of(documents, session.id)
    seated = {*await outcomes.seated_in(documents, session.id), *outcome.came}
    attendees = await attendees_store.list_attendees(documents, seated)
    owners = {one.person_id for one in lines if one.person_id}
    people = {one.person_id for one in attendees} | owners | {*filter(None, [session.host])}
    persons = {one.id: one for one in await persons_store.list_persons(documents, people)}
    asked = {one.organisation_id for one in attendees} | {one.organisation_id for one in lines}
    found = await organisations_store.list_organisations(documents, filter(None, asked))
    guests = [
        Guest(one.id, persons[one.person_id], one.id in outcome.came)
        for one in attendees
        if one.person_id in persons
    ]
    return Sheet(
        session=session,
        title=pitch.title if pitch else "",
        needs=pitch.needs if pitch else (),
        outcome=outcome,
        host=persons.get(session.host or ""),
        guests=sorted(guests, key=lambda one: one.person.name.casefold()),
        organisations=sorted(found, key=lambda one: one.name_key),
        rows=[Row(one, _owner(one, persons, found)) for one in lines],
    )


def _owner(line: Commitment, persons: dict[str, Person], found: Sequence[Organisation]) -> str:
    """Empty where nobody is left."""
    person = persons.get(line.person_id or "")
    names = [one.name for one in found if one.id == line.organisation_id]
    return ", ".join([*filter(None, [person.name if person else None]), *names])

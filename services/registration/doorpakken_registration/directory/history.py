"""The history of a person or an organisation over all gatherings, for staff."""

from collections.abc import Iterable
from dataclasses import dataclass

from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.conversation.store import wishes as wishes_store
from doorpakken_registration.directory import merge_plan
from doorpakken_registration.directory.merge_plan import Belongings
from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.gatherings.model.attendee import Attendee
from doorpakken_registration.gatherings.model.gathering import Gathering
from doorpakken_registration.organisations.store import organisations as organisations_store
from doorpakken_registration.people.model.person import Organisation, Person
from doorpakken_registration.people.store import persons as persons_store
from doorpakken_registration.pitches.model.endorsement import Endorsement
from doorpakken_registration.pitches.model.offer import Offer
from doorpakken_registration.pitches.model.pitch import Pitch
from doorpakken_registration.pitches.store import pitches as pitches_store
from doorpakken_registration.seats.model.answer import InvitationAnswer
from doorpakken_registration.seats.model.session import Session
from doorpakken_registration.seats.model.sign_up import SignUp
from doorpakken_registration.seats.store import sessions as sessions_store
from doorpakken_registration.seats.store import sign_ups as sign_ups_store
from doorpakken_registration.seats.store import waves as waves_store


@dataclass(frozen=True)
class Seat:
    """A sign-up, ended ones included, with its session and the session's title."""

    sign_up: SignUp
    session: Session | None
    title: str


@dataclass(frozen=True)
class Supported:
    """An endorsement with the title of its pitch."""

    endorsement: Endorsement
    title: str


@dataclass(frozen=True)
class Chapter:
    """One gathering of a person; `attendee` is None when they only pitched or supported there.
    `wishes` are the titles of the pitches they want to work on."""

    gathering: Gathering
    attendee: Attendee | None
    organisation: Organisation | None
    seats: tuple[Seat, ...]
    answers: tuple[InvitationAnswer, ...]
    pitches: tuple[Pitch, ...]
    support: tuple[Supported, ...]
    offers: tuple[Offer, ...]
    wishes: tuple[str, ...]


@dataclass(frozen=True)
class PersonHistory:
    """A person, the organisations they are a contact of, and their gatherings, newest first."""

    person: Person
    contact_of: tuple[Organisation, ...]
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True)
class Member:
    """A person who attended for an organisation, with those gatherings, newest first."""

    person: Person
    stays: tuple[tuple[Gathering, Attendee], ...]


@dataclass(frozen=True)
class OrganisationHistory:
    """An organisation with its contacts, members, pitches, support and offers."""

    organisation: Organisation
    contacts: tuple[Person, ...]
    members: tuple[Member, ...]
    pitches: tuple[Pitch, ...]
    support: tuple[Supported, ...]
    offers: tuple[Offer, ...]


async def of_person(documents: Documents, person: Person) -> PersonHistory:
    theirs = await merge_plan.of_person(documents, person.id)
    reader = await _Reader.of(documents, theirs)
    found = await _gatherings(documents, theirs)
    chapters = [reader.chapter(one) for one in found.values()]
    contact_of = await organisations_store.list_organisations_of_contact(documents, person.id)
    chapters.sort(key=lambda one: one.gathering.starts_at, reverse=True)
    return PersonHistory(person, tuple(contact_of), tuple(chapters))


async def of_organisation(documents: Documents, organisation: Organisation) -> OrganisationHistory:
    theirs = await merge_plan.of_organisation(documents, organisation.id)
    found = await _gatherings(documents, theirs)
    ids = {one.person_id for one in theirs.attendees}
    people = await persons_store.list_persons(documents, {*ids, *organisation.contacts})
    by_id = {one.id: one for one in people}
    members = [_member(by_id[one], theirs.attendees, found) for one in ids if one in by_id]
    return OrganisationHistory(
        organisation=organisation,
        contacts=tuple(by_id[one] for one in organisation.contacts if one in by_id),
        members=tuple(sorted(members, key=lambda one: one.person.name.casefold())),
        pitches=theirs.pitches,
        support=await _supported(documents, theirs.endorsements),
        offers=theirs.offers,
    )


@dataclass(frozen=True)
class _Reader:
    """All data of one person, from which the chapters are made."""

    theirs: Belongings
    organisations: dict[str, Organisation]
    seats: tuple[Seat, ...]
    answers: tuple[InvitationAnswer, ...]
    support: tuple[Supported, ...]
    wishes: dict[str, tuple[str, ...]]

    @classmethod
    async def of(cls, documents: Documents, theirs: Belongings) -> "_Reader":
        ids = [one.id for one in theirs.attendees]
        return cls(
            theirs=theirs,
            organisations=await _organisations(documents, theirs.attendees),
            seats=await _seats(documents, await sign_ups_store.list_sign_ups_of(documents, ids)),
            answers=tuple(await waves_store.list_answers(documents, ids)),
            support=await _supported(documents, theirs.endorsements),
            wishes=await _wishes(documents, ids),
        )

    def chapter(self, gathering: Gathering) -> Chapter:
        here = gathering.id
        attendee = next((one for one in self.theirs.attendees if one.gathering_id == here), None)
        organisation_id = attendee.organisation_id if attendee else None
        return Chapter(
            gathering=gathering,
            attendee=attendee,
            organisation=self.organisations.get(organisation_id or ""),
            seats=tuple(one for one in self.seats if one.sign_up.gathering_id == here),
            answers=tuple(one for one in self.answers if one.gathering_id == here),
            pitches=tuple(one for one in self.theirs.pitches if one.gathering_id == here),
            support=tuple(one for one in self.support if one.endorsement.gathering_id == here),
            offers=tuple(one for one in self.theirs.offers if one.gathering_id == here),
            wishes=self.wishes.get(here, ()),
        )


def _member(person: Person, attendees: Iterable[Attendee], found: dict[str, Gathering]) -> Member:
    stays = [(found[one.gathering_id], one) for one in attendees if one.person_id == person.id]
    return Member(person, tuple(sorted(stays, key=lambda stay: stay[0].starts_at, reverse=True)))


async def _gatherings(documents: Documents, theirs: Belongings) -> dict[str, Gathering]:
    ids = {one.gathering_id for kept in vars(theirs).values() for one in kept}
    return {one: await gatherings.get(documents, one) for one in sorted(ids)}


async def _organisations(
    documents: Documents, attendees: Iterable[Attendee]
) -> dict[str, Organisation]:
    ids = {one.organisation_id for one in attendees if one.organisation_id}
    found = await organisations_store.list_organisations(documents, ids)
    return {one.id: one for one in found}


async def _seats(documents: Documents, sign_ups: Iterable[SignUp]) -> tuple[Seat, ...]:
    ids = {one.session_id for one in sign_ups}
    sessions = {one.id: one for one in await sessions_store.list_sessions(documents, ids)}
    titles = await pitches_store.titles_of(documents, {one.pitch_id for one in sessions.values()})
    pitch_of = {one.id: one.pitch_id for one in sessions.values()}
    return tuple(
        Seat(one, sessions.get(one.session_id), titles.get(pitch_of.get(one.session_id, ""), ""))
        for one in sign_ups
    )


async def _supported(
    documents: Documents, endorsements: Iterable[Endorsement]
) -> tuple[Supported, ...]:
    titles = await pitches_store.titles_of(documents, {one.pitch_id for one in endorsements})
    return tuple(Supported(one, titles.get(one.pitch_id, "")) for one in endorsements)


async def _wishes(documents: Documents, attendee_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    said = await wishes_store.list_wishes_of(documents, attendee_ids)
    titles = await pitches_store.titles_of(
        documents, {one for wish in said for one in wish.pitch_ids}
    )
    return {
        wish.gathering_id: tuple(titles[one] for one in wish.pitch_ids if one in titles)
        for wish in said
    }

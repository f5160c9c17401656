"""Sign-up for a gathering, decided in the gathering's lane with few queries per batch. A sign-up in
a known person's name becomes a claim. Staff cannot register somebody twice; a gathering that is not
open is refused, and a full one has a waitlist."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from doorpakken_events import states
from doorpakken_plumbing.http.errors import Conflict, NotFound, Refusal
from doorpakken_plumbing.http.idempotency import StoredResponse
from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.messaging.lanes import Command
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.observing.tracing import Origin
from doorpakken_plumbing.time import clock

from doorpakken_registration.attendance.model.registration import Registration
from doorpakken_registration.attendance.private_details import PrivateDetailsBatch
from doorpakken_registration.claims import claims
from doorpakken_registration.claims.claims import Applied, Claims
from doorpakken_registration.claims.model.claim import Claim, added_to
from doorpakken_registration.claims.store import claims as claims_store
from doorpakken_registration.common.received import RECEIVED
from doorpakken_registration.following import following
from doorpakken_registration.gatherings.attendees import event_of, summary
from doorpakken_registration.gatherings.gatherings import NotOpen, places_came_free
from doorpakken_registration.gatherings.model.attendee import Attendee, Details, beginning
from doorpakken_registration.gatherings.model.gathering import Gathering
from doorpakken_registration.gatherings.room import has_waiting
from doorpakken_registration.gatherings.store import attendees as store
from doorpakken_registration.gatherings.store import gatherings as gatherings_store
from doorpakken_registration.organisations.organisations import Organisations
from doorpakken_registration.people import persons
from doorpakken_registration.people.links import LinkRequests
from doorpakken_registration.people.model.person import Organisation, Person
from doorpakken_registration.people.persons import People

# The same for known and unknown people, so that it does not tell who is known.
RECEIVED_WHEN_FULL = StoredResponse(202, {"status": "received", "is_full": True})


class AlreadyRegistered(Conflict):
    """The same person is at this gathering already; `id` is their attendee."""

    slug = "already-registered"
    dutch = "Deze persoon is al aangemeld."


async def register(
    tx: Transaction, commands: Sequence[Command[Registration]]
) -> list[StoredResponse | Refusal]:
    """201 with ids or 409 for staff; 202 for everybody else, known or not."""
    batch = await RegistrationBatch.open(tx, [command.payload for command in commands])
    answers = [batch.answer(command.payload, command.origin) for command in commands]
    await batch.save()
    made = zip(commands, answers, strict=True)
    await acts.keep(tx, [_act(tx, command.payload, answer) for command, answer in made])
    return answers


def _act(tx: Transaction, asked: Registration, answer: StoredResponse | Refusal) -> acts.Act | None:
    if isinstance(answer, Refusal) or answer.status != 201:
        return None
    about = {"gathering_id": asked.gathering_id, "person_id": answer.body["person_id"]}
    return acts.act(tx, asked.staff_id, "attendee_registered", answer.body["id"], **about)


@dataclass
class RegistrationBatch:
    """One batch of sign-ups for one gathering."""

    tx: Transaction
    gathering: Gathering | None
    people: People
    organisations: Organisations
    links: LinkRequests
    here: dict[str, Attendee]
    taken: int
    is_awaited: bool
    confided: PrivateDetailsBatch
    claims: Claims
    made: dict[str, Attendee] = field(default_factory=dict)
    returned: dict[str, Attendee] = field(default_factory=dict)
    following: dict[str, str] = field(default_factory=dict)
    applied: list[Applied] = field(default_factory=list)
    waiting: dict[str, Claim] = field(default_factory=dict)

    @classmethod
    async def open(cls, tx: Transaction, asked: Sequence[Registration]) -> "RegistrationBatch":
        gathering_id = asked[0].gathering_id
        gathering = await gatherings_store.find_gathering(tx, gathering_id)
        proven = {one for each in asked for one in each.proven_ids}
        people = await People.meet(tx, [one.who for one in asked], proven)
        names = [name for one in asked if (name := one.details.organisation)]
        organisations = await Organisations.named(tx, names)
        here = await store.list_attendees_of(tx, gathering_id, people.known_ids)
        to_mail = people.known_ids if any(one.sends_link for one in asked) else ()
        links = await LinkRequests.of(tx, to_mail)
        by_person = {attendee.person_id: attendee for attendee in here}
        taken = gathering.taken if gathering else 0
        is_awaited = await has_waiting(tx, gathering)
        known = organisations, links, by_person, taken, is_awaited
        confided = await PrivateDetailsBatch.after(
            tx, [one.id for one in here if one.person_id in proven]
        )
        batch = cls(tx, gathering, people, *known, confided, await Claims.of(tx, to_mail))
        meant = await claims_store.list_claims(tx, [one.claim.id for one in asked if one.claim])
        batch.waiting = {one.id: one for one in meant if one.is_waiting}
        return batch

    def answer(self, asked: Registration, origin: Origin) -> StoredResponse | Refusal:
        """A 202 also tells whether the gathering was full at this sign-up."""
        has_room = self._has_room()
        given = self.decide(asked, origin)
        return RECEIVED_WHEN_FULL if given is RECEIVED and not has_room else given

    def _has_room(self) -> bool:
        # A free place goes to the waitlist first.
        gathering = self.gathering
        return gathering is None or (gathering.has_room(self.taken) and not self.is_awaited)

    def decide(self, asked: Registration, origin: Origin) -> StoredResponse | Refusal:
        if refusal := self._refusal(asked):
            return refusal
        if asked.claim:
            if not (claim := self.waiting.pop(asked.claim.id, None)):
                return RECEIVED
            asked = replace(asked, claim=claim)
        person = self._known_person(asked)
        if asked.person_id and person is None:
            return NotFound(persons.NO_SUCH)
        if person and not (asked.by_staff or person.id in asked.proven_ids):
            return self._claim(asked, person, origin)
        person = person or self.people.find_or_make(asked.who, origin)
        self._let_go(asked)
        known = self.here.get(person.id)
        if known and not known.is_cancelled:
            return self._known(known, asked, origin)
        attendee = self._place(asked, person, self._organisation(asked.details, origin), known)
        self.tx.publish(event_of(known, attendee), attendee.version, origin=origin)
        self._confide(asked.details, attendee)
        self._follow(asked, person.id)
        if asked.may_mail:
            self._send_link(asked, person.id, origin)
        if asked.is_here:
            attendee = self._check_in(attendee, origin)
        return StoredResponse(201, summary(attendee)) if asked.by_staff else RECEIVED

    def _known_person(self, asked: Registration) -> Person | None:
        if asked.person_id:
            return self.people.with_id(asked.person_id)
        return self.people.find(asked.who)

    def _claim(self, asked: Registration, person: Person, origin: Origin) -> StoredResponse:
        """Stores a claim and mails the person a link: only they can confirm that it is theirs."""
        known = self.here.get(person.id)
        needs_place = known is None or known.is_cancelled
        needs_place = needs_place and not self.claims.keeps_place(person.id, asked.gathering_id)
        claim = asked.as_claim(
            self.tx.new_id(), person.id, clock.now(), has_place=needs_place and self._has_room()
        )
        if self.claims.add(claim):
            self.taken += claim.has_place
        self.links.request(
            person.id,
            "confirm",
            asked.gathering_id,
            per_hour=asked.links_per_hour,
            origin=origin,
        )
        return RECEIVED

    def _let_go(self, asked: Registration) -> None:
        if asked.claim:
            self.taken -= asked.claim.has_place
            self.applied.append((asked.claim, asked.confirmed_by))

    def _follow(self, asked: Registration, person_id: str) -> None:
        if asked.news_words:
            self.following[person_id] = asked.news_words

    def _organisation(self, details: Details, origin: Origin) -> Organisation | None:
        return self.organisations.find_or_make(details.organisation, details.kind, origin)

    def _confide(self, details: Details, attendee: Attendee) -> None:
        assert self.gathering is not None
        if not details.told.is_empty:
            self.confided.tell(self.gathering, attendee, details.told)
        if details.is_listed:
            self.confided.allow_listing(attendee, details.listing_words)

    def _refusal(self, asked: Registration) -> Refusal | None:
        if self.gathering is None or (self.gathering.version == 0 and not asked.by_staff):
            return NotFound("There is no gathering with this id.")
        # A claim that was made in time is accepted as long as staff may register people.
        if (asked.by_staff or asked.claim) and self.gathering.takes_people:
            return None
        if not asked.by_staff and self.gathering.is_open(clock.now()):
            return None
        return NotOpen("Nobody can sign up for this gathering now. Look at its dates.")

    def _known(
        self, known: Attendee, asked: Registration, origin: Origin
    ) -> StoredResponse | Refusal:
        if asked.is_here:
            return StoredResponse(201, summary(self._check_in(known, origin)))
        if asked.by_staff:
            return AlreadyRegistered("This person is registered here already.", id=known.id)
        self._add(known, asked, origin)
        if asked.may_mail:
            self._send_link(asked, known.person_id, origin)
        return RECEIVED

    def _check_in(self, attendee: Attendee, origin: Origin) -> Attendee:
        if not attendee.may_check_in:
            return attendee
        present = attendee.checked_in(clock.now())
        self.tx.publish(event_of(attendee, present), present.version, origin=origin)
        self.taken += present.has_place - attendee.has_place
        self._keep(present)
        return present

    def _keep(self, changed: Attendee) -> None:
        self.here[changed.person_id] = changed
        (self.made if changed.id in self.made else self.returned)[changed.id] = changed

    def _add(self, known: Attendee, asked: Registration, origin: Origin) -> None:
        assert self.gathering is not None
        organisation = self._organisation(asked.details, origin)
        after = added_to(known, asked.details, organisation.id if organisation else None)
        if after != known:
            after = replace(after, version=known.version + 1)
            self.tx.publish(event_of(known, after), after.version, origin=origin)
            self._keep(after)
        self.confided.add(self.gathering, after, asked.details.told)
        if asked.details.is_listed:
            self.confided.allow_listing(after, asked.details.listing_words)
        self._follow(asked, after.person_id)

    def _send_link(self, asked: Registration, person_id: str, origin: Origin) -> None:
        attendee = self.here[person_id]
        is_waiting = attendee.state is states.Attendee.WAITLISTED
        self.links.request(
            person_id,
            "waitlisted" if is_waiting else "registered",
            asked.gathering_id,
            per_hour=asked.links_per_hour,
            attendee_id=None if is_waiting else attendee.id,
            origin=origin,
        )

    def _place(
        self,
        asked: Registration,
        person: Person,
        organisation: Organisation | None,
        known: Attendee | None,
    ) -> Attendee:
        has_room = (asked.claim is not None and asked.claim.has_place) or self._has_room()
        attendee = Attendee(
            id=known.id if known else self.tx.new_id(),
            version=known.version + 1 if known else 1,
            gathering_id=asked.gathering_id,
            person_id=person.id,
            kind=asked.details.kind,
            organisation_id=organisation.id if organisation else None,
            language=asked.who.language,
            availability=asked.details.availability,
            interests=asked.details.interests,
            offers=asked.details.offers,
            state=beginning(has_place=has_room),
            registered_at=clock.now(),
        )
        self.taken += has_room
        self.here[person.id] = attendee
        (self.returned if known else self.made)[attendee.id] = attendee
        return attendee

    async def save(self) -> None:
        await self.people.save()
        await self.organisations.save()
        await store.add_attendees(self.tx, self.made.values())
        await store.put_attendees(self.tx, self.returned.values())
        await self.confided.save()
        await self.claims.save()
        await claims.finish(self.tx, self.applied)
        for person_id, words in self.following.items():
            await following.follow(self.tx, person_id, words, is_confirmed=True)
        await self.links.save()
        is_changed = self.gathering and self.taken != self.gathering.taken
        if self.gathering and (self.made or self.returned or is_changed):
            await gatherings_store.set_taken(self.tx, self.gathering.id, self.taken)
            if self._is_wrongly_waited_for():
                await places_came_free(self.tx, self.gathering.id)

    def _is_wrongly_waited_for(self) -> bool:
        """Whether somebody waits beside a free place: those before them may have left."""
        placed = [*self.made.values(), *self.returned.values()]
        is_waited_for = any(one.state is states.Attendee.WAITLISTED for one in placed)
        return is_waited_for and self.gathering is not None and self.gathering.has_room(self.taken)

"""Requests to lead a session, as received from matching, and the answers to them; the last answer
counts. Refuses people who are not asked, requests that are over, and times that are not offered."""

from dataclasses import dataclass

from doorpakken_events import states
from doorpakken_events.matching import HostAsked
from doorpakken_events.registration import HostAnswered
from doorpakken_plumbing.http.errors import Conflict, Invalid, NotFound
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.time import clock

from doorpakken_registration.people import persons
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.store import persons as persons_store
from doorpakken_registration.pitches.store import pitches as pitches_store
from doorpakken_registration.seats.model.hosting import Hosting, HostingAnswer, OtherSlot
from doorpakken_registration.seats.model.session import Session
from doorpakken_registration.seats.store import hostings as store
from doorpakken_registration.seats.store import sessions as sessions_store


class NotAskedAnyMore(Conflict):
    """Somebody else leads the session, or it will not take place."""

    slug = "not-asked-any-more"
    dutch = "Iemand anders leidt deze sessie, of hij gaat niet door."


class AskedForAnotherTime(Conflict):
    """The session moved since, and they were asked again."""

    slug = "asked-for-another-time"
    dutch = "De sessie heeft nu een andere tijd. Antwoord hieronder opnieuw."


class SessionBegun(Conflict):
    """It is too late to say who leads it."""

    slug = "session-begun"
    dutch = "Deze sessie is al begonnen. Antwoorden kan niet meer."


class NotOneOfTheTimes(Invalid):
    """Another time is chosen from the list, and only with that answer."""

    slug = "not-one-of-the-times"
    dutch = "Kies een ander moment uit de lijst."


@dataclass(frozen=True)
class Said:
    """An answer; `ask` is the number of the request that it answers, None for the last one."""

    answer: states.HostingAnswer
    slot_id: str | None
    ask: int | None


@dataclass(frozen=True)
class Sheet:
    """What a person needs to answer, and their earlier answer to the same request."""

    hosting: Hosting
    session: Session | None
    title: str
    answer: HostingAnswer | None

    @property
    def state(self) -> str:
        """Their own answer, which matching may not have processed yet; `replaced` overrides it."""
        if self.answer and self.hosting.state != states.Hosting.REPLACED:
            return self.answer.answer
        return self.hosting.state

    @property
    def wished(self) -> OtherSlot | None:
        return self.hosting.find_slot(self.answer.slot_id) if self.answer else None

    @property
    def is_cancelled(self) -> bool:
        return bool(self.session and self.session.is_cancelled)

    @property
    def link(self) -> str | None:
        is_theirs = self.session and self.session.host == self.hosting.person_id
        return self.session.link if self.session and is_theirs and not self.is_cancelled else None


async def fold(tx: Transaction, asked: HostAsked, version: int) -> None:
    if await persons_store.hold_person(tx, asked.person_id) is None:
        return
    hosting = Hosting(
        id=asked.hosting_id,
        version=version,
        gathering_id=asked.gathering_id,
        session_id=asked.session_id,
        person_id=asked.person_id,
        ask=asked.ask,
        starts_at=asked.starts_at,
        ends_at=asked.ends_at,
        other_slots=tuple(OtherSlot(**one.model_dump()) for one in asked.other_slots),
        state=asked.state,
    )
    await store.put_hosting(tx, hosting)


async def get(documents: Documents, hosting_id: str) -> Hosting:
    found = await store.find_hosting(documents, hosting_id)
    if found is None:
        raise NotFound("Nobody is asked this. Look at the link in the mail again.")
    return found


async def get_of(documents: Documents, hosting_id: str, person: Person) -> Hosting:
    """Raises NotFound, also when somebody else is asked."""
    found = await get(documents, hosting_id)
    if found.person_id != person.id:
        raise NotFound("Nobody is asked this. Look at the link in the mail again.")
    return found


async def sheet_of(documents: Documents, hosting: Hosting) -> Sheet:
    session = await sessions_store.find_session(documents, hosting.session_id)
    titles = await pitches_store.titles_of(documents, {session.pitch_id} if session else set())
    answer = await store.find_answer(documents, hosting.id)
    is_current = bool(answer and answer.ask == hosting.ask)
    title = titles.get(session.pitch_id, "") if session else ""
    return Sheet(hosting, session, title, answer if is_current else None)


async def answer(tx: Transaction, hosting_id: str, said: Said) -> Sheet:
    """Replaces the earlier answer; the same answer again publishes nothing. Raises NotFound,
    NotAskedAnyMore, AskedForAnotherTime, SessionBegun or NotOneOfTheTimes."""
    hosting = await get(tx, hosting_id)
    await persons.hold(tx, hosting.person_id)
    sheet = await sheet_of(tx, hosting)
    _check(sheet, said)
    before = await store.find_answer(tx, hosting_id)
    after = _answered(hosting, before, said)
    if after != before:
        await store.put_answer(tx, after)
        tx.publish(_event(after), after.version)
    return await sheet_of(tx, hosting)


def _check(sheet: Sheet, said: Said) -> None:
    hosting = sheet.hosting
    if hosting.state == states.Hosting.REPLACED or sheet.is_cancelled:
        raise NotAskedAnyMore("This is not asked any more. Somebody else leads it, or it is off.")
    if said.ask not in (None, hosting.ask):
        raise AskedForAnotherTime("The session has another time now. Answer for that one.")
    if hosting.starts_at <= clock.now():
        raise SessionBegun("This session has begun. Call the organisers.")
    is_choice = hosting.find_slot(said.slot_id) is not None
    wants_other = said.answer is states.HostingAnswer.OTHER_SLOT
    if is_choice != wants_other or (said.slot_id and not is_choice):
        raise NotOneOfTheTimes("Choose one of the other times, with the answer other_slot.")


def _answered(hosting: Hosting, before: HostingAnswer | None, said: Said) -> HostingAnswer:
    now = clock.now()
    if before:
        return before.changed(hosting.ask, said.answer, said.slot_id, now)
    return HostingAnswer(
        id=hosting.id,
        version=1,
        gathering_id=hosting.gathering_id,
        session_id=hosting.session_id,
        person_id=hosting.person_id,
        ask=hosting.ask,
        answer=said.answer,
        slot_id=said.slot_id,
        answered_at=now,
    )


def _event(answer: HostingAnswer) -> HostAnswered:
    return HostAnswered(
        hosting_id=answer.id,
        gathering_id=answer.gathering_id,
        session_id=answer.session_id,
        person_id=answer.person_id,
        ask=answer.ask,
        answer=answer.answer,
        slot_id=answer.slot_id,
        answered_at=answer.answered_at,
    )

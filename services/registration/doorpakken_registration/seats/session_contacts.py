"""Who in a session lets the others see their name and e-mail address, and so sees theirs. Refuses
people without a seat there. Nothing is published to other services, and two weeks after the session
nobody sees it."""

from dataclasses import dataclass
from datetime import timedelta

from doorpakken_plumbing.http.errors import Conflict
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.time import clock
from doorpakken_plumbing.time.timers import Timer, set_timer

from doorpakken_registration.people import persons
from doorpakken_registration.people.model.consent import SeatConsent
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.store import persons as persons_store
from doorpakken_registration.seats import sessions, sign_ups
from doorpakken_registration.seats.model.session import Session
from doorpakken_registration.seats.model.sign_up import SignUp
from doorpakken_registration.seats.seat_refusals import SeatIsGone
from doorpakken_registration.seats.store import seat_consents as store
from doorpakken_registration.seats.store import sessions as sessions_store
from doorpakken_registration.seats.store import sign_ups as sign_ups_store

SEEN_AFTER = timedelta(days=14)
ENDS = "session-contacts-end"


class ContactsAreOver(Conflict):
    """The session was too long ago."""

    slug = "session-contacts-over"
    dutch = "Deze sessie is lang voorbij. Wie er waren, laten wij niet meer zien."


@dataclass(frozen=True)
class Contacts:
    """What somebody with a seat sees: how many take part and, once they agreed themselves, the host
    and the others who agreed."""

    session: Session
    title: str
    taking_part: int
    is_given: bool
    host: str | None = None
    others: tuple[Person, ...] = ()


async def look(documents: Documents, sign_up: SignUp) -> Contacts:
    """Raises SeatIsGone or ContactsAreOver."""
    session, title = await _session(documents, sign_up)
    found = await sign_ups_store.list_open_in_session(documents, sign_up.session_id)
    seated = {one.id: one for one in found if one.is_active}
    given = {one.id: one for one in await store.list_given_for(documents, seated)}
    if sign_up.id not in given:
        return Contacts(session, title, len(seated), is_given=False)
    ids = {one.person_id for one in given.values()} - {sign_up.person_id}
    others = sorted(
        await persons_store.list_persons(documents, ids), key=lambda one: one.name.casefold()
    )
    host = await persons_store.find_person(documents, session.host or "")
    return Contacts(session, title, len(seated), True, host.name if host else None, tuple(others))


async def say(tx: Transaction, sign_up_id: str, words: str, *, is_given: bool) -> None:
    """`words` is the text they agree to. Raises as `look` does."""
    sign_up = await sign_ups.get(tx, sign_up_id)
    session, _ = await _session(tx, sign_up)
    await persons.hold(tx, sign_up.person_id)
    known = await store.find_seat_consent(tx, sign_up_id)
    consent = known or SeatConsent(
        sign_up.id, sign_up.person_id, sign_up.gathering_id, session_id=session.id
    )
    await store.put_seat_consent(tx, consent.said(clock.now(), words, is_given=is_given))
    await _set_timer(tx, session)


async def end(tx: Transaction, timer: Timer) -> None:
    """Deletes the consents, or sets the timer again if the session was moved."""
    session = await sessions_store.find_session(tx, timer.data["session_id"])
    if session and not _is_over(session):
        await _set_timer(tx, session)
        return
    await store.delete_seat_consents(tx, timer.data["session_id"])


async def _session(documents: Documents, sign_up: SignUp) -> tuple[Session, str]:
    if not sign_up.is_active:
        raise SeatIsGone("You have no seat in this session.")
    session, title = await sessions.get_with_title(documents, sign_up.session_id)
    if _is_over(session):
        raise ContactsAreOver("This session was too long ago to see who took part.")
    return session, title


async def _set_timer(tx: Transaction, session: Session) -> None:
    about, due = {"session_id": session.id}, session.ends_at + SEEN_AFTER
    await set_timer(tx, f"{ENDS}/{session.id}", ENDS, due, about)


def _is_over(session: Session) -> bool:
    return clock.now() >= session.ends_at + SEEN_AFTER


TIMERS = {ENDS: end}

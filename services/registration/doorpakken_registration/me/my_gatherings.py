"""One person's gatherings, with their seats and invitation, and the sessions they lead."""

from collections import Counter
from dataclasses import dataclass

from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.gatherings.model.attendee import Attendee
from doorpakken_registration.gatherings.model.gathering import Gathering
from doorpakken_registration.gatherings.store import attendees as attendees_store
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.seats import invitations, sessions
from doorpakken_registration.seats.model.answer import Wave
from doorpakken_registration.seats.model.session import Session
from doorpakken_registration.seats.model.sign_up import SignUp
from doorpakken_registration.seats.store import sign_ups as sign_ups_store
from doorpakken_registration.seats.store import waves as waves_store


@dataclass(frozen=True)
class Seat:
    """A sign-up with its session and the session's title; `position` is the place in line,
    `changes` the sum of the versions of all their sign-ups in this session, so that it only
    grows."""

    sign_up: SignUp
    session: Session
    title: str
    position: int | None
    changes: int

    @property
    def link(self) -> str | None:
        """None before they accept the seat, since it may still go to somebody else."""
        return self.session.link if self.sign_up.is_active else None


@dataclass(frozen=True)
class Stay:
    """A person at one gathering; `wave` is the invitation they may answer."""

    gathering: Gathering
    attendee: Attendee
    seats: tuple[Seat, ...]
    wave: Wave | None


@dataclass(frozen=True)
class Leading:
    """A session that somebody leads, with its title."""

    session: Session
    title: str


async def list_led(documents: Documents, person: Person) -> list[Leading]:
    """Earliest first."""
    calendar = await sign_ups_store.find_calendar(documents, person.id)
    ids = [one.session_id for one in calendar.led] if calendar else []
    found = [Leading(*one) for one in await sessions.list_by_id(documents, ids)]
    return sorted(found, key=lambda one: one.session.starts_at)


async def list_stays(documents: Documents, person: Person) -> list[Stay]:
    """Latest gathering first."""
    found = await attendees_store.list_attendances(documents, person.id)
    stays = [await _stay(documents, attendee) for attendee in found]
    return sorted(stays, key=lambda stay: stay.gathering.starts_at, reverse=True)


async def _stay(documents: Documents, attendee: Attendee) -> Stay:
    signed_up = await sign_ups_store.list_all_sign_ups(documents, attendee.id)
    by_session = {one.session_id: one for one in signed_up if one.is_open}
    changes: Counter[str] = Counter()
    for one in signed_up:
        changes[one.session_id] += one.version
    listed = await sessions.list_with_titles(documents, attendee.gathering_id)
    seats = [
        Seat(
            by_session[session.id],
            session,
            title,
            await invitations.position_of(documents, by_session[session.id]),
            changes[session.id],
        )
        for session, title in listed
        if session.id in by_session
    ]
    recommended = await waves_store.find_recommendation(documents, attendee.id)
    wave_id = recommended["run_id"] if recommended else ""
    return Stay(
        gathering=await gatherings.get(documents, attendee.gathering_id),
        attendee=attendee,
        seats=tuple(seats),
        wave=await waves_store.find_wave(documents, wave_id),
    )

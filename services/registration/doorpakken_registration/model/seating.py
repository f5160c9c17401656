"""Who gets which seat: sessions and calendars as they become while commands are decided in order.
Refuses a cancelled, started or overlapping session, a second place in one, and too many at once."""

from dataclasses import dataclass, field
from datetime import datetime

from doorpakken_registration.model.attendee import Attendee
from doorpakken_registration.model.session import Session
from doorpakken_registration.model.sign_up import Calendar, Entry, SignUp


class SeatRefused(Exception):
    """Why somebody cannot join; `slug` is stable, `sign_up_id` names what stands in the way."""

    def __init__(self, slug: str, sign_up_id: str | None = None) -> None:
        super().__init__(slug)
        self.slug = slug
        self.sign_up_id = sign_up_id


@dataclass
class Seating:
    """What a batch of commands found and changed; `said` is every change in its order."""

    sessions: dict[str, Session]
    calendars: dict[str, Calendar]
    sign_ups: dict[str, SignUp]
    made: set[str] = field(default_factory=set)
    changed_sessions: set[str] = field(default_factory=set)
    changed_calendars: set[str] = field(default_factory=set)
    said: list[SignUp] = field(default_factory=list)

    def fork(self) -> "Seating":
        """A copy to try a command on, thrown away when the command is refused half-way."""
        return Seating(
            dict(self.sessions),
            dict(self.calendars),
            dict(self.sign_ups),
            set(self.made),
            set(self.changed_sessions),
            set(self.changed_calendars),
            list(self.said),
        )

    def calendar(self, person_id: str) -> Calendar:
        """What the person signed up for by now."""
        return self.calendars.get(person_id) or Calendar(person_id)

    def open_at(self, attendee: Attendee) -> list[SignUp]:
        """The attendee's seats and places in line at this gathering."""
        entries = self.calendar(attendee.person_id).at(attendee.gathering_id)
        return [self.sign_ups[entry.sign_up_id] for entry in entries]

    def join(
        self, sign_up_id: str, session_id: str, attendee: Attendee, now: datetime, *, limit: int
    ) -> SignUp:
        """A seat, or the last place in line of a full session; raises SeatRefused."""
        session = self.sessions[session_id]
        calendar = self.calendar(attendee.person_id)
        _check(session, attendee, calendar, now, limit)
        place = session.next_place if session.is_full else None
        sign_up = SignUp(
            id=sign_up_id,
            version=1,
            gathering_id=session.gathering_id,
            session_id=session.id,
            attendee_id=attendee.id,
            person_id=attendee.person_id,
            state="waitlisted" if place else "active",
            place=place,
            signed_up_at=now,
        )
        self.made.add(sign_up.id)
        self._set(sign_up, session.with_place_in_line() if place else session.with_seat())
        self._set_calendar(calendar.with_entry(_entry(sign_up, session)))
        return sign_up

    def leave(self, sign_up_id: str, reason: str, now: datetime) -> SignUp:
        """Ends a sign-up and frees its seat or its place; one that is over stays as it is."""
        sign_up = self.sign_ups[sign_up_id]
        if not sign_up.is_open:
            return sign_up
        session = self.sessions[sign_up.session_id]
        freed = session.without_seat() if sign_up.is_active else session.without_place_in_line()
        ended = sign_up.ended(reason, now)
        self._set(ended, freed)
        self._set_calendar(self.calendar(sign_up.person_id).without(sign_up_id))
        return ended

    def touch_calendar(self, person_id: str) -> None:
        """Has the calendar written as it is, so that two changes at once meet in it."""
        self._set_calendar(self.calendar(person_id))

    def _set(self, sign_up: SignUp, session: Session) -> None:
        self.sign_ups[sign_up.id] = sign_up
        self.sessions[session.id] = session
        self.changed_sessions.add(session.id)
        self.said.append(sign_up)

    def _set_calendar(self, calendar: Calendar) -> None:
        self.calendars[calendar.person_id] = calendar
        self.changed_calendars.add(calendar.person_id)


def _check(
    session: Session, attendee: Attendee, calendar: Calendar, now: datetime, limit: int
) -> None:
    if session.is_cancelled:
        raise SeatRefused("session-cancelled")
    if session.has_started(now):
        raise SeatRefused("session-started")
    if attendee.is_cancelled:
        raise SeatRefused("attendee-cancelled")
    theirs = calendar.at(session.gathering_id)
    for entry in theirs:
        if entry.session_id == session.id:
            raise SeatRefused("already-signed-up", entry.sign_up_id)
    if len(theirs) >= limit:
        raise SeatRefused("too-many-sessions")
    clash = None if session.is_full else calendar.clash(session.starts_at, session.ends_at)
    if clash:
        raise SeatRefused("sessions-overlap", clash.sign_up_id)


def _entry(sign_up: SignUp, session: Session) -> Entry:
    return Entry(
        sign_up_id=sign_up.id,
        session_id=session.id,
        gathering_id=session.gathering_id,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        is_active=sign_up.is_active,
    )

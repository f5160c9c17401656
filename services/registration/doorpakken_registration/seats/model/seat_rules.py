"""Rules for who may have a place in a session, and how a sign-up begins. Refuses a cancelled or
started session, its host, and more sessions than one person may choose."""

from datetime import datetime

from doorpakken_events import states

from doorpakken_registration.gatherings.model.attendee import Attendee
from doorpakken_registration.seats.model.session import Session
from doorpakken_registration.seats.model.sign_up import Calendar, Entry, SignUp


class SeatRefused(Exception):
    """Why somebody cannot join; `slug` is stable, `sign_up_id` is the sign-up that prevents it."""

    def __init__(self, slug: str, sign_up_id: str | None = None) -> None:
        super().__init__(slug)
        self.slug = slug
        self.sign_up_id = sign_up_id


def check(
    session: Session,
    attendee: Attendee,
    calendar: Calendar,
    known: SignUp | None,
    now: datetime,
    limit: int,
) -> None:
    """Raises SeatRefused; `known` is the sign-up they have in this session already."""
    if session.is_cancelled:
        raise SeatRefused("session-cancelled")
    if session.has_started(now):
        raise SeatRefused("session-started")
    if attendee.is_cancelled:
        raise SeatRefused("attendee-cancelled")
    if session.host == attendee.person_id:
        raise SeatRefused("leads-session")
    if known is None and len(calendar.at(session.gathering_id)) >= limit:
        raise SeatRefused("too-many-sessions")


def new_sign_up(
    sign_up_id: str,
    session: Session,
    attendee: Attendee,
    now: datetime,
    *,
    state: states.SignUp,
    hold_until: datetime | None = None,
) -> SignUp:
    return SignUp(
        id=sign_up_id,
        version=1,
        gathering_id=session.gathering_id,
        session_id=session.id,
        attendee_id=attendee.id,
        person_id=attendee.person_id,
        state=state,
        place=None,
        signed_up_at=now,
        hold_until=hold_until,
    )


def new_entry(sign_up: SignUp, session: Session) -> Entry:
    return Entry(
        sign_up_id=sign_up.id,
        session_id=session.id,
        gathering_id=session.gathering_id,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        is_taken=sign_up.is_taken,
    )

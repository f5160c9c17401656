"""Builds one person's calendar: gatherings they have a place at, sessions they have a seat in and
sessions they lead. Leaves out places in line, which are not appointments, and what is no longer
theirs."""

from collections.abc import Sequence
from dataclasses import replace

from doorpakken_events import states
from doorpakken_plumbing.texts.calendar_ids import seat_uid, uid_of

from doorpakken_registration.gatherings.appointments import of_gathering
from doorpakken_registration.gatherings.model.calendar import Appointment
from doorpakken_registration.me.my_gatherings import Leading, Seat, Stay
from doorpakken_registration.seats.model.session import Session
from doorpakken_registration.settings import Settings

# A held or offered seat may still go to somebody else.
STATUS = {
    states.SignUp.ACTIVE: "CONFIRMED",
    states.SignUp.HELD: "TENTATIVE",
    states.SignUp.OFFERED: "TENTATIVE",
}


def of_person(
    stays: Sequence[Stay], led: Sequence[Leading], settings: Settings, language: str
) -> list[Appointment]:
    found = [_of_led(one, settings) for one in led]
    for stay in stays:
        if stay.attendee.has_place:
            found.append(of_gathering(stay.gathering, settings, language))
        found += [_of_seat(seat, settings) for seat in stay.seats if seat.sign_up.state in STATUS]
    return found


def _of_seat(seat: Seat, settings: Settings) -> Appointment:
    uid = seat_uid(seat.session.id, seat.sign_up.attendee_id, settings.mail_domain)
    status = STATUS[seat.sign_up.state]
    found = _of_session(uid, seat.session, seat.title, settings, status=status, link=seat.link)
    return replace(found, version=found.version + seat.changes)


def _of_led(led: Leading, settings: Settings) -> Appointment:
    uid = uid_of(f"lead:{led.session.id}", settings.mail_domain)
    link = led.session.link
    return _of_session(uid, led.session, led.title, settings, status="CONFIRMED", link=link)


def _of_session(
    uid: str,
    session: Session,
    title: str,
    settings: Settings,
    *,
    status: str,
    link: str | None,
) -> Appointment:
    return Appointment(
        uid=uid,
        version=session.version,
        title=title,
        text=link or "",
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        place=", ".join(filter(None, (session.place, session.address))),
        url=f"{settings.registration_url}/me",
        status="CANCELLED" if session.is_cancelled else status,
    )

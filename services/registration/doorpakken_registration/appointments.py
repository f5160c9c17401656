"""What stands in somebody's calendar: gatherings for everybody, and one person's own days.
Refuses to show a place in line, which is no appointment, and what is no longer theirs."""

from collections.abc import Sequence

from doorpakken_registration.model.calendar import Appointment
from doorpakken_registration.model.gathering import Gathering
from doorpakken_registration.stays import Seat, Stay

# A seat that waits for a yes may still go to somebody else.
STATUS = {"active": "CONFIRMED", "held": "TENTATIVE", "offered": "TENTATIVE"}


def of_gathering(gathering: Gathering, url: str) -> Appointment:
    """A gathering as everybody sees it, cancelled ones included: that they are off is news."""
    return Appointment(
        key=f"gathering:{gathering.id}",
        version=gathering.version,
        title=gathering.title,
        text=gathering.ambition,
        starts_at=gathering.starts_at,
        ends_at=gathering.ends_at,
        place=", ".join(filter(None, (gathering.venue_name, gathering.venue_address))),
        url=f"{url}/g/{gathering.id}",
        status="CANCELLED" if gathering.state == "cancelled" else "CONFIRMED",
    )


def of_person(stays: Sequence[Stay], url: str) -> list[Appointment]:
    """The gatherings that somebody comes to, and the sessions in which they have a seat."""
    found: list[Appointment] = []
    for stay in stays:
        if stay.attendee.has_place:
            found.append(of_gathering(stay.gathering, url))
        found += [_of_seat(seat, url) for seat in stay.seats if seat.sign_up.state in STATUS]
    return found


def _of_seat(seat: Seat, url: str) -> Appointment:
    session = seat.session
    return Appointment(
        key=f"seat:{session.id}:{seat.sign_up.attendee_id}",
        version=session.version + seat.sign_up.version,
        title=seat.title,
        text=session.link or "",
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        place=", ".join(filter(None, (session.place, session.address))),
        url=f"{url}/me",
        status="CANCELLED" if session.is_cancelled else STATUS[seat.sign_up.state],
    )

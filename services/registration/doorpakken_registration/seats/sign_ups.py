"""Joining and leaving a session, as commands of the gathering's seats lane. Refuses an attendee of
another gathering, and whatever the seating refuses."""

from collections.abc import Callable
from dataclasses import dataclass

from doorpakken_events import states
from doorpakken_plumbing.http.errors import NotFound
from doorpakken_plumbing.http.idempotency import StoredResponse
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.time import clock

from doorpakken_registration.gatherings.model.attendee import Attendee
from doorpakken_registration.seats.model.seating import Seating
from doorpakken_registration.seats.model.sign_up import SignUp
from doorpakken_registration.seats.store import sessions as sessions_store
from doorpakken_registration.seats.store import sign_ups as store

LEFT = "left"
GATHERINGS_MAX = 10_000
_gatherings: dict[str, str] = {}


@dataclass(frozen=True)
class Join:
    """Command to take a seat; `limit` is how many sessions one person may have at a gathering,
    `staff_id` who of staff asks it."""

    session_id: str
    attendee_id: str
    limit: int
    staff_id: str | None = None


@dataclass(frozen=True)
class Leave:
    """Command to give up a seat or a place in line."""

    sign_up_id: str
    session_id: str
    attendee_id: str
    reason: str = LEFT
    staff_id: str | None = None


async def gathering_of(documents: Documents, session_id: str) -> str:
    """Cached in the process, since it never changes and is needed before every sign-up. Raises
    NotFound."""
    if known := _gatherings.get(session_id):
        return known
    found = await sessions_store.find_session(documents, session_id)
    if found is None:
        raise NotFound("There is no session with this id.")
    if len(_gatherings) >= GATHERINGS_MAX:
        _gatherings.clear()
    _gatherings[session_id] = found.gathering_id
    return found.gathering_id


async def get(documents: Documents, sign_up_id: str) -> SignUp:
    found = await store.find_sign_up(documents, sign_up_id)
    if found is None:
        raise NotFound("There is no sign-up with this id.")
    return found


def join(
    seating: Seating, asked: Join, attendee: Attendee, new_id: Callable[[], str]
) -> StoredResponse:
    """201 with the sign-up; raises NotFound or SeatRefused."""
    session = seating.sessions.get(asked.session_id)
    if session is None or session.gathering_id != attendee.gathering_id:
        raise NotFound("This participant's gathering has no such session.")
    made = seating.join(new_id(), session.id, attendee, clock.now(), limit=asked.limit)
    return StoredResponse(201, summary(made))


def leave(seating: Seating, asked: Leave) -> StoredResponse:
    """200 with the ended sign-up, also when it had ended before."""
    if asked.sign_up_id in seating.sign_ups:
        return StoredResponse(
            200, summary(seating.leave(asked.sign_up_id, asked.reason, clock.now()))
        )
    # Only open sign-ups are loaded: a missing one ended before this command was decided.
    return StoredResponse(
        200,
        {
            "id": asked.sign_up_id,
            "session_id": asked.session_id,
            "attendee_id": asked.attendee_id,
            "state": states.SignUp.ENDED,
            "place": None,
            "hold_until": None,
        },
    )


def summary(sign_up: SignUp) -> dict[str, object]:
    """`place` counts from 1 and is null with a seat; `hold_until` is until when a seat is kept for
    somebody who has not accepted it."""
    return {
        "id": sign_up.id,
        "session_id": sign_up.session_id,
        "attendee_id": sign_up.attendee_id,
        "state": sign_up.state,
        "place": sign_up.place,
        "hold_until": sign_up.hold_until,
    }

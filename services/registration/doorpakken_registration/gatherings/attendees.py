"""Attendees, each a person at one gathering, and their events."""

from doorpakken_events.registration import AttendeeState
from doorpakken_plumbing.http.errors import NotFound
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.gatherings.model.attendee import Attendee
from doorpakken_registration.gatherings.store import attendees as store

NO_SUCH = "There is no participant with this id."


def lane_of(gathering_id: str) -> str:
    """The lane that decides everything that takes or frees a place of the gathering."""
    return f"attendees:{gathering_id}"


async def get(documents: Documents, attendee_id: str) -> Attendee:
    """Raises NotFound."""
    found = await store.find_attendee(documents, attendee_id)
    if found is None:
        raise NotFound(NO_SUCH)
    return found


def summary(attendee: Attendee) -> dict[str, str | None]:
    return {
        "id": attendee.id,
        "person_id": attendee.person_id,
        "organisation_id": attendee.organisation_id,
        "state": attendee.state,
    }


def event_of(kind: type[AttendeeState], attendee: Attendee) -> AttendeeState:
    return kind(
        attendee_id=attendee.id,
        gathering_id=attendee.gathering_id,
        person_id=attendee.person_id,
        kind=attendee.kind,
        organisation_id=attendee.organisation_id,
        language=attendee.language,
        availability=attendee.availability,
        interests=attendee.interests,
        offers=attendee.offers,
        state=attendee.state,
        registered_at=attendee.registered_at,
        checked_in_at=attendee.checked_in_at,
        cancelled_at=attendee.cancelled_at,
        hold_until=attendee.hold_until,
    )

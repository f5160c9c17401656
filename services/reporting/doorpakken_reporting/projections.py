"""What reporting stores of each event: the newest state of every aggregate, in a collection named
after it. Addresses are not stored, nor whose a request or an erasure was."""

from doorpakken_events.catalogue import states_heard_by
from doorpakken_events.event import Event
from doorpakken_events.registration import PersonContact
from doorpakken_plumbing.messaging.newest import Keep, whole
from doorpakken_plumbing.messaging.projection import Projections
from doorpakken_plumbing.mongo.database import Document

from doorpakken_reporting.store import NOBODYS


def name_only(event: Event) -> Document:
    return event.model_dump(include={"person_id", "name"})


def nobodys(event: Event) -> Document:
    """For events that are only counted: drops the ids of people, and what was written to them."""
    return event.model_dump(exclude={"person_id", "from_person_id", "attendee_id", "text"})


_OWN_WAY: dict[type[Event], Keep] = {PersonContact: name_only} | dict.fromkeys(NOBODYS, nobodys)

PROJECTIONS: Projections = {
    event: _OWN_WAY.get(event, whole) for event in states_heard_by("reporting")
}

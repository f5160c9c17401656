"""What reporting stores of each event: the newest state of every aggregate, in a collection named
after it. Addresses are not stored, nor whose a request or an erasure was."""

from doorpakken_events.catalogue import heard_by
from doorpakken_events.erasure import ErasureConfirmed, PersonErased
from doorpakken_events.event import Event
from doorpakken_events.registration import LinkRequested, MailRequested, PersonContact
from doorpakken_plumbing.identity.staff import STAFF_HANDLERS
from doorpakken_plumbing.messaging.projection import Keep, Projections, whole
from doorpakken_plumbing.mongo.database import Document


def name_only(event: Event) -> Document:
    return event.model_dump(include={"person_id", "name"})


def nobodys(event: Event) -> Document:
    """For events that are only counted: drops the ids of people."""
    return event.model_dump(exclude={"person_id", "from_person_id"})


# The plumbing handles staff events in every service; PersonErased has a handler, no read model.
_HEARD = [
    topic.event
    for topic in heard_by("reporting")
    if topic.event is not None and topic.event not in {*STAFF_HANDLERS, PersonErased}
]
_OWN_WAY: dict[type[Event], Keep] = {
    PersonContact: name_only,
    LinkRequested: nobodys,
    MailRequested: nobodys,
    ErasureConfirmed: nobodys,
}

PROJECTIONS: Projections = {event: _OWN_WAY.get(event, whole) for event in _HEARD}

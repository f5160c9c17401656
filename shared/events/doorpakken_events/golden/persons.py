"""Pieter Hazelaar signs up, tells more and comes; somebody cancels; Marloes Esdoorn is staff."""

from doorpakken_events.golden import people
from doorpakken_events.golden.example import Example, at
from doorpakken_events.registration import (
    AttendeeCancelled,
    AttendeeCheckedIn,
    AttendeeRegistered,
    AttendeeUpdated,
    LinkRequested,
    PersonContact,
    RevokedSession,
    StaffChanged,
    StaffSessionRevoked,
)

_SIGNED_UP = AttendeeRegistered(
    attendee_id=people.PIETER_AT_GATHERING,
    gathering_id=people.GATHERING,
    person_id=people.PIETER,
    kind="covenant_partner",
    organisation_id=people.REIGERBANK,
    language="nl",
    availability=("tue_evening", "thu_afternoon"),
    interests=("jongeren", "stage"),
    offers=("placement", "expertise"),
    state="registered",
    registered_at=at(18, 9, 30, month=9),
)
_TOLD_MORE = _SIGNED_UP.model_dump() | {"interests": ("jongeren", "stage", "coaching")}
_PRESENT = _TOLD_MORE | {"state": "checked_in", "checked_in_at": at(6, 12, 50)}
_STAFF = {"staff_id": people.MARLOES, "roles": {people.GATHERING: "organiser", "*": "reader"}}

CONTACT = Example(
    PersonContact(
        person_id=people.PIETER,
        name="Pieter Hazelaar",
        email="pieter.hazelaar@reigerbank.example",
        phone="+31205550123",
        language="nl",
        generation=0,
    ),
    version=1,
    time=at(18, 9, 30, month=9),
    number=11,
)
REGISTERED = Example(_SIGNED_UP, version=1, time=at(18, 9, 30, month=9), number=12)
LINK = Example(
    LinkRequested(
        link_request_id=people.PIETER_AT_GATHERING,
        person_id=people.PIETER,
        gathering_id=people.GATHERING,
        purpose="registered",
        requested_at=at(18, 9, 30, month=9),
    ),
    version=1,
    time=at(18, 9, 30, month=9),
    number=13,
)
UPDATED = Example(AttendeeUpdated(**_TOLD_MORE), version=2, time=at(25, 19, month=9), number=14)
CHECKED_IN = Example(AttendeeCheckedIn(**_PRESENT), version=3, time=at(6, 12, 50), number=15)
CANCELLED = Example(
    AttendeeCancelled(
        attendee_id=people.YASMIN_AT_GATHERING,
        gathering_id=people.GATHERING,
        person_id=people.YASMIN,
        kind="local_entrepreneur",
        language="en",
        state="cancelled",
        registered_at=at(19, 9, month=9),
        cancelled_at=at(5, 20),
    ),
    version=2,
    time=at(5, 20),
    number=16,
)
STAFF = Example(StaffChanged(**_STAFF), version=1, time=at(15, 6, month=9), number=17)
REVOKED = Example(
    StaffSessionRevoked(
        **_STAFF,
        revoked_sessions=(RevokedSession(session_id=people.RUN, until=at(6, 20, 10)),),
    ),
    version=2,
    time=at(6, 20),
    number=18,
)

EXAMPLES = (CONTACT, REGISTERED, LINK, UPDATED, CHECKED_IN, CANCELLED, STAFF, REVOKED)

"""Pieter Hazelaar signs up, tells more, comes and says what he wants to work on; somebody cancels;
Truus is forgotten at her own request; Marloes Esdoorn is staff."""

from doorpakken_events.erasure import ErasureConfirmed, PersonErased
from doorpakken_events.golden import people
from doorpakken_events.golden.example import Example, at, id_at
from doorpakken_events.registration import (
    AttendeeCancelled,
    AttendeeCheckedIn,
    AttendeeRegistered,
    AttendeeUpdated,
    LinkRequested,
    MailRequested,
    PersonContact,
    WishesStated,
)
from doorpakken_events.staff import RevokedSession, StaffChanged, StaffSessionRevoked

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
_STAFF = {
    "staff_id": people.MARLOES,
    "person_id": people.MARLOES,
    "roles": {people.GATHERING: "organiser", "*": "reader"},
}

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
        link_request_id=people.PIETERS_LINK,
        person_id=people.PIETER,
        gathering_id=people.GATHERING,
        purpose="registered",
        attendee_id=people.PIETER_AT_GATHERING,
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
WISHES = Example(
    WishesStated(
        attendee_id=people.PIETER_AT_GATHERING,
        gathering_id=people.GATHERING,
        pitch_ids=(people.OCTA_PITCH, people.REPAIR_PITCH),
        stated_at=at(6, 15, 40),
    ),
    version=1,
    time=at(6, 15, 40),
    number=19,
)
MAIL = Example(
    MailRequested(
        mail_request_id=id_at(at(6, 15), 97),
        person_id=people.PIETER,
        kind="endorsement_request",
        object_id=people.REIGERBANK,
        gathering_id=people.GATHERING,
        pitch_id=people.OCTA_PITCH,
        organisation_id=people.REIGERBANK,
        requested_at=at(6, 15),
    ),
    version=1,
    time=at(6, 15),
    number=20,
)
ERASED = Example(
    PersonErased(person_id=people.TRUUS, erased_at=at(14, 9)),
    version=3,
    time=at(14, 9),
    number=61,
)
CONFIRMED = Example(
    ErasureConfirmed(
        erasure_answer_id=id_at(at(14, 9), 98),
        service="notification",
        person_id=people.TRUUS,
        erased={"contacts": 1, "mails": 2},
        confirmed_at=at(14, 9, 1),
    ),
    version=1,
    time=at(14, 9, 1),
    number=62,
    because_of=ERASED,
    said_by="notification",
)

EXAMPLES = (
    CONTACT,
    REGISTERED,
    LINK,
    UPDATED,
    CHECKED_IN,
    CANCELLED,
    STAFF,
    REVOKED,
    WISHES,
    MAIL,
    ERASED,
    CONFIRMED,
)

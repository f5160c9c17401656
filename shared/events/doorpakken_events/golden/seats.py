"""A seat is held for Pieter and he says yes; Kofi waits in line and is offered a place; a seat ends
with its session; Rowena will lead hers."""

from doorpakken_events.golden import people
from doorpakken_events.golden.example import Example, at, id_at
from doorpakken_events.golden.matching import ASKED, RECOMMENDED, REPAIR_CANCELLED
from doorpakken_events.registration import (
    HostAnswered,
    InvitationAnswered,
    SessionJoined,
    SessionLeft,
    SessionOffered,
    SessionWaitlisted,
    SignUpUpdated,
)

_ANSWERED_AT = at(8, 18, 30)

ANSWERED = Example(
    InvitationAnswered(
        answer_id=id_at(_ANSWERED_AT, 81),
        gathering_id=people.GATHERING,
        wave_id=people.RUN,
        attendee_id=people.PIETER_AT_GATHERING,
        answer="accepted",
        answered_at=_ANSWERED_AT,
    ),
    version=1,
    time=_ANSWERED_AT,
    number=31,
)
HELD = Example(
    SignUpUpdated(
        sign_up_id=id_at(_ANSWERED_AT, 82),
        gathering_id=people.GATHERING,
        session_id=people.OCTA_SESSION,
        attendee_id=people.PIETER_AT_GATHERING,
        state="held",
        hold_until=at(11, 21, 59),
        signed_up_at=at(7, 9, 1),
    ),
    version=1,
    time=at(7, 9, 1),
    number=35,
    because_of=RECOMMENDED,
)
JOINED = Example(
    SessionJoined(
        sign_up_id=id_at(_ANSWERED_AT, 82),
        gathering_id=people.GATHERING,
        session_id=people.OCTA_SESSION,
        attendee_id=people.PIETER_AT_GATHERING,
        state="active",
        signed_up_at=at(7, 9, 1),
    ),
    version=2,
    time=_ANSWERED_AT,
    number=32,
)
WAITLISTED = Example(
    SessionWaitlisted(
        sign_up_id=id_at(at(9, 7), 83),
        gathering_id=people.GATHERING,
        session_id=people.OCTA_SESSION,
        attendee_id=people.KOFI_AT_GATHERING,
        state="waitlisted",
        place=3,
        signed_up_at=at(9, 7),
    ),
    version=1,
    time=at(9, 7),
    number=33,
)
LEFT = Example(
    SessionLeft(
        sign_up_id=id_at(_ANSWERED_AT, 84),
        gathering_id=people.GATHERING,
        session_id=people.REPAIR_SESSION,
        attendee_id=people.PIETER_AT_GATHERING,
        state="ended",
        reason="session_cancelled",
        signed_up_at=_ANSWERED_AT,
        ended_at=at(12, 9, 1),
    ),
    version=2,
    time=at(12, 9, 1),
    number=34,
    because_of=REPAIR_CANCELLED,
)
OFFERED = Example(
    SessionOffered(
        sign_up_id=id_at(at(9, 7), 83),
        gathering_id=people.GATHERING,
        session_id=people.OCTA_SESSION,
        attendee_id=people.KOFI_AT_GATHERING,
        state="offered",
        place=3,
        hold_until=at(22, 16),
        signed_up_at=at(9, 7),
    ),
    version=2,
    time=at(20, 10),
    number=36,
)
HOST = Example(
    HostAnswered(
        hosting_id=people.OCTA_HOSTING,
        gathering_id=people.GATHERING,
        session_id=people.OCTA_SESSION,
        person_id=people.ROWENA,
        ask=1,
        answer="yes",
        answered_at=at(7, 9, 30),
    ),
    version=1,
    time=at(7, 9, 30),
    number=37,
    because_of=ASKED,
)

EXAMPLES = (HELD, ANSWERED, JOINED, WAITLISTED, LEFT, OFFERED, HOST)

"""Pieter says yes and gets a seat, Kofi waits in line, and a seat ends with its session."""

from doorpakken_events.golden import people
from doorpakken_events.golden.example import Example, at, id_at
from doorpakken_events.golden.matching import REPAIR_CANCELLED
from doorpakken_events.registration import (
    InvitationAnswered,
    SessionJoined,
    SessionLeft,
    SessionWaitlisted,
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
JOINED = Example(
    SessionJoined(
        sign_up_id=id_at(_ANSWERED_AT, 82),
        gathering_id=people.GATHERING,
        session_id=people.OCTA_SESSION,
        attendee_id=people.PIETER_AT_GATHERING,
        state="active",
        signed_up_at=_ANSWERED_AT,
    ),
    version=1,
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

EXAMPLES = (ANSWERED, JOINED, WAITLISTED, LEFT)

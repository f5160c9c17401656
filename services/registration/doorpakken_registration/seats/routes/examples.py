"""Examples of work sessions, seats, answers and requests to host, for the API's description."""

from typing import Any

from doorpakken_registration.gatherings.routes.examples import GATHERING, GLADYS_THERE
from doorpakken_registration.people.routes.examples import ROWENA
from doorpakken_registration.pitches.routes.examples import OCTA
from doorpakken_registration.web.examples import listed

SESSION = "018a9b40-5c10-7c3e-9d52-5b0a3c1f0061"
GLADYS_SEAT = "018a9b40-5c10-7c3e-9d52-5b0a3c1f0013"
WAVE = "018a9b40-5c10-7c3e-9d52-5b0a3c1f0002"

_SEAT = {
    "id": GLADYS_SEAT,
    "session_id": SESSION,
    "attendee_id": GLADYS_THERE,
    "state": "active",
    "place": None,
    "hold_until": None,
}
_TIMES = {"starts_at": "2023-10-26T13:00:00Z", "ends_at": "2023-10-26T15:00:00Z"}
_SESSION_VIEW: dict[str, Any] = {
    "id": SESSION,
    "pitch_id": OCTA,
    "title": "OCTA",
    **_TIMES,
    "place": "Zaal Reiger",
    "address": "Dreef 1, Amsterdam Zuidoost",
    "link": None,
    "capacity_min": 6,
    "capacity_max": 10,
    "taken": 10,
    "waitlisted": 2,
    "over_by": 0,
    "state": "scheduled",
}

EXAMPLES: dict[str, Any] = {
    "SessionView": _SESSION_VIEW,
    "SessionList": listed(_SESSION_VIEW),
    "SignUpBody": {"attendee_id": GLADYS_THERE},
    "SignUpView": _SEAT,
    "AnswerBody": {
        "answer": "accepted",
        "sessions": [SESSION],
        "reason": None,
        "attendee_id": GLADYS_THERE,
    },
    "AnswerView": {"answer": "accepted", "sign_ups": [_SEAT]},
    "HandoverBody": {
        "name": "Kofi Populier",
        "email": "kofi@reparatiehuis.example",
        "language": "nl",
    },
    "HandoverView": {
        "id": "018a9b40-5c10-7c3e-9d52-5b0a3c1f0062",
        "sign_up_id": GLADYS_SEAT,
        "session_id": SESSION,
        "state": "asked",
        "asked_at": "2023-10-20T08:00:00Z",
    },
    "ContactBody": {"is_given": True},
    "ContactsView": {
        "taking_part": 8,
        "is_given": True,
        "host": "Rowena Zilverspar",
        "others": [{"name": "Marloes Esdoorn", "email": "marloes@reigerbank.example"}],
    },
    "HostingAnswerBody": {"answer": "yes", "ask": 1},
    "HostingView": {
        "id": "018a9b40-5c10-7c3e-9d52-5b0a3c1f0063",
        "gathering_id": GATHERING,
        "session_id": SESSION,
        "person_id": ROWENA,
        "title": "OCTA",
        "ask": 1,
        "state": "asked",
        "slot_id": None,
        **_TIMES,
        "place": "Zaal Reiger",
        "other_slots": [
            {
                "slot_id": "B",
                "starts_at": "2023-10-18T17:00:00Z",
                "ends_at": "2023-10-18T19:00:00Z",
            }
        ],
    },
}

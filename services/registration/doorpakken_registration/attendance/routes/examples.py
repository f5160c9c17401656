"""Examples of participants, for the API's description."""

from typing import Any

from doorpakken_registration.gatherings.routes.examples import GLADYS_THERE, QUESTION
from doorpakken_registration.people.routes.examples import GLADYS, MOM, WHO
from doorpakken_registration.web.examples import listed

THERE = {
    "state": "registered",
    "kind": "local_entrepreneur",
    "organisation_id": MOM,
    "organisation": "stichting Mom Entrepreneur",
}
_TELLS: dict[str, Any] = {
    "kind": "local_entrepreneur",
    "organisation": "stichting Mom Entrepreneur",
    "availability": ["zaterdagochtend"],
    "interests": ["koken"],
    "offers": ["people"],
}
_DETAILS = _TELLS | {
    "arrangements": ["child_care"],
    "note": "twee kinderen, 3 en 5 jaar",
    "replies": [],
    "on_participant_list": True,
}
_ATTENDEE_VIEW: dict[str, Any] = {
    "id": GLADYS_THERE,
    "person_id": GLADYS,
    **WHO,
    **_TELLS,
    **THERE,
    "invitation": "sent",
}

_READ = {"code": "K7QXM2", "scanned_at": "2023-10-06T12:50:00Z"}
_AT_THE_DOOR = {"name": "Gladys Waterlelie", "kind": "local_entrepreneur"}
_TAKEN = _READ | {"result": "checked_in", "name": "Gladys Waterlelie"}

EXAMPLES: dict[str, Any] = {
    "ScanBody": _READ,
    "ScansBody": {"sent_at": "2023-10-06T12:50:04Z", "scans": [_READ]},
    "ScanView": _TAKEN,
    "ScanList": {"items": [_TAKEN]},
    "ExpectedView": _AT_THE_DOOR | {"code": "K7QXM2"},
    "DoorList": {"items": [_AT_THE_DOOR | {"code": "K7QXM2"}]},
    "WalkInBody": _AT_THE_DOOR | {"phone": "06 12345678"},
    "AttendeeBody": WHO | _DETAILS,
    "DetailsBody": _DETAILS,
    "ReplyBody": {"question_id": QUESTION, "text": "met de fiets"},
    "AttendeeMade": {
        "id": GLADYS_THERE,
        "person_id": GLADYS,
        "organisation_id": MOM,
        "state": "registered",
    },
    "AttendeeView": _ATTENDEE_VIEW,
    "AttendeeList": listed(_ATTENDEE_VIEW),
}

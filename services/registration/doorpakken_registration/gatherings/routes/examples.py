"""Examples of gatherings, for the API's description."""

from typing import Any

from doorpakken_registration.web.examples import listed

GATHERING = "018a9b40-5c10-7c3e-9d52-5b0a3c1f0001"
SPRING_GATHERING = "018a9b40-5c10-7c3e-9d52-5b0a3c1f0002"
QUESTION = "018a9b40-5c10-7c3e-9d52-5b0a3c1f0081"
GLADYS_THERE = "018a9b40-5c10-7c3e-9d52-5b0a3c1f0012"

_VENUE = {"name": "Evenementenhal De Dreef", "address": "Dreef 1, Amsterdam Zuidoost"}
_PROGRAMME = [{"starts_at": "2023-10-06T11:30:00Z", "title": "Pitches"}]
_QUESTION = {"text": "Hoe komt u?", "choices": ["met de fiets", "met de metro", "anders"]}
_GATHERING: dict[str, Any] = {
    "title": "Derde bijeenkomst",
    "ambition": "Vijftien jongeren uit de buurt vinden een stageplek.",
    "theme": "Ondernemen in de buurt",
    "continues": SPRING_GATHERING,
    "starts_at": "2023-10-06T11:00:00Z",
    "ends_at": "2023-10-06T15:00:00Z",
    "venue": _VENUE,
    "capacity": 80,
    "registration_opens_at": "2023-09-01T07:00:00Z",
    "registration_closes_at": "2023-10-05T16:00:00Z",
    "pitches_open_at": "2023-09-01T07:00:00Z",
    "pitches_close_at": "2023-09-29T16:00:00Z",
    "follow_up_from": "2023-10-09",
    "follow_up_until": "2023-11-10",
    "programme": _PROGRAMME,
}
_EARLIER = {
    "starts_at": "2023-10-06T11:00:00Z",
    "ends_at": "2023-10-06T14:00:00Z",
    "venue_name": "Evenementenhal De Dreef",
    "venue_address": "Dreef 1, Amsterdam Zuidoost",
    "until": "2023-09-20T09:00:00Z",
    "reason": "Er komen meer pitches.",
}
_GATHERING_VIEW: dict[str, Any] = {
    "id": GATHERING,
    "version": 1,
    **_GATHERING,
    "earlier": [_EARLIER],
    "state": "published",
    "reason": None,
    "taken": 64,
    "questions": [{"question_id": QUESTION, **_QUESTION}],
}

EXAMPLES: dict[str, Any] = {
    "GatheringBody": _GATHERING | {"questions": [_QUESTION]},
    "GatheringChange": {"title": "Derde bijeenkomst, in de grote zaal", "capacity": 120},
    "Cancellation": {"reason": "De zaal is niet meer vrij."},
    "GatheringView": _GATHERING_VIEW,
    "GatheringList": listed(_GATHERING_VIEW),
}

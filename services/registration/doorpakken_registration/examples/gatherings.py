"""Examples of gatherings, portraits, tables and insights."""

from typing import Any

from doorpakken_registration.examples.story import (
    GATHERING,
    INSIGHT,
    OCTA,
    PLACEMENTS,
    PORTRAIT,
    QUESTION,
    TABLE,
)

_VENUE = {"name": "Evenementenhal De Dreef", "address": "Dreef 1, Amsterdam Zuidoost"}
_PROGRAMME = [{"starts_at": "2023-10-06T11:30:00Z", "title": "Pitches"}]
_QUESTION = {"text": "Hoe komt u?", "choices": ["met de fiets", "met de metro", "anders"]}
_GATHERING: dict[str, Any] = {
    "title": "Derde bijeenkomst",
    "ambition": "Vijftien jongeren uit de buurt vinden een stageplek.",
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
_PORTRAIT: dict[str, Any] = {
    "title": "Dit is Rowena",
    "summary": "Rowena is 19 en zit op het mbo.",
    "motivations": ["een stage bij een bedrijf in de buurt"],
    "frustrations": ["40 sollicitaties zonder antwoord"],
}

EXAMPLES: dict[str, Any] = {
    "GatheringBody": _GATHERING | {"questions": [_QUESTION]},
    "GatheringChange": {"title": "Derde bijeenkomst, in de grote zaal", "capacity": 120},
    "Cancellation": {"reason": "De zaal is niet meer vrij."},
    "GatheringView": {
        "id": GATHERING,
        "version": 1,
        **_GATHERING,
        "state": "published",
        "reason": None,
        "taken": 64,
        "questions": [{"question_id": QUESTION, **_QUESTION}],
    },
    "PersonaBody": _PORTRAIT | {"need_ids": []},
    "PersonaView": {
        "id": PORTRAIT,
        "version": 1,
        "gathering_id": GATHERING,
        **_PORTRAIT,
        "need_ids": [PLACEMENTS],
    },
    "TableBody": {"label": "Tafel 1", "persona_id": None, "pitch_id": OCTA},
    "TableView": {
        "id": TABLE,
        "gathering_id": GATHERING,
        "label": "Tafel 1",
        "code": "K7MQX",
        "persona_id": None,
        "pitch_id": OCTA,
        "is_open": True,
        "opened_at": "2023-10-06T11:00:00Z",
    },
    "NoteBody": {"text": "Een stage begint met iemand die terugbelt."},
    "Noted": {"id": INSIGHT, "state": "pending"},
    "Moderation": {"decision": "approved"},
    "PerspectiveView": {
        "id": INSIGHT,
        "version": 2,
        "gathering_id": GATHERING,
        "table_id": TABLE,
        "persona_id": None,
        "pitch_id": OCTA,
        "text": "Een stage begint met iemand die terugbelt.",
        "state": "approved",
        "shared_at": "2023-10-06T12:10:00Z",
    },
}

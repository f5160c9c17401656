"""Examples of portraits, tables, insights and wishes, for the API's description."""

from typing import Any

from doorpakken_registration.gatherings.routes.examples import GATHERING, GLADYS_THERE
from doorpakken_registration.pitches.routes.examples import OCTA, PLACEMENTS
from doorpakken_registration.web.examples import listed

PORTRAIT = "018a9b40-5c10-7c3e-9d52-5b0a3c1f0071"
TABLE = "018a9b40-5c10-7c3e-9d52-5b0a3c1f0072"
INSIGHT = "018a9b40-5c10-7c3e-9d52-5b0a3c1f0073"

_PORTRAIT: dict[str, Any] = {
    "title": "Dit is Rowena",
    "summary": "Rowena is 19 en zit op het mbo.",
    "motivations": ["een stage bij een bedrijf in de buurt"],
    "frustrations": ["40 sollicitaties zonder antwoord"],
}
_PERSONA_VIEW: dict[str, Any] = {
    "id": PORTRAIT,
    "version": 1,
    "gathering_id": GATHERING,
    **_PORTRAIT,
    "need_ids": [PLACEMENTS],
}
_PERSPECTIVE_VIEW: dict[str, Any] = {
    "id": INSIGHT,
    "version": 2,
    "gathering_id": GATHERING,
    "table_id": TABLE,
    "persona_id": None,
    "pitch_id": OCTA,
    "text": "Een stage begint met iemand die terugbelt.",
    "state": "approved",
    "shared_at": "2023-10-06T12:10:00Z",
}
_TABLE_VIEW: dict[str, Any] = {
    "id": TABLE,
    "gathering_id": GATHERING,
    "label": "Tafel 1",
    "code": "K7MQX",
    "persona_id": None,
    "pitch_id": OCTA,
    "is_open": True,
    "opened_at": "2023-10-06T11:00:00Z",
}
_WISHES_VIEW: dict[str, Any] = {
    "attendee_id": GLADYS_THERE,
    "version": 1,
    "pitch_ids": [OCTA],
    "stated_at": "2023-10-06T13:00:00Z",
}

EXAMPLES: dict[str, Any] = {
    "PersonaBody": _PORTRAIT | {"need_ids": []},
    "PersonaView": _PERSONA_VIEW,
    "PersonaList": listed(_PERSONA_VIEW),
    "TableBody": {"label": "Tafel 1", "persona_id": None, "pitch_id": OCTA},
    "TableView": _TABLE_VIEW,
    "TableList": listed(_TABLE_VIEW),
    "NoteBody": {"text": "Een stage begint met iemand die terugbelt."},
    "Noted": {"id": INSIGHT, "state": "pending"},
    "Moderation": {"decision": "approved"},
    "PerspectiveView": _PERSPECTIVE_VIEW,
    "PerspectiveList": listed(_PERSPECTIVE_VIEW),
    "WishesBody": {"pitch_ids": [OCTA]},
    "TableWishesBody": {
        "name": "Gladys Waterlelie",
        "phone": "020 5550141",
        "pitch_ids": [OCTA],
    },
    "WishesView": _WISHES_VIEW,
    "WishesList": listed(_WISHES_VIEW),
}

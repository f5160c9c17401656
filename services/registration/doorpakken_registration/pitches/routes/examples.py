"""Examples of pitches with their needs, support and offers, for the API's description."""

from typing import Any

from doorpakken_registration.gatherings.routes.examples import GATHERING
from doorpakken_registration.people.routes.examples import REIGERBANK, ROWENA
from doorpakken_registration.web.examples import listed

OCTA = "018a9b40-5c10-7c3e-9d52-5b0a3c1f0051"
PLACEMENTS = "018a9b40-5c10-7c3e-9d52-5b0a3c1f0052"
SUPPORT = "018a9b40-5c10-7c3e-9d52-5b0a3c1f0053"
OFFER = "018a9b40-5c10-7c3e-9d52-5b0a3c1f0054"

_NEED: dict[str, Any] = {
    "category": "placement",
    "description": "stageplekken",
    "amount": 15,
    "unit": "place",
    "wanted_by": "2024-02-03",
}
_PITCH = {
    "kind": "project",
    "title": "OCTA",
    "summary": "Een platform tussen jongeren en bedrijven in de buurt.",
}
_SUPPORT: dict[str, Any] = {
    "id": SUPPORT,
    "version": 1,
    "pitch_id": OCTA,
    "person_id": None,
    "organisation_id": REIGERBANK,
    "stance": "believes",
    "state": "confirmed",
    "reason": "Talent is er. Het netwerk ontbreekt.",
    "endorsed_at": "2023-10-06T12:00:00Z",
}
_COVERED = {
    "need_id": PLACEMENTS,
    "pitch_id": OCTA,
    "pitch_title": "OCTA",
    "category": "placement",
    "description": "stageplekken",
    "unit": "place",
    "wanted_by": "2024-02-03",
    "asked": 15,
    "offered": 9,
    "open": 6,
    "over": 0,
    "offers": 2,
    "committed": 7,
    "to_promise": 8,
    "delivered": 0,
    "confirmed": 0,
    "status": "partly_covered",
    "closed_reason": None,
}
_LISTED_ENDORSEMENT: dict[str, Any] = _SUPPORT | {"organisation": "Reigerbank"}
_OFFER_VIEW: dict[str, Any] = {
    "id": OFFER,
    "version": 1,
    "gathering_id": GATHERING,
    "pitch_id": OCTA,
    "need_id": PLACEMENTS,
    "category": "placement",
    "amount": 4,
    "unit": "place",
    "person_id": None,
    "organisation_id": REIGERBANK,
    "state": "offered",
    "offered_at": "2023-10-06T12:30:00Z",
}
_PITCH_VIEW: dict[str, Any] = {
    "id": OCTA,
    "version": 2,
    "gathering_id": GATHERING,
    **_PITCH,
    "pitchers": [ROWENA],
    "organisation_id": None,
    "continues": None,
    "needs": [{"need_id": PLACEMENTS, **_NEED}],
    "state": "accepted",
    "submitted_at": "2023-09-18T09:00:00Z",
    "reviewed_at": "2023-09-20T09:00:00Z",
    "reason": None,
}

EXAMPLES: dict[str, Any] = {
    "PitchBody": {
        **_PITCH,
        "name": "Rowena Zilverspar",
        "email": "rowena@octa.example",
        "phone": None,
        "co_pitchers": [{"name": "Kwame Kastanje", "email": "kwame@winkel.example"}],
        "language": "nl",
        "organisation": "OCTA",
        "needs": [_NEED],
    },
    "PitchChange": {**_PITCH, "needs": [_NEED]},
    "PitchView": _PITCH_VIEW,
    "PitchList": listed(_PITCH_VIEW),
    "Review": {"decision": "accepted", "reason": None, "note": "Fijn! U bent als derde."},
    "PitchQuestion": {"text": "Hoeveel stageplekken hebt u nu al?"},
    "Closing": {"reason": "elsewhere"},
    "Withdrawal": {"reason": "Wij beginnen pas volgend jaar."},
    "EndorsementBody": {
        "stance": "believes",
        "reason": "Talent is er. Het netwerk ontbreekt.",
        "organisation_id": REIGERBANK,
    },
    "EndorsementView": _SUPPORT,
    "ListedEndorsement": _LISTED_ENDORSEMENT,
    "EndorsementList": listed(_LISTED_ENDORSEMENT),
    "OfferBody": {
        "need_id": PLACEMENTS,
        "amount": 4,
        "unit": "place",
        "organisation_id": REIGERBANK,
    },
    "Amount": {"amount": 5},
    "OfferView": _OFFER_VIEW,
    "OfferList": listed(_OFFER_VIEW),
    "CoverageView": _COVERED,
    "NeedList": {
        "items": [_COVERED],
        "without_need": [{"category": "money", "unit": "euro", "offered": 250_000, "offers": 1}],
    },
}

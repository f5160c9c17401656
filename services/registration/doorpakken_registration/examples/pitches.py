"""Examples of pitches with their needs, support, offers and wishes."""

from typing import Any

from doorpakken_registration.examples.story import (
    GATHERING,
    GLADYS_THERE,
    OCTA,
    OFFER,
    PLACEMENTS,
    REIGERBANK,
    ROWENA,
    SUPPORT,
)

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
    "PitchView": {
        "id": OCTA,
        "version": 2,
        "gathering_id": GATHERING,
        **_PITCH,
        "pitchers": [ROWENA],
        "organisation_id": None,
        "needs": [{"need_id": PLACEMENTS, **_NEED}],
        "state": "accepted",
        "submitted_at": "2023-09-18T09:00:00Z",
        "reviewed_at": "2023-09-20T09:00:00Z",
        "reason": None,
    },
    "Review": {"decision": "accepted", "reason": None},
    "Withdrawal": {"reason": "Wij beginnen pas volgend jaar."},
    "EndorsementBody": {
        "stance": "believes",
        "reason": "Talent is er. Het netwerk ontbreekt.",
        "organisation_id": REIGERBANK,
    },
    "EndorsementView": _SUPPORT,
    "ListedEndorsement": _SUPPORT | {"organisation": "Reigerbank"},
    "OfferBody": {
        "need_id": PLACEMENTS,
        "amount": 4,
        "unit": "place",
        "organisation_id": REIGERBANK,
    },
    "Amount": {"amount": 5},
    "OfferView": {
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
    },
    "CoverageView": _COVERED,
    "NeedList": {
        "items": [_COVERED],
        "without_need": [{"category": "money", "unit": "euro", "offered": 250_000, "offers": 1}],
    },
    "WishesBody": {"pitch_ids": [OCTA]},
    "TableWishesBody": {
        "name": "Gladys Waterlelie",
        "phone": "020 5550141",
        "pitch_ids": [OCTA],
    },
    "WishesView": {
        "attendee_id": GLADYS_THERE,
        "version": 1,
        "pitch_ids": [OCTA],
        "stated_at": "2023-10-06T13:00:00Z",
    },
}

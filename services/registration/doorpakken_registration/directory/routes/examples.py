"""Examples of people and organisations as staff see them, for the API's description."""

from typing import Any

from doorpakken_registration.attendance.routes.examples import THERE
from doorpakken_registration.gatherings.routes.examples import GATHERING, GLADYS_THERE
from doorpakken_registration.people.routes.examples import GLADYS, MARLOES, MOM, REIGERBANK, WHO
from doorpakken_registration.pitches.routes.examples import OCTA, OFFER, SUPPORT
from doorpakken_registration.seats.routes.examples import GLADYS_SEAT, SESSION, WAVE
from doorpakken_registration.web.examples import listed

_PERSON = {"id": GLADYS, "version": 1} | WHO
_ORGANISATION: dict[str, Any] = {
    "id": REIGERBANK,
    "version": 1,
    "name": "Reigerbank",
    "kind": "covenant_partner",
    "contacts": [MARLOES],
    "merged_into": None,
}
_MERGED = {"into": MOM, "attendees": 2, "pitches": 1, "endorsements": 0, "offers": 1}
_CONTACT = {
    "person_id": MARLOES,
    "name": "Marloes Esdoorn",
    "email": "marloes@reigerbank.example",
    "phone": None,
}
_PITCHED = {"id": OCTA, "title": "OCTA", "state": "accepted"}
_SUPPORTED = {
    "id": SUPPORT,
    "pitch_id": OCTA,
    "title": "OCTA",
    "stance": "believes",
    "state": "confirmed",
}
_OFFERED = {
    "id": OFFER,
    "category": "placement",
    "amount": 4,
    "unit": "place",
    "state": "offered",
}
_SEAT = {
    "id": GLADYS_SEAT,
    "session_id": SESSION,
    "title": "OCTA",
    "starts_at": "2023-10-26T13:00:00Z",
    "state": "active",
    "place": None,
    "reason": None,
}
_SAID = {"wave_id": WAVE, "answer": "accepted", "reason": None}
_CHAPTER = {
    "gathering_id": GATHERING,
    "title": "Derde bijeenkomst",
    "starts_at": "2023-10-06T11:00:00Z",
    "attendee": {"id": GLADYS_THERE} | THERE,
    "sign_ups": [_SEAT],
    "answers": [_SAID],
    "pitches": [],
    "endorsements": [_SUPPORTED],
    "offers": [],
    "wishes": ["OCTA"],
}
_CAME = {
    "gathering_id": GATHERING,
    "title": "Derde bijeenkomst",
    "attendee_id": GLADYS_THERE,
    "kind": "covenant_partner",
    "state": "checked_in",
}

EXAMPLES: dict[str, Any] = {
    "PersonView": _PERSON,
    "PersonList": listed(_PERSON),
    "PersonHistoryView": _PERSON | {"contact_of": [MOM], "gatherings": [_CHAPTER]},
    "Into": {"into": MOM},
    "MergedPerson": _MERGED | {"id": GLADYS, "into": MARLOES},
    "OrganisationBody": {"name": "Reigerbank", "kind": "covenant_partner"},
    "ContactsBody": {"person_ids": [MARLOES]},
    "OrganisationView": _ORGANISATION,
    "OrganisationList": listed(_ORGANISATION),
    "OrganisationHistoryView": _ORGANISATION
    | {
        "contact_persons": [_CONTACT],
        "people": [{"person_id": MARLOES, "name": "Marloes Esdoorn", "gatherings": [_CAME]}],
        "pitches": [_PITCHED],
        "endorsements": [_SUPPORTED],
        "offers": [_OFFERED],
    },
    "MergedOrganisation": _MERGED | {"id": REIGERBANK},
}

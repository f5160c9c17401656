"""Examples of people, organisations, participants and staff."""

from typing import Any

from doorpakken_registration.examples.story import (
    CLAIM,
    GATHERING,
    GLADYS,
    GLADYS_SEAT,
    GLADYS_THERE,
    MARLOES,
    MOM,
    OCTA,
    OFFER,
    QUESTION,
    REIGERBANK,
    SESSION,
    SUPPORT,
    WAVE,
)

_WHO: dict[str, Any] = {
    "name": "Gladys Waterlelie",
    "email": "gladys@mom.example",
    "phone": None,
    "language": "nl",
}
_PERSON = {"id": GLADYS, "version": 1} | _WHO
_ORGANISATION: dict[str, Any] = {
    "id": REIGERBANK,
    "version": 1,
    "name": "Reigerbank",
    "kind": "covenant_partner",
    "contacts": [MARLOES],
    "merged_into": None,
}
_THERE = {
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
    "attendee": {"id": GLADYS_THERE} | _THERE,
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

_CLAIM: dict[str, Any] = {
    "id": CLAIM,
    "person_id": GLADYS,
    "kind": "sign_up",
    "gathering_id": GATHERING,
    "told": {"kind": "local_entrepreneur", "arrangements": ["interpreter"]},
    "state": "waiting",
    "arrived_at": "2023-10-04T08:00:00Z",
    "answered_at": None,
    "has_place": False,
}
EXAMPLES: dict[str, Any] = {
    "PersonBody": _WHO,
    "PersonView": _PERSON,
    "PersonHistoryView": _PERSON | {"contact_of": [MOM], "gatherings": [_CHAPTER]},
    "Into": {"into": MOM},
    "MergedPerson": _MERGED | {"id": GLADYS, "into": MARLOES},
    "OrganisationBody": {"name": "Reigerbank", "kind": "covenant_partner"},
    "ContactsBody": {"person_ids": [MARLOES]},
    "OrganisationView": _ORGANISATION,
    "OrganisationHistoryView": _ORGANISATION
    | {
        "contact_persons": [_CONTACT],
        "people": [{"person_id": MARLOES, "name": "Marloes Esdoorn", "gatherings": [_CAME]}],
        "pitches": [_PITCHED],
        "endorsements": [_SUPPORTED],
        "offers": [_OFFERED],
    },
    "MergedOrganisation": _MERGED | {"id": REIGERBANK},
    "AttendeeBody": _WHO | _DETAILS,
    "DetailsBody": _DETAILS,
    "AttendeeMade": {
        "id": GLADYS_THERE,
        "person_id": GLADYS,
        "organisation_id": MOM,
        "state": "registered",
    },
    "AttendeeView": {
        "id": GLADYS_THERE,
        "person_id": GLADYS,
        **_WHO,
        **_TELLS,
        **_THERE,
        "invitation": "sent",
    },
    "Received": {"status": "received"},
    "SignedUp": {"status": "received", "is_full": True},
    "FollowerBody": {
        "name": "Imane Lindebloesem",
        "email": "imane@naaiatelier.example",
        "language": "nl",
    },
    "FollowingBody": {"is_following": True},
    "FollowingView": {
        "state": "confirmed",
        "since": "2023-10-06T18:30:00Z",
        "words": "Stuur mij een mail als er een nieuwe bijeenkomst is. Ik kan altijd stoppen.",
    },
    "LinkRequestBody": {"email": "gladys@mom.example"},
    "ErasureNumber": {"number": "K7-4QX"},
    "ErasureView": {
        "number": "K7-4QX",
        "asked_at": "2023-10-09T08:00:00Z",
        "answers": {"registration": "2023-10-09T08:00:01Z", "matching": "2023-10-09T08:00:02Z"},
        "is_complete": False,
    },
    "SignIn": {"email": "staff@doorpakken.example", "password": "een lang wachtwoord"},
    "TokenView": {
        "token": "eyJhbGciOiJFZDI1NTE5In0.eyJzdWIiOiIuLi4ifQ.c2lnbmF0dXJl",
        "expires_at": "2023-09-15T09:10:00Z",
    },
    "ClaimView": _CLAIM,
    "NamedClaim": _CLAIM | {one: _WHO[one] for one in ("name", "email", "phone")},
    "OwnClaims": {"items": [_CLAIM]},
    "ReplyBody": {"question_id": QUESTION, "text": "met de fiets"},
}

"""Compares two versions of a gathering's form: what somebody else saved, and what was typed."""

from collections.abc import Mapping
from typing import Any

from doorpakken_registration.gatherings.routes.gathering_form import PROGRAMME, QUESTIONS

LABELS = {
    "title": "Naam van de bijeenkomst",
    "theme": "Thema",
    "ambition": "Wat wilt u bereiken?",
    "date": "Datum",
    "last_date": "Laatste dag",
    "begin": "Begin",
    "end": "Einde",
    "venue_name": "Waar is het?",
    "venue_address": "Adres",
    "capacity": "Hoeveel mensen kunnen er in?",
    "registration_opens_at": "Aanmelden kan vanaf",
    "registration_closes_at": "Aanmelden kan tot",
    "pitches_open_at": "Plannen insturen kan vanaf",
    "pitches_close_at": "Plannen insturen kan tot",
    "follow_up_from": "Werksessies vanaf",
    "follow_up_until": "Werksessies tot en met",
}
ROWS = {"Programma": PROGRAMME, "Vragen aan deelnemers": QUESTIONS}


def differences(theirs: Mapping[str, Any], typed: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """A label with both texts, for each field that differs."""
    before, after = _texts(theirs), _texts(typed)
    return [(name, before[name], after[name]) for name in before if before[name] != after[name]]


def _texts(values: Mapping[str, Any]) -> dict[str, str]:
    texts = {label: str(values.get(name) or "").strip() for name, label in LABELS.items()}
    return texts | {label: _lines(rows.filled(values)) for label, rows in ROWS.items()}


def _lines(rows: list[dict[str, str]]) -> str:
    return "\n".join(
        ", ".join(text for name, text in row.items() if text and name != "id") for row in rows
    )

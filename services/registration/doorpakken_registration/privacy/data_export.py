"""All data about one person as readable lines: when, about what, and the text. Without ids, and
without data of others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.gatherings.store import gatherings as gatherings_store
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.pitches.store import pitches as pitches_store
from doorpakken_registration.privacy import erasure_preview
from doorpakken_registration.seats.store import sessions as sessions_store

Kept = Mapping[str, Any]
# A text and its group of code words, which are translated; None for text that people wrote.
Value = tuple[str, str | None]


@dataclass(frozen=True)
class Line:
    """One item; `about` has titles of a gathering, a session or pitches, `agreed` is the text that
    was agreed to."""

    at: datetime | None
    about: tuple[str, ...]
    values: tuple[Value, ...]
    agreed: str = ""


@dataclass(frozen=True)
class Shown:
    """What is shown of a collection: `at` is the field with the time, `fields` has the group of
    code words by field."""

    at: str
    fields: Mapping[str, str | None]


SHOWN: Mapping[str, Shown] = {
    "persons": Shown(
        "created_at", {"name": None, "email": None, "phone": None, "language": "language"}
    ),
    "attendees": Shown(
        "registered_at",
        {
            "state": "attendee_state",
            "kind": "kind",
            "offers": "category",
            "interests": None,
            "availability": None,
        },
    ),
    "particulars": Shown("", {"arrangements": "arrangement", "note": None, "replies": None}),
    "sign_ups": Shown("signed_up_at", {"state": "sign_up_state"}),
    "answers": Shown("answered_at", {"answer": "answer", "reason": "answer_reason"}),
    "recommendations": Shown("", {}),
    "wishes": Shown("stated_at", {}),
    "pitches": Shown("submitted_at", {"summary": None, "state": "pitch_state"}),
    "drafts": Shown("", {"fields": None}),
    "claims": Shown("arrived_at", {"kind": "claim_kind", "state": "claim_state", "texts": None}),
    "endorsements": Shown("endorsed_at", {"stance": "stance", "state": "endorsement_state"}),
    "offers": Shown("offered_at", {"category": "category"}),
    "perspectives": Shown("shared_at", {"text": None}),
    "handovers": Shown("asked_at", {}),
    "hostings": Shown("starts_at", {}),
    "hosting_answers": Shown("answered_at", {"answer": "host_answer"}),
    "used_links": Shown("used_at", {}),
    "link_requests": Shown("created_at", {}),
    "mail_requests": Shown("requested_at", {}),
    "invitations": Shown("at", {"state": "delivery"}),
}
# The steps of a consent are shown as answers.
STEPS = {
    "asked": "pending",
    "confirmed": "accepted",
    "stopped": "declined",
    True: "accepted",
    False: "declined",
}


async def of(documents: Documents, person: Person) -> dict[str, list[Line]]:
    """By collection; those without data are left out."""
    known = await erasure_preview.copy_of(documents, person)
    titles = await _titles(documents, [one for found in known.values() for one in found])
    return {
        name: [line for one in found for line in _lines(name, one, titles)]
        for name, found in known.items()
    }


def _lines(name: str, one: Kept, titles: Mapping[str, str]) -> list[Line]:
    about = (*filter(None, map(titles.get, _ids(one))), *_texts(one, "title"))
    if "steps" in one:
        return [Line(step["at"], about, _said(step), step["words"]) for step in one["steps"]]
    shown = SHOWN[name]
    values = [(text, group) for field, group in shown.fields.items() for text in _texts(one, field)]
    return [Line(one.get(shown.at), about, tuple(values))]


def _said(step: Kept) -> tuple[Value, ...]:
    return ((STEPS[step["state"] if "state" in step else step["is_given"]], "answer"),)


def _texts(one: Kept, field: str) -> list[str]:
    value = one.get(field) or ()
    parts = value if isinstance(value, list) else [value]
    texts = [part.get("text") if isinstance(part, dict) else part for part in parts]
    return [text for text in texts if isinstance(text, str) and text]


def _ids(one: Kept) -> list[str]:
    named = (one.get(name) for name in ("gathering_id", "session_id", "pitch_id"))
    return [*filter(None, named), *one.get("pitch_ids", ())]


async def _titles(documents: Documents, known: Sequence[Kept]) -> dict[str, str]:
    sessions = await sessions_store.list_sessions(documents, _named(known, "session_id"))
    pitches = {id for one in known for id in _ids(one)} | {one.pitch_id for one in sessions}
    titles = await pitches_store.titles_of(documents, pitches)
    titles |= {one.id: titles.get(one.pitch_id, "") for one in sessions}
    for id in _named(known, "gathering_id"):
        gathering = await gatherings_store.find_gathering(documents, id)
        titles[id] = gathering.title if gathering else ""
    return titles


def _named(known: Iterable[Kept], field: str) -> set[str]:
    return {one[field] for one in known if one.get(field)}

"""All data about one person as readable lines: when, about what, and the text. Without ids, and
without data of others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from doorpakken_plumbing.mongo.database import Document, Documents

from doorpakken_registration.common.kept import Shown
from doorpakken_registration.gatherings.store import gatherings as gatherings_store
from doorpakken_registration.kept import KEPT
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.pitches.store import pitches as pitches_store
from doorpakken_registration.privacy import erasure_preview
from doorpakken_registration.seats.store import sessions as sessions_store

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


SHOWN = {one.collection: one.shown for one in KEPT if one.shown}
# The steps of a consent are shown as answers.
STEPS = {
    "asked": "pending",
    "confirmed": "accepted",
    "stopped": "declined",
    True: "accepted",
    False: "declined",
}


@dataclass(frozen=True)
class Chapter:
    """Everything of one kind."""

    shown: Shown
    lines: tuple[Line, ...]


async def of(documents: Documents, person: Person) -> list[Chapter]:
    """In the order in which they are read; kinds without data are left out."""
    known = await erasure_preview.copy_of(documents, person)
    titles = await _titles(documents, [one for found in known.values() for one in found])
    return [
        Chapter(shown, tuple(line for one in known[name] for line in _lines(shown, one, titles)))
        for name, shown in SHOWN.items()
        if name in known
    ]


def _lines(shown: Shown, one: Document, titles: Mapping[str, str]) -> list[Line]:
    about = (*filter(None, map(titles.get, _ids(one))), *_texts(one, "title"))
    if "steps" in one:
        return [Line(step["at"], about, _said(step), step["words"]) for step in one["steps"]]
    values = [(text, group) for field, group in shown.fields.items() for text in _texts(one, field)]
    return [Line(one.get(shown.at), about, tuple(values))]


def _said(step: Document) -> tuple[Value, ...]:
    return ((STEPS[step["state"] if "state" in step else step["is_given"]], "answer"),)


def _texts(one: Document, field: str) -> list[str]:
    value = one.get(field) or ()
    parts = value if isinstance(value, list) else [value]
    texts = [part.get("text") if isinstance(part, dict) else part for part in parts]
    return [text for text in texts if isinstance(text, str) and text]


def _ids(one: Document) -> list[str]:
    named = (one.get(name) for name in ("gathering_id", "session_id", "pitch_id"))
    return [*filter(None, named), *one.get("pitch_ids", ())]


async def _titles(documents: Documents, known: Sequence[Document]) -> dict[str, str]:
    sessions = await sessions_store.list_sessions(documents, _named(known, "session_id"))
    pitches = {id for one in known for id in _ids(one)} | {one.pitch_id for one in sessions}
    titles = await pitches_store.titles_of(documents, pitches)
    titles |= {one.id: titles.get(one.pitch_id, "") for one in sessions}
    for id in _named(known, "gathering_id"):
        gathering = await gatherings_store.find_gathering(documents, id)
        titles[id] = gathering.title if gathering else ""
    return titles


def _named(known: Iterable[Document], field: str) -> set[str]:
    return {one[field] for one in known if one.get(field)}

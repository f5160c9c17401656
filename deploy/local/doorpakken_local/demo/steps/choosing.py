"""Which sessions a person ticks: those they ask for by name, and the first suitable ones.
Never two sessions at the same time."""

from collections.abc import Sequence
from datetime import datetime

from doorpakken_local.demo.stopped import StoryStopped
from doorpakken_local.demo.stories.parts import BEST, Person
from doorpakken_local.demo.visiting.web import Json


class NothingLeft(StoryStopped):
    """No session is left that the person could choose."""


def choose(person: Person, suggested: Sequence[Json], known: Sequence[Json]) -> list[Json]:
    """`suggested` is in order of preference and comes before the rest of `known`. Raises
    NothingLeft."""
    titles = {session["title"]: session for session in known}
    chosen = [titles[choice] for choice in person.chooses if choice != BEST]
    for _ in range(len(person.chooses) - len(chosen)):
        chosen.append(_next(person, [*suggested, *known], chosen))
    return chosen


def _next(person: Person, sessions: Sequence[Json], chosen: Sequence[Json]) -> Json:
    for session in sessions:
        if not any(_overlap(session, other) for other in chosen):
            return session
    raise NothingLeft(f"{person.name} finds no session beside {[one['title'] for one in chosen]}")


def named_in(text: str, sessions: Sequence[Json]) -> list[Json]:
    """The sessions whose title occurs in the text, in the order of the text."""
    places = {session["id"]: text.find(session["title"]) for session in sessions}
    named = [session for session in sessions if places[session["id"]] >= 0]
    return sorted(named, key=lambda session: places[session["id"]])


def _overlap(one: Json, other: Json) -> bool:
    starts, ends = _moment(one["starts_at"]), _moment(one["ends_at"])
    return starts < _moment(other["ends_at"]) and _moment(other["starts_at"]) < ends


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)

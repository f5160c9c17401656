"""A paper card that staff entered, and the parsing of what they typed.
A search never guesses: all people who match are returned."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from doorpakken_registration.common.model.names import key_of
from doorpakken_registration.conversation.model.wishes import check_ranked

NUMBER_LENGTH_MAX = 9
_NUMBER = re.compile(r"\d{1,4}")
_NUMBERS = re.compile(r"\d{1,4}(?:[\s,.;/+-]{1,9}\d{1,4}){0,9}")


@dataclass(frozen=True)
class Card:
    """The pitches on a card; `before` are the attendee's wishes before it was entered."""

    id: str
    gathering_id: str
    attendee_id: str
    pitch_ids: tuple[str, ...]
    before: tuple[str, ...]
    entered_at: datetime
    is_undone: bool = False


@dataclass(frozen=True)
class Face:
    """An attendee as staff identify them: a short number in sign-up order, and a name."""

    number: int
    attendee_id: str
    name: str


def who_fits(faces: Sequence[Face], asked: str) -> list[Face]:
    """All matches: by number, else by whole name, else by prefixes of the words of the name."""
    if asked.isdecimal() and len(asked) <= NUMBER_LENGTH_MAX:
        return [face for face in faces if face.number == int(asked)]
    key = key_of(asked)
    if exact := [face for face in faces if key_of(face.name) == key]:
        return exact
    wanted = key.split()
    return [face for face in faces if wanted and _begins(key_of(face.name).split(), wanted)]


def numbers_in(text: str) -> tuple[int, ...]:
    """Parses `3 1 2` or `3,1`; raises ValueError unless there are one to three different
    numbers."""
    if not _NUMBERS.fullmatch(text.strip()):
        raise ValueError("type numbers with a space between them")
    found = _NUMBER.findall(text)
    check_ranked(tuple(found))
    return tuple(map(int, found))


def _begins(words: list[str], wanted: list[str]) -> bool:
    # The iterator is shared: each prefix must match a word after the previous match.
    left = iter(words)
    return all(any(word.startswith(begin) for word in left) for begin in wanted)

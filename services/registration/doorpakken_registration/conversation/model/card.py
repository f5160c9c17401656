"""A paper card that staff entered, and how what they type is read.
Refuses to guess: several people who fit are all given back."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from doorpakken_registration.common.model.names import key_of
from doorpakken_registration.conversation.model.wishes import check_ranked

_NUMBER = re.compile(r"\d{1,4}")
_NUMBERS = re.compile(r"\d{1,4}(?:[\s,.;/+-]{1,9}\d{1,4}){0,9}")


@dataclass(frozen=True)
class Card:
    """What was on a card, and what the attendee wanted before it was entered."""

    id: str
    gathering_id: str
    attendee_id: str
    pitch_ids: tuple[str, ...]
    before: tuple[str, ...]
    entered_at: datetime
    is_undone: bool = False


@dataclass(frozen=True)
class Face:
    """An attendee as staff know them: a short number in order of signing up, and a name."""

    number: int
    attendee_id: str
    name: str


def who_fits(faces: Sequence[Face], asked: str) -> list[Face]:
    """Everybody who may be meant: by number, by whole name, else by the beginnings of words."""
    if asked.isdecimal():
        return [face for face in faces if face.number == int(asked)]
    key = key_of(asked)
    if exact := [face for face in faces if key_of(face.name) == key]:
        return exact
    wanted = key.split()
    return [face for face in faces if wanted and _begins(key_of(face.name).split(), wanted)]


def numbers_in(text: str) -> tuple[int, ...]:
    """The numbers in `3 1 2` or `3,1`; ValueError unless they are one to three different ones."""
    if not _NUMBERS.fullmatch(text.strip()):
        raise ValueError("type numbers with a space between them")
    found = _NUMBER.findall(text)
    check_ranked(tuple(found))
    return tuple(map(int, found))


def _begins(words: list[str], wanted: list[str]) -> bool:
    """Whether each wanted beginning is of a word of its own, in the order of the name."""
    left = iter(words)
    return all(any(word.startswith(begin) for word in left) for begin in wanted)

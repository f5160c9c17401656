"""What a state is, and which topic tells that it became another."""

from enum import StrEnum
from typing import Self


class ForbiddenMove(Exception):
    """The table has no such move: the program that asks for it has a bug."""


class State(StrEnum):
    """A state of an aggregate, as its events spell it."""

    def to(self, after: Self) -> Self:
        """Returns `after`; raises ForbiddenMove."""
        _topics_of(self, after)
        return after


# Before, after, topic. A move to END is told by a tombstone, an UNTOLD one by no event.
Move = tuple[State | None, State | None, str]

START = END = None
TOMBSTONE = "tombstone"
UNTOLD = ""

# Filled by `states`.
MOVES: dict[type[State], tuple[Move, ...]] = {}


def told_on(before: State | None, after: State, topic: str | None = None) -> str:
    """The topic of this move, UNTOLD for one that is not told; `topic` says which, where a move
    may be told on several. Raises ForbiddenMove."""
    topics = _topics_of(before, after)
    if topic not in topics and (topic or len(topics) > 1):
        raise ForbiddenMove(f"{type(after).__name__}: {before or 'start'} to {after} on {topic}")
    return topic or topics[0]


def _topics_of(before: State | None, after: State) -> list[str]:
    topics = [told for *move, told in MOVES[type(after)] if move == [before, after]]
    if not topics:
        raise ForbiddenMove(f"{type(after).__name__}: {before or 'start'} to {after}")
    return topics

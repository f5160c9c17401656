"""A table of the moves between states: which states may come before a state, for each cause. The
only place that decides whether a change of state is allowed."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Generic, TypeVar

from doorpakken_events.moves import ForbiddenMove

S = TypeVar("S", bound=StrEnum)
C = TypeVar("C", bound=StrEnum)


class Moves(Generic[S, C]):
    """The states that may come before, by cause and state after."""

    def __init__(self, table: Mapping[tuple[C, S], frozenset[S]]) -> None:
        self.table = table

    def allows(self, cause: C, before: S, after: S) -> bool:
        return before in self.table.get((cause, after), frozenset())

    def require(self, cause: C, before: S, after: S) -> None:
        if not self.allows(cause, before, after):
            raise ForbiddenMove(f"{cause}: {before} to {after}")

    def before(self, cause: C, after: S) -> list[S]:
        """For the filter of an update; raises ForbiddenMove if this cause never leads there."""
        if (cause, after) not in self.table:
            raise ForbiddenMove(f"{cause}: to {after}")
        return sorted(self.table[cause, after])

"""Compares the counts of all sources with each other and with what was expected. A count needs at
least two sources."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from doorpakken_local.demo.counting.counts import Counts

SOURCES_MIN = 2


@dataclass(frozen=True)
class Line:
    """One count: what was expected and what each source found; None where a source cannot count
    it."""

    name: str
    expected: Any
    found: Mapping[str, Any]

    @property
    def is_right(self) -> bool:
        """Whether at least two sources counted it (one for TOLD_ONCE) and all equal the expected
        value."""
        told = [value for value in self.found.values() if value is not None]
        wanted = 1 if self.name in TOLD_ONCE else SOURCES_MIN
        return len(told) >= wanted and all(value == self.expected for value in told)


# Only the topics show that an event was published twice.
TOLD_ONCE = ("duplicates",)


def judge(expected: Counts, found: Mapping[str, Counts]) -> list[Line]:
    return [
        Line(
            name,
            getattr(expected, name),
            {source: getattr(counts, name) for source, counts in found.items()},
        )
        for name in Counts.model_fields
    ]


def wrong(lines: list[Line]) -> list[Line]:
    return [line for line in lines if not line.is_right]

"""Whether all sources tell the same, and tell what was expected. Refuses a count that only one
source tells."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from doorpakken_local.demo.counting.counts import Counts

SOURCES_MIN = 2


@dataclass(frozen=True)
class Line:
    """One count: what was expected and what each source found; None where a source has no word."""

    name: str
    expected: Any
    found: Mapping[str, Any]

    @property
    def is_right(self) -> bool:
        """Whether at least two sources tell it, and all of them tell what was expected."""
        told = [value for value in self.found.values() if value is not None]
        wanted = 1 if self.name in TOLD_ONCE else SOURCES_MIN
        return len(told) >= wanted and all(value == self.expected for value in told)


# Only the broker can tell that it was given something twice.
TOLD_ONCE = ("duplicates",)


def judge(expected: Counts, found: Mapping[str, Counts]) -> list[Line]:
    """A line for each count."""
    return [
        Line(
            name,
            getattr(expected, name),
            {source: getattr(counts, name) for source, counts in found.items()},
        )
        for name in Counts.model_fields
    ]


def wrong(lines: list[Line]) -> list[Line]:
    """Those that differ."""
    return [line for line in lines if not line.is_right]

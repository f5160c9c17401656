"""The file of `demo --once --report FILE`: the agreed counts, the number of events and the
durations. A count on which the sources disagree is written as null."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from doorpakken_local.demo.counting.verdict import Line, wrong

WRITTEN = (
    "attendees",
    "checked_in",
    "pitches",
    "needs",
    "sessions",
    "invitations_sent",
    "invitations_on_paper",
    "answers",
    "seats",
    "waitlisted",
    "parked",
    "consumer_lag",
)


@dataclass(frozen=True)
class Report:
    """The judged result of one performance."""

    lines: list[Line]
    events_by_topic: Mapping[str, int]
    seconds_by_stage: Mapping[str, float]
    urls: Mapping[str, str]

    @property
    def is_right(self) -> bool:
        return not wrong(self.lines)

    def as_json(self) -> dict[str, Any]:
        agreed = {line.name: line.expected if line.is_right else None for line in self.lines}
        return {
            **{name: agreed[name] for name in WRITTEN},
            "events_by_topic": dict(self.events_by_topic),
            "seconds_by_stage": dict(self.seconds_by_stage),
            "urls": dict(self.urls),
            "agreed": self.is_right,
            "counts": {line.name: {"expected": line.expected, **line.found} for line in self.lines},
        }

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(self.as_json(), indent=2) + "\n", encoding="utf-8")

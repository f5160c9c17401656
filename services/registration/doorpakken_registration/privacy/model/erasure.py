"""An erasure: who asked is known by id only, and people follow it by a number of its own.
A service that has not answered yet is simply not in it."""

from dataclasses import dataclass
from datetime import datetime

from doorpakken_events.catalogue import SERVICES


@dataclass(frozen=True)
class Erasure:
    """What was wiped of whom; `answers` are moments by service, `contact_version` the last said."""

    id: str
    number: str
    asked_at: datetime
    contact_version: int
    answers: dict[str, datetime]

    @property
    def is_complete(self) -> bool:
        """Whether every service has wiped what it knew."""
        return all(service in self.answers for service in SERVICES)

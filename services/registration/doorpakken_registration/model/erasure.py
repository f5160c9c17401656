"""An erasure: who asked is known by id only, and people follow it by a number of its own.
Refuses nothing; a service that has not answered yet is simply not in it."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from doorpakken_events.catalogue import SERVICES

# Without what looks alike on paper: 0 O, 1 I L, 2 Z, 5 S, 8 B, U V.
_SIGNS = "ACDEFGHJKMNPQRTWXY34679"


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


def draw_number() -> str:
    """A number to follow an erasure by, such as K7-4QX."""
    drawn = "".join(secrets.choice(_SIGNS) for _ in range(5))
    return f"{drawn[:2]}-{drawn[2:]}"

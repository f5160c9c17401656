"""An erasure, which has the id of the person only; people follow it by its number.
`answers` has only the services that have answered."""

from dataclasses import dataclass
from datetime import datetime

from doorpakken_events.erasure import ANSWERERS


@dataclass(frozen=True)
class Erasure:
    """The erasure of a person; `answers` has the moment by service, `contact_version` is the last
    that was published."""

    id: str
    number: str
    asked_at: datetime
    contact_version: int
    answers: dict[str, datetime]

    @property
    def is_complete(self) -> bool:
        return all(service in self.answers for service in ANSWERERS)

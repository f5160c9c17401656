"""A draft of a pitch, stored as typed: incomplete or invalid, limited in size only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

FIELDS_MAX = 200


@dataclass(frozen=True)
class Typed:
    """A form field and its text."""

    name: str
    text: str


@dataclass(frozen=True)
class Draft:
    """The form of one pitch; of a person, or of the phone that holds the secret."""

    id: str
    gathering_id: str
    person_id: str | None
    secret_hash: str | None
    fields: tuple[Typed, ...]
    expires_at: datetime

    @property
    def values(self) -> dict[str, str]:
        return {one.name: one.text for one in self.fields}

    @property
    def title(self) -> str:
        return self.values.get("title", "").strip()


def fits(fields: Sequence[Typed], bytes_max: int) -> bool:
    size_bytes = sum(len(f"{one.name}{one.text}".encode()) for one in fields)
    return len(fields) <= FIELDS_MAX and size_bytes <= bytes_max

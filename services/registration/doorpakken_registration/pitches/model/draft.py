"""A plan that somebody began to tell, kept as it was typed: half a form, mistakes and all.
Refuses nothing but more text than the form could hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

FIELDS_MAX = 200


@dataclass(frozen=True)
class Typed:
    """A field and what stands in it."""

    name: str
    text: str


@dataclass(frozen=True)
class Draft:
    """The form of one plan; of a person, or of the phone that carries the secret."""

    id: str
    gathering_id: str
    person_id: str | None
    secret_hash: str | None
    fields: tuple[Typed, ...]
    expires_at: datetime

    @property
    def values(self) -> dict[str, str]:
        """What stands in each field."""
        return {one.name: one.text for one in self.fields}

    @property
    def title(self) -> str:
        """What the plan is called so far."""
        return self.values.get("title", "").strip()


def fits(fields: Sequence[Typed], bytes_max: int) -> bool:
    """Whether this much is kept."""
    size_bytes = sum(len(f"{one.name}{one.text}".encode()) for one in fields)
    return len(fields) <= FIELDS_MAX and size_bytes <= bytes_max

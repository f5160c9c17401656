"""A table in the room where people discuss one portrait or one pitch, and its code.
A code has no characters that are easily mistaken for others."""

from dataclasses import dataclass, replace
from datetime import datetime

# Without characters that look alike (0 O, 1 I L, 2 Z, 5 S, 8 B), and without vowels, so that a code
# spells no word.
CODE_ALPHABET = "34679CDFGHJKMNPQRTVWX"
CODE_LENGTH = 5


@dataclass(frozen=True)
class Table:
    """Where insights are noted; about a portrait or a pitch, never both."""

    id: str
    gathering_id: str
    label: str
    code: str
    persona_id: str | None
    pitch_id: str | None
    opened_at: datetime
    is_open: bool = True

    def with_open(self, is_open: bool) -> "Table":
        return replace(self, is_open=is_open)


def code_of(typed: str) -> str:
    """Normalises a typed code: `k7-4q x` becomes `K74QX`."""
    return "".join(one for one in typed.upper() if one.isalnum())

"""A table in the room at which people talk about one portrait or one pitch, with its code.
Refuses characters in a code that are read or heard as another one."""

from dataclasses import dataclass, replace
from datetime import datetime

# None that is read as another (0 O, 1 I L, 2 Z, 5 S, 8 B), and no vowels: they make words.
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
        """The same table, at which notes are taken or not."""
        return replace(self, is_open=is_open)


def code_of(typed: str) -> str:
    """The code as it is kept: `k7-4q x` is K74QX."""
    return "".join(one for one in typed.upper() if one.isalnum())

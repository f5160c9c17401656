"""A portrait: a fictional person who represents many, with motivations and frustrations."""

from dataclasses import dataclass, replace
from typing import Any

LINES_MAX = 20


@dataclass(frozen=True)
class Persona:
    """A portrait at a gathering; `need_ids` are the needs of pitches that would help this
    person."""

    id: str
    version: int
    gathering_id: str
    title: str
    summary: str
    motivations: tuple[str, ...]
    frustrations: tuple[str, ...]
    need_ids: tuple[str, ...]

    def described(self, **fields: Any) -> "Persona":
        told = replace(self, **fields)
        return self if told == self else replace(told, version=self.version + 1)

"""A portrait: a sketched person who stands for many, with what drives and what hinders them."""

from dataclasses import dataclass, replace
from typing import Any

LINES_MAX = 20


@dataclass(frozen=True)
class Persona:
    """A portrait at a gathering; `need_ids` are the needs of pitches that would help."""

    id: str
    version: int
    gathering_id: str
    title: str
    summary: str
    motivations: tuple[str, ...]
    frustrations: tuple[str, ...]
    need_ids: tuple[str, ...]

    def described(self, **fields: Any) -> "Persona":
        """The same portrait told differently; one version later if anything differs."""
        told = replace(self, **fields)
        return self if told == self else replace(told, version=self.version + 1)

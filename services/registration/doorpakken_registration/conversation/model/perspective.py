"""An insight that somebody noted at a table; nobody sees it before staff approved it."""

from dataclasses import dataclass, replace
from datetime import datetime

TEXT_LENGTH_MAX = 500


@dataclass(frozen=True)
class Perspective:
    """A note about a portrait or a pitch; `person_id` is whose it is, where they are known."""

    id: str
    version: int
    gathering_id: str
    table_id: str
    persona_id: str | None
    pitch_id: str | None
    person_id: str | None
    text: str
    shared_at: datetime
    state: str = "pending"

    def moderated(self, state: str) -> "Perspective":
        """The same note, shown or hidden."""
        return replace(self, version=self.version + 1, state=state)

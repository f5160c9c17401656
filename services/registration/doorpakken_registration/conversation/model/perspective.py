"""An insight noted at a table; not public before staff approve it."""

from dataclasses import dataclass, replace
from datetime import datetime

from doorpakken_events import states

TEXT_LENGTH_MAX = 500


@dataclass(frozen=True)
class Perspective:
    """A note about a portrait or a pitch; `person_id` is its author, if known."""

    id: str
    version: int
    gathering_id: str
    table_id: str
    persona_id: str | None
    pitch_id: str | None
    person_id: str | None
    text: str
    shared_at: datetime
    state: states.Perspective = states.Perspective.PENDING

    def moderated(self, state: states.Perspective) -> "Perspective":
        return replace(self, version=self.version + 1, state=self.state.to(state))

"""A follower of new gatherings, with proof of consent: when they asked, confirmed and stopped, and
the text they agreed to. Only who confirmed gets mail."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

State = Literal["asked", "confirmed", "stopped"]


@dataclass(frozen=True)
class FollowStep:
    """A change of state; `words` is the consent text when it was asked or confirmed."""

    at: datetime
    state: State
    words: str = ""


@dataclass(frozen=True)
class Follower:
    """Whether a person gets mail about new gatherings; `id` is the person's."""

    id: str
    state: State
    steps: tuple[FollowStep, ...]

    @property
    def is_following(self) -> bool:
        return self.state == "confirmed"

    @property
    def is_asked(self) -> bool:
        return self.state == "asked"

    @property
    def since(self) -> datetime:
        return self.steps[-1].at

    @property
    def words(self) -> str:
        return next((one.words for one in reversed(self.steps) if one.words), "")

    def stepped(self, at: datetime, state: State, words: str = "") -> "Follower":
        if state == self.state:
            return self
        return replace(self, state=state, steps=(*self.steps, FollowStep(at, state, words)))

    def lapsed(self) -> "Follower | None":
        """Without the latest requests that were never confirmed; None when nothing is left."""
        spoken = self.steps
        while spoken and spoken[-1].state == "asked":
            spoken = spoken[:-1]
        return replace(self, state=spoken[-1].state, steps=spoken) if spoken else None

    def of(self, person_id: str) -> "Follower":
        return replace(self, id=person_id)

    def joined_by(self, other: "Follower") -> "Follower":
        """The newest state of both counts; an unconfirmed request does not."""
        spoken = [one for one in (self, other) if not one.is_asked]
        newest = max(spoken, key=lambda one: one.since, default=self)
        return newest.of(self.id)

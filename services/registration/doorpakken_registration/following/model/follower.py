"""Somebody who wants to hear of the next gathering, with the proof: when they asked, confirmed and
stopped, and the words they agreed to. Only who confirmed is a follower."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

State = Literal["asked", "confirmed", "stopped"]


@dataclass(frozen=True)
class FollowStep:
    """What was said, and when; the words belong to what was asked or confirmed."""

    at: datetime
    state: State
    words: str = ""


@dataclass(frozen=True)
class Follower:
    """Whether a person hears of new gatherings; the id is theirs."""

    id: str
    state: State
    steps: tuple[FollowStep, ...]

    @property
    def is_following(self) -> bool:
        """Whether they hear of a new gathering."""
        return self.state == "confirmed"

    @property
    def is_asked(self) -> bool:
        """Whether it waits for them to confirm that the address is theirs."""
        return self.state == "asked"

    @property
    def since(self) -> datetime:
        """Since when it is so."""
        return self.steps[-1].at

    @property
    def words(self) -> str:
        """What they agreed to last."""
        return next((one.words for one in reversed(self.steps) if one.words), "")

    def stepped(self, at: datetime, state: State, words: str = "") -> "Follower":
        """The same person, who said something new; the same again changes nothing."""
        if state == self.state:
            return self
        return replace(self, state=state, steps=(*self.steps, FollowStep(at, state, words)))

    def lapsed(self) -> "Follower | None":
        """As it was before somebody asked in their name and nobody said yes; None for nothing."""
        spoken = self.steps
        while spoken and spoken[-1].state == "asked":
            spoken = spoken[:-1]
        return replace(self, state=spoken[-1].state, steps=spoken) if spoken else None

    def of(self, person_id: str) -> "Follower":
        """What was said, as another person's."""
        return replace(self, id=person_id)

    def joined_by(self, other: "Follower") -> "Follower":
        """Both are one person: what they said last counts; what nobody confirmed does not."""
        spoken = [one for one in (self, other) if not one.is_asked]
        newest = max(spoken, key=lambda one: one.since, default=self)
        return newest.of(self.id)

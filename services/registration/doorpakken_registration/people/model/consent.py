"""What somebody allowed, with the proof: the words they agreed to, and each moment they gave it or
took it back. Nobody has to allow anything."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self


@dataclass(frozen=True)
class Step:
    """The consent was given, to these words, or taken back."""

    at: datetime
    is_given: bool
    words: str


@dataclass(frozen=True)
class Consent:
    """Whether an attendee may stand on the list of participants; the id is the attendee's."""

    id: str
    person_id: str
    gathering_id: str
    is_given: bool = False
    steps: tuple[Step, ...] = ()

    def said(self, now: datetime, words: str, *, is_given: bool) -> Self:
        """The same consent, given or taken back; saying the same again proves nothing new."""
        if is_given == self.is_given:
            return self
        return replace(self, is_given=is_given, steps=(*self.steps, Step(now, is_given, words)))


@dataclass(frozen=True, kw_only=True)
class SeatConsent(Consent):
    """Whether the others in a session may see somebody's name and address; the id is the seat's."""

    session_id: str

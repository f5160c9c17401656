"""Consents with their proof: the words agreed to, and each time consent was given or withdrawn.
Consent is always optional."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self


@dataclass(frozen=True)
class Step:
    """The consent was given, to these words, or withdrawn."""

    at: datetime
    is_given: bool
    words: str


@dataclass(frozen=True)
class Consent:
    """Consent of an attendee to be on the list of participants; the id is the attendee's."""

    id: str
    person_id: str
    gathering_id: str
    is_given: bool = False
    steps: tuple[Step, ...] = ()

    def said(self, now: datetime, words: str, *, is_given: bool) -> Self:
        if is_given == self.is_given:
            return self
        return replace(self, is_given=is_given, steps=(*self.steps, Step(now, is_given, words)))


@dataclass(frozen=True, kw_only=True)
class SeatConsent(Consent):
    """Consent to show name and address to the others in a session; the id is the seat's."""

    session_id: str

"""The counts of one performance, according to one source. What a source cannot count stays None and
is not compared."""

from collections.abc import Mapping

from doorpakken_events.coverage import Coverage
from pydantic import BaseModel, ConfigDict

SUPPORT = ("confirmed", "pending", "withdrawn")
INSIGHTS = ("approved", "hidden", "pending")


class Counts(BaseModel):
    """What was found; `answers` by word, those who gave none as `none`; `held` and `offered` are
    places that wait for somebody, `left` and `handed_over` seats that were given up."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    attendees: int | None = None
    checked_in: int | None = None
    people_by_kind: dict[str, tuple[int, int]] | None = None
    organisations: int | None = None
    pitches: int | None = None
    needs: int | None = None
    needs_left: dict[str, tuple[int, int]] | None = None
    needs_with_offer: int | None = None
    offers: int | None = None
    portraits: int | None = None
    insights: dict[str, int] | None = None
    support: dict[str, int] | None = None
    people_with_wishes: int | None = None
    wishes: int | None = None
    sessions: int | None = None
    hosts_yes: int | None = None
    answers: dict[str, int] | None = None
    seats: int | None = None
    held: int | None = None
    waitlisted: int | None = None
    offered: int | None = None
    left: int | None = None
    handed_over: int | None = None
    invitations_sent: int | None = None
    invitations_on_paper: int | None = None
    mails: dict[str, int] | None = None
    parked: int | None = None
    consumer_lag: int | None = None
    duplicates: int | None = None


def with_none(answers: Mapping[str, int], present: int) -> dict[str, int]:
    """Adds `none`: those who were present and did not answer."""
    given = {word: answers.get(word, 0) for word in ("accepted", "declined", "maybe")}
    return given | {"none": present - sum(given.values())}


def by_word(words: tuple[str, ...], found: Mapping[str, int]) -> dict[str, int]:
    return {word: found.get(word, 0) for word in words}


def needs_left(asked: Mapping[str, int], offered: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """By need: the amount still needed, and the amount offered beyond what was asked."""
    coverages = {name: Coverage(amount, offered.get(name, 0)) for name, amount in asked.items()}
    return {name: (one.open, one.over) for name, one in coverages.items()}

"""The counts of one performance, according to one source. What a source cannot count stays None and
is not compared."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

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


def needs_left(
    asked: Mapping[str, int], offers: Iterable[tuple[str, int]]
) -> dict[str, tuple[int, int]]:
    """By need: the amount still needed, and the amount offered beyond what was asked. An offer is a
    need and an amount."""
    offered: Counter[str] = Counter()
    for need, amount in offers:
        offered[need] += amount
    coverages = {need: Coverage(amount, offered[need]) for need, amount in asked.items()}
    return {need: (one.open, one.over) for need, one in coverages.items()}


def plans_of(
    pitches: Sequence[Mapping[str, Any]], toward: Iterable[Mapping[str, Any]]
) -> dict[str, Any]:
    """From accepted pitches and offers toward a need, as events and rows have them; `needs_left` is
    by need id."""
    asked = {need["need_id"]: need["amount"] for pitch in pitches for need in pitch["needs"]}
    offers = [(offer["need_id"], offer["amount"]) for offer in toward]
    return {
        "pitches": len(pitches),
        "needs": sum(len(pitch["needs"]) for pitch in pitches),
        "needs_left": needs_left(asked, offers),
        "needs_with_offer": len({need_id for need_id, _ in offers}),
    }


def seats_of(by_state: Mapping[str, int], ended_by_reason: Mapping[str, int]) -> dict[str, int]:
    return {
        "seats": by_state.get("active", 0),
        "held": by_state.get("held", 0),
        "offered": by_state.get("offered", 0),
        "waitlisted": by_state.get("waitlisted", 0),
        "left": ended_by_reason.get("left", 0),
        "handed_over": ended_by_reason.get("handed_over", 0),
    }

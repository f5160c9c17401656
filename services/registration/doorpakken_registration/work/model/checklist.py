"""The steps of a gathering, before, during and after it: which are done, and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from doorpakken_registration.gatherings.model.gathering import Gathering
from doorpakken_registration.seats.model.answer import Wave

BEFORE, DURING, AFTER = "before", "during", "after"


@dataclass(frozen=True)
class Facts:
    """What is known of a gathering; `waiting` are the kinds of lines that wait for staff, and
    `heard` the services that said theirs."""

    gathering: Gathering
    waiting: frozenset[str]
    heard: frozenset[str]
    has_accepted_pitch: bool
    has_table: bool
    has_checked_in: bool
    has_wishes: bool
    wave: Wave | None
    has_invitations: bool


@dataclass(frozen=True)
class Step:
    """One step; `path` is that of its page, below the address of its service."""

    name: str
    phase: str
    is_done: bool
    service: str
    path: str


def steps_of(facts: Facts, now: datetime) -> tuple[Step, ...]:
    return (*_before(facts), *_during(facts), *_after(facts, now))


def next_step(steps: Sequence[Step]) -> Step | None:
    return next((one for one in steps if not one.is_done), None)


def _before(facts: Facts) -> tuple[Step, ...]:
    own = facts.gathering
    here = f"/staff/g/{own.id}"
    has_rooms = "matching" in facts.heard and "no_rooms" not in facts.waiting
    is_reviewed = facts.has_accepted_pitch and "pitches_to_review" not in facts.waiting
    return (
        Step("publish", BEFORE, own.version > 0, "registration", here),
        Step("programme", BEFORE, bool(own.programme), "registration", here),
        Step("review_pitches", BEFORE, is_reviewed, "registration", f"{here}/pitches"),
        Step("rooms", BEFORE, has_rooms, "matching", f"/g/{own.id}/rooms"),
    )


def _during(facts: Facts) -> tuple[Step, ...]:
    here = f"/staff/g/{facts.gathering.id}"
    return (
        Step("tables", DURING, facts.has_table, "registration", f"{here}/tables"),
        Step("check_in", DURING, facts.has_checked_in, "registration", f"{here}/door"),
        Step("cards", DURING, facts.has_wishes, "registration", f"{here}/cards"),
    )


def _after(facts: Facts, now: datetime) -> tuple[Step, ...]:
    wave, waiting = facts.wave, facts.waiting
    unled = {"hosts_to_ask", "other_time_asked"}
    has_hosts = facts.has_invitations or (wave is not None and not unled & waiting)
    is_answered = wave is not None and (wave.answer_by < now or "no_answer" not in waiting)
    here = f"/g/{facts.gathering.id}"
    board = f"/plans/{wave.id}" if wave else f"{here}/plans"
    dashboard = f"/dashboard/{facts.gathering.id}"
    return (
        Step("plan", AFTER, wave is not None, "matching", f"{here}/plans"),
        Step("hosts", AFTER, has_hosts, "matching", board),
        Step("invitations", AFTER, facts.has_invitations, "notification", f"{here}/outbox"),
        Step("answers", AFTER, facts.has_invitations and is_answered, "reporting", dashboard),
    )

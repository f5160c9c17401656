"""A commitment: a promise toward a need, or an action that gives nothing toward one. Each method
returns the next version; `moves` says in which states it may be called."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from doorpakken_events import states
from doorpakken_events.coverage import Share

HISTORY_MAX = 100
PROMISE, ACTION = "promise", "action"
State = states.Commitment
# The amount that a state counts by.
AMOUNT_OF = {
    State.PROPOSED: "asked_amount",
    State.CONSULTING: "asked_amount",
    State.ACCEPTED: "amount",
    State.DELIVERED: "delivered_amount",
    State.DISPUTED: "amount",
    State.CONFIRMED: "confirmed_amount",
    State.ENDED: "amount",
}


@dataclass(frozen=True)
class Step:
    """One thing that happened: who did it (None for a timer or for staff, whose acts are kept
    apart), and in which words."""

    what: str
    at: datetime
    by: str | None = None
    words: str | None = None
    amount: int | None = None
    due: date | None = None


@dataclass(frozen=True)
class Told:
    """What a timer said, about which day."""

    what: str
    due: date
    at: datetime


@dataclass(frozen=True)
class Commitment:
    """Amounts are in the need's unit; money in euro cents. `asked_amount` is what was written down
    for its owner, `amount` what they said yes to."""

    id: str
    version: int
    gathering_id: str
    pitch_id: str
    kind: str
    made_by: str
    what: str
    how: str
    first_due: date
    due: date
    state: State
    made_at: datetime
    # Since when the one who is asked now is asked; since when this date is promised.
    asked_at: datetime
    planned_at: datetime
    need_id: str | None = None
    session_id: str | None = None
    agreement_id: str | None = None
    offer_id: str | None = None
    endorsement_id: str | None = None
    category: str | None = None
    unit: str | None = None
    organisation_id: str | None = None
    person_id: str | None = None
    entered_by: str | None = None
    hand_over_to: str | None = None
    passed_by: tuple[str, ...] = ()
    asked_amount: int | None = None
    amount: int | None = None
    delivered_amount: int | None = None
    confirmed_amount: int | None = None
    replans: int = 0
    consult_until: date | None = None
    consulted: int = 0
    reason: str | None = None
    publication: str = "none"
    asks: int = 0
    told: tuple[Told, ...] = ()
    answered_at: datetime | None = None
    accepted_at: datetime | None = None
    delivered_at: datetime | None = None
    confirmed_at: datetime | None = None
    disputed_at: datetime | None = None
    ended_at: datetime | None = None
    history: tuple[Step, ...] = ()

    @property
    def is_action(self) -> bool:
        return self.kind == ACTION

    @property
    def is_open(self) -> bool:
        return self.state not in (State.CONFIRMED, State.ENDED)

    @property
    def is_without_owner(self) -> bool:
        return self.person_id is None

    @property
    def share(self) -> Share:
        return Share(
            self.state,
            self.amount or 0,
            self.delivered_amount or 0,
            self.confirmed_amount or 0,
            self.offer_id,
        )

    def accepted(
        self, amount: int | None, due: date, publication: str, how: str | None, now: datetime
    ) -> "Commitment":
        """The date and amount of its owner count; the date that was written down was not theirs."""
        return self.to(
            State.ACCEPTED,
            amount=amount,
            due=due,
            first_due=due,
            publication=publication,
            how=self.how if how is None else how,
            consult_until=None,
            answered_at=now,
            accepted_at=now,
            planned_at=now,
        )

    def published(
        self, publication: str, consent: str | None, by: str | None, now: datetime
    ) -> "Commitment":
        """Keeps the words they read with their choice; without a version of its own."""
        after = replace(self, publication=publication)
        return after.noted(Step("published", now, by, consent)) if consent else after

    def consulting(self, until: date, now: datetime) -> "Commitment":
        return self.to(
            State.CONSULTING,
            consult_until=until,
            consulted=self.consulted + 1,
            answered_at=now,
        )

    def passed_on(self, to_person_id: str, now: datetime) -> "Commitment":
        passed = (*self.passed_by, self.person_id) if self.person_id else self.passed_by
        return self.to(
            State.PROPOSED,
            person_id=to_person_id,
            passed_by=passed,
            consult_until=None,
            consulted=0,
            asked_at=now,
            answered_at=now,
            asks=self.asks + 1,
        )

    def replanned(self, due: date, now: datetime) -> "Commitment":
        return self.to(State.ACCEPTED, due=due, replans=self.replans + 1, planned_at=now)

    def progressed(self, done: int | None) -> "Commitment":
        """`done` so far; None leaves it as it was."""
        return self.to(
            State.ACCEPTED, delivered_amount=self.delivered_amount if done is None else done
        )

    def delivered(self, done: int | None, now: datetime) -> "Commitment":
        """An action that is done is confirmed at once."""
        if self.is_action:
            return self.to(State.CONFIRMED, delivered_at=now, confirmed_at=now, consult_until=None)
        return self.to(
            State.DELIVERED,
            amount=self.amount or done,
            delivered_amount=done,
            delivered_at=now,
            consult_until=None,
        )

    def confirmed(self, received: int | None, now: datetime) -> "Commitment":
        return self.to(State.CONFIRMED, confirmed_amount=received, confirmed_at=now)

    def taken_over(self) -> "Commitment":
        """By who it is handed over to; a promise of an organisation stays that organisation's."""
        return self.updated(person_id=self.hand_over_to, hand_over_to=None)

    def corrected(self, what: str, how: str, due: date, amount: int | None) -> "Commitment":
        """`amount` is the one that its state counts by."""
        counted = {AMOUNT_OF[self.state]: amount} if amount and self.counted else {}
        first_due = due if self.first_due == self.due else self.first_due
        return self.updated(what=what, how=how, due=due, first_due=first_due, **counted)

    @property
    def counted(self) -> int | None:
        """The amount that its state counts by."""
        amount: int | None = getattr(self, AMOUNT_OF[self.state])
        return amount

    def disputed(self, now: datetime) -> "Commitment":
        return self.to(State.DISPUTED, disputed_at=now)

    def ended(self, reason: str, now: datetime) -> "Commitment":
        """What was done of it stays: then it is delivered, with that amount."""
        if self.delivered_amount and self.state is State.ACCEPTED:
            return self.delivered(self.delivered_amount, now)
        return self.to(State.ENDED, reason=reason, ended_at=now, consult_until=None)

    def said_since(self, what: str, since: datetime) -> int:
        """How often, in its history."""
        return sum(step.what == what and step.at > since for step in self.history)

    def to(self, state: State, **fields: Any) -> "Commitment":
        return replace(self, version=self.version + 1, state=self.state.to(state), **fields)

    def updated(self, **fields: Any) -> "Commitment":
        """In the same state; the same object if nothing changes."""
        after = replace(self, **fields)
        return self if after == self else replace(after, version=self.version + 1)

    def noted(self, step: Step) -> "Commitment":
        """Without a version of its own: written with the change it explains."""
        return replace(self, history=(*self.history, step)[-HISTORY_MAX:])

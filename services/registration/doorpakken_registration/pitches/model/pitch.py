"""A pitch with its typed needs. Rejects a unit that does not fit the category."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from doorpakken_events import states
from doorpakken_events.words import UNITS

NEEDS_MAX = 10
CO_PITCHERS_MAX = 3
QUESTION = "question"
OPEN = (states.Pitch.SUBMITTED, states.Pitch.ACCEPTED)


@dataclass(frozen=True)
class Wanted:
    """What is asked: an amount in a unit of its category; money in euro cents."""

    category: str
    description: str
    amount: int
    unit: str
    wanted_by: date | None

    def with_id(self, need_id: str) -> "Need":
        return Need(
            self.category, self.description, self.amount, self.unit, self.wanted_by, need_id
        )


@dataclass(frozen=True)
class Need(Wanted):
    """What a pitch asks, with the id that offers and promises refer to."""

    need_id: str
    closed_at: datetime | None = None
    closed_reason: str | None = None
    # The need of an earlier pitch that it goes on with.
    continues: str | None = None

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.category, self.description, self.amount, self.unit, self.wanted_by)

    def asked_as(self, wanted: Wanted) -> "Need":
        """The same need, told anew."""
        return replace(self, **vars(wanted))

    def asking(self, amount: int) -> "Need":
        return replace(self, amount=amount)

    def closed(self, reason: str, now: datetime) -> "Need":
        return replace(self, closed_at=now, closed_reason=reason)


@dataclass(frozen=True)
class StaffNote:
    """What staff wrote to who pitch it, and nobody else reads; `about` is `question`, `accepted` or
    `declined`, `version` the pitch's when they had written it."""

    about: str
    text: str
    at: datetime
    version: int


@dataclass(frozen=True)
class Pitch:
    """A project, idea or activity of somebody, with what it needs."""

    id: str
    version: int
    gathering_id: str
    kind: str
    title: str
    summary: str
    pitchers: tuple[str, ...]
    organisation_id: str | None
    needs: tuple[Need, ...]
    state: states.Pitch
    submitted_at: datetime
    reviewed_at: datetime | None = None
    reason: str | None = None
    notes: tuple[StaffNote, ...] = ()
    # The pitch at an earlier gathering that it goes on with.
    continues: str | None = None

    @property
    def is_accepted(self) -> bool:
        return self.state is states.Pitch.ACCEPTED

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def open_needs(self) -> list[Need]:
        return [one for one in self.needs if not one.is_closed]

    def need(self, need_id: str) -> Need:
        return next(one for one in self.needs if one.need_id == need_id)

    @property
    def question(self) -> StaffNote | None:
        """What staff asked last; None once it is reviewed."""
        asked = [one for one in self.notes if one.about == QUESTION]
        return asked[-1] if asked and self.state is states.Pitch.SUBMITTED else None

    @property
    def is_changed_since_question(self) -> bool:
        return self.question is not None and self.version > self.question.version

    def reviewed(
        self, decision: states.Pitch, reason: str | None, note: str | None, now: datetime
    ) -> "Pitch":
        """`reason` is for everybody, `note` for who pitch it."""
        return self.changed(
            state=self.state.to(decision),
            reason=reason,
            reviewed_at=now,
            notes=self._noted(decision, note, now),
        )

    def asked(self, question: str, now: datetime) -> "Pitch":
        return self.changed(notes=self._noted(QUESTION, question, now))

    def _noted(self, about: str, text: str | None, now: datetime) -> tuple[StaffNote, ...]:
        if not text:
            return self.notes
        return (*self.notes, StaffNote(about, text, now, self.version + 1))

    def withdrawn(self, reason: str | None) -> "Pitch":
        return self.changed(state=self.state.to(states.Pitch.WITHDRAWN), reason=reason)

    def changed(self, **fields: Any) -> "Pitch":
        """The next version, or the same object if nothing changes."""
        after = replace(self, **fields)
        return self if after == self else replace(after, version=self.version + 1)

    def pitched_by(self, person_id: str, *, instead_of: str) -> "Pitch":
        pitchers = (person_id if one == instead_of else one for one in self.pitchers)
        return self.changed(pitchers=tuple(dict.fromkeys(pitchers)))

    def with_needs(self, changed: Iterable[Need]) -> "Pitch":
        """With these in the place of the needs with their ids."""
        by_id = {one.need_id: one for one in changed}
        return self.changed(needs=tuple(by_id.get(one.need_id, one) for one in self.needs))

    def without(self, needs: Iterable[Need]) -> list[Need]:
        """Its needs that are missing in `needs`, or have another category or unit there."""
        kept = {one.need_id: (one.category, one.unit) for one in needs}
        return [one for one in self.needs if kept.get(one.need_id) != (one.category, one.unit)]

    def blank(self, version: int) -> "Pitch":
        """Said anew after its tombstone, as a withdrawn pitch without text."""
        return replace(
            self,
            version=version,
            title="",
            summary="",
            reason=None,
            notes=(),
            pitchers=(),
            needs=tuple(replace(one, description="") for one in self.needs),
            state=states.Pitch.WITHDRAWN,
        )


def check_unit(category: str, unit: str) -> None:
    """Raises ValueError unless the unit belongs to the category."""
    units = UNITS.get(category, ())
    if unit not in units:
        raise ValueError(f"for {category} the unit is {' or '.join(units)}")

"""What came of one session, under the session's id. Its lines are commitments."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from doorpakken_events import states

from doorpakken_registration.commitments.model.commitment import Told

State = states.Outcome


@dataclass(frozen=True)
class Outcome:
    """`came` has attendees, `others` the names of who else was there; these names go after a while,
    and `unnamed` counts those that went. A version of 0 was never said."""

    id: str
    gathering_id: str
    version: int = 0
    state: State = State.OPEN
    came: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    unnamed: int = 0
    commitment_ids: tuple[str, ...] = ()
    why_nothing: str | None = None
    next_day: date | None = None
    told: tuple[Told, ...] = ()
    reported_at: datetime | None = None

    @property
    def is_done(self) -> bool:
        return self.state is State.DONE

    @property
    def other_count(self) -> int:
        return len(self.others) + self.unnamed

    def with_people(
        self,
        came: Iterable[str] = (),
        absent: Iterable[str] = (),
        names: Iterable[str] = (),
        dropped: Iterable[str] = (),
    ) -> "Outcome":
        """Only these change, so that what somebody else ticked meanwhile stays."""
        return replace(
            self,
            came=_changed(self.came, came, absent),
            others=_changed(self.others, names, dropped),
        )

    def with_lines(self, commitment_ids: tuple[str, ...]) -> "Outcome":
        """Where something is agreed, there is no reason why nothing is."""
        why = None if commitment_ids else self.why_nothing
        return replace(self, commitment_ids=commitment_ids, why_nothing=why)

    def done(self, why_nothing: str | None, next_day: date | None, now: datetime) -> "Outcome":
        return replace(
            self,
            state=self.state.to(State.DONE),
            why_nothing=None if self.commitment_ids else why_nothing,
            next_day=next_day,
            reported_at=self.reported_at or now,
        )

    def asked(self, told: Told) -> "Outcome":
        return replace(self, told=(*self.told, told))

    def without_names(self) -> "Outcome":
        return replace(self, others=(), unnamed=self.other_count)


def _changed(
    before: tuple[str, ...], added: Iterable[str], removed: Iterable[str]
) -> tuple[str, ...]:
    gone = {*removed}
    return tuple(dict.fromkeys((*(one for one in before if one not in gone), *added)))

"""An attendee: a person at one gathering, and the states of their place."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from doorpakken_events import states

from doorpakken_registration.gatherings.model.private_details import Told

WITH_A_PLACE = (
    states.Attendee.REGISTERED,
    states.Attendee.OFFERED,
    states.Attendee.CHECKED_IN,
)


@dataclass(frozen=True)
class Details:
    """The details of a person at a gathering. `is_listed` is consent to the list of participants,
    `listing_words` the text that they agreed to."""

    kind: str
    organisation: str | None
    availability: tuple[str, ...]
    interests: tuple[str, ...]
    offers: tuple[str, ...]
    told: Told
    is_listed: bool
    listing_words: str


@dataclass(frozen=True)
class Attendee:
    """A person at one gathering; one who cancelled and signs up again keeps the same id."""

    id: str
    version: int
    gathering_id: str
    person_id: str
    kind: str
    organisation_id: str | None
    language: str
    availability: tuple[str, ...]
    interests: tuple[str, ...]
    offers: tuple[str, ...]
    state: states.Attendee
    registered_at: datetime
    checked_in_at: datetime | None = None
    cancelled_at: datetime | None = None
    # Until when the offered place is kept.
    hold_until: datetime | None = None

    @property
    def has_place(self) -> bool:
        return self.state in WITH_A_PLACE

    @property
    def is_cancelled(self) -> bool:
        return self.state is states.Attendee.CANCELLED

    @property
    def may_check_in(self) -> bool:
        return self.state not in (states.Attendee.CANCELLED, states.Attendee.CHECKED_IN)

    def offered(self, until: datetime) -> "Attendee":
        return self._to(states.Attendee.OFFERED, hold_until=until)

    def registered(self) -> "Attendee":
        return self._to(states.Attendee.REGISTERED)

    def checked_in(self, now: datetime) -> "Attendee":
        return self._to(states.Attendee.CHECKED_IN, checked_in_at=now)

    def not_checked_in(self) -> "Attendee":
        """Their check-in was a mistake. They have a place, also if they waited for one before."""
        return self._to(states.Attendee.REGISTERED, checked_in_at=None)

    def cancelled(self, now: datetime) -> "Attendee":
        return self._to(states.Attendee.CANCELLED, cancelled_at=now)

    def _to(
        self, state: states.Attendee, *, hold_until: datetime | None = None, **fields: Any
    ) -> "Attendee":
        """An offered place is kept no longer unless `hold_until` is given."""
        version, state = self.version + 1, self.state.to(state)
        return replace(self, version=version, state=state, hold_until=hold_until, **fields)


def beginning(*, has_place: bool) -> states.Attendee:
    """The state of somebody who signs up, also after they cancelled."""
    return states.Attendee.REGISTERED if has_place else states.Attendee.WAITLISTED

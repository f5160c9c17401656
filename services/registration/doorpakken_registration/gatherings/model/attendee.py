"""An attendee: a person at one gathering, and the states of their place."""

from dataclasses import dataclass, replace
from datetime import datetime

from doorpakken_registration.gatherings.model.private_details import Told

WITH_A_PLACE = ("registered", "offered", "checked_in")


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
    state: str
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
        return self.state == "cancelled"

    def offered(self, until: datetime) -> "Attendee":
        return replace(self, version=self.version + 1, state="offered", hold_until=until)

    def registered(self) -> "Attendee":
        return replace(self, version=self.version + 1, state="registered", hold_until=None)

    def checked_in(self, now: datetime) -> "Attendee":
        return replace(
            self,
            version=self.version + 1,
            state="checked_in",
            checked_in_at=now,
            hold_until=None,
        )

    def cancelled(self, now: datetime) -> "Attendee":
        return replace(
            self, version=self.version + 1, state="cancelled", cancelled_at=now, hold_until=None
        )

"""An attendee: a person at one gathering, and what may become of their place."""

from dataclasses import dataclass, replace
from datetime import datetime

from doorpakken_registration.gatherings.model.private_details import Told

WITH_A_PLACE = ("registered", "offered", "checked_in")


@dataclass(frozen=True)
class Details:
    """What somebody tells about themselves at a gathering; `listing_words` is what they read beside
    the tick `is_listed`: whether their name may stand on the list of participants."""

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
    """A person at one gathering; `cancelled` ones may come back as the same attendee."""

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
    # Until when a place that came free is kept for them.
    hold_until: datetime | None = None

    @property
    def has_place(self) -> bool:
        """Whether one of the gathering's places is theirs."""
        return self.state in WITH_A_PLACE

    @property
    def is_cancelled(self) -> bool:
        """Whether they said they will not come."""
        return self.state == "cancelled"

    def offered(self, until: datetime) -> "Attendee":
        """The same attendee, for whom a place is kept until they say yes."""
        return replace(self, version=self.version + 1, state="offered", hold_until=until)

    def registered(self) -> "Attendee":
        """The same attendee, who said yes to the place."""
        return replace(self, version=self.version + 1, state="registered", hold_until=None)

    def checked_in(self, now: datetime) -> "Attendee":
        """The same attendee, present; also somebody from the waitlist who came anyway."""
        return replace(
            self,
            version=self.version + 1,
            state="checked_in",
            checked_in_at=now,
            hold_until=None,
        )

    def cancelled(self, now: datetime) -> "Attendee":
        """The same attendee, who will not come."""
        return replace(
            self, version=self.version + 1, state="cancelled", cancelled_at=now, hold_until=None
        )

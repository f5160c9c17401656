"""The gathering itself, as registration tells of it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from doorpakken_events.event import Event
from doorpakken_events.registration import (
    EarlierMoment,
    GatheringCancelled,
    GatheringPublished,
    GatheringUpdated,
    Venue,
)

FRIDAY = datetime(2023, 10, 6, 13, tzinfo=UTC)
Said = tuple[Event, int]


@dataclass
class Announced:
    """Its events; every id is of one test alone."""

    id: str = field(default_factory=lambda: f"g-{uuid4().hex[:12]}")
    title: str = "Derde bijeenkomst"

    def published(self) -> Said:
        """The gathering itself."""
        event = GatheringPublished(
            gathering_id=self.id,
            title=self.title,
            starts_at=FRIDAY,
            ends_at=FRIDAY + timedelta(hours=3),
            venue=Venue(name="Evenementenhal De Dreef", address="Dreef 1, Amsterdam"),
            state="published",
        )
        return event, 1

    def planned(self, version: int = 1, **more: Any) -> Said:
        """The same, two weeks later: it is still to come."""
        published, _ = self.published()
        later = {
            "starts_at": FRIDAY + timedelta(days=14),
            "ends_at": FRIDAY + timedelta(days=14, hours=3),
        }
        return GatheringPublished.model_validate(published.model_dump() | later | more), version

    def moved(self, version: int, *before: Said, **more: Any) -> Said:
        """It moved, each time a day after it was last told when and where it is."""
        earlier = [
            EarlierMoment.model_validate(
                {name: getattr(event, name) for name in ("starts_at", "ends_at", "venue")}
                | {"until": FRIDAY + timedelta(days=number), "reason": "De zaal is dicht."}
            )
            for number, (event, _) in enumerate(before, start=1)
        ]
        planned, _ = self.planned(**more)
        return GatheringUpdated(**planned.model_dump() | {"earlier": earlier}), version

    def off(self, version: int, **more: Any) -> Said:
        """It will not be."""
        planned, _ = self.planned(state="cancelled", **more)
        return GatheringCancelled(**planned.model_dump()), version

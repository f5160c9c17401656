"""The gathering of 6 October, opened, corrected and closed; one in spring is called off."""

from datetime import date

from doorpakken_events.golden import people
from doorpakken_events.golden.example import Example, at
from doorpakken_events.registration import (
    EarlierMoment,
    GatheringCancelled,
    GatheringClosed,
    GatheringPublished,
    GatheringUpdated,
    OrganisationDescribed,
    Venue,
)

_OPEN = GatheringPublished(
    gathering_id=people.GATHERING,
    title="Derde bijeenkomst zoiszuidoost",
    ambition="Jonge ondernemers in Zuidoost krijgen wat zij nodig hebben om te blijven.",
    theme="Ondernemen in de buurt",
    continues=people.SPRING_GATHERING,
    starts_at=at(6, 13),
    ends_at=at(6, 18),
    venue=Venue(name="Evenementenhal De Dreef", address="Dreefplein 1, Amsterdam"),
    capacity=120,
    registration_opens_at=at(15, 7, month=9),
    registration_closes_at=at(6, 12),
    follow_up_from=date(2023, 10, 16),
    follow_up_until=date(2023, 10, 29),
    state="published",
)
_EARLIER = EarlierMoment(
    starts_at=_OPEN.starts_at,
    ends_at=_OPEN.ends_at,
    venue=_OPEN.venue,
    until=at(20, 9, month=9),
    reason="Er komen meer pitches.",
)
_MOVED = _OPEN.model_dump() | {
    "ends_at": at(6, 18, 30),
    "capacity": 90,
    "earlier": (_EARLIER.model_dump(),),
}

PUBLISHED = Example(_OPEN, version=1, time=at(15, 7, month=9), number=1)
UPDATED = Example(GatheringUpdated(**_MOVED), version=2, time=at(20, 9, month=9), number=2)
CLOSED = Example(
    GatheringClosed(**_MOVED | {"state": "closed"}), version=3, time=at(6, 12), number=3
)
CANCELLED = Example(
    GatheringCancelled(
        gathering_id=people.SPRING_GATHERING,
        title="Voorjaarsbijeenkomst zoiszuidoost",
        starts_at=at(12, 13, month=4),
        ends_at=at(12, 17, month=4),
        venue=Venue(name="Evenementenhal De Dreef", address="Dreefplein 1, Amsterdam"),
        state="cancelled",
        reason="De zaal is die dag niet vrij.",
    ),
    version=2,
    time=at(28, 9, month=3),
    number=4,
)
OCTA = Example(
    OrganisationDescribed(
        organisation_id=people.OCTA,
        name="OCTA",
        kind="local_entrepreneur",
    ),
    version=1,
    time=at(16, 10, month=9),
    number=5,
)

EXAMPLES = (PUBLISHED, UPDATED, CLOSED, CANCELLED, OCTA)

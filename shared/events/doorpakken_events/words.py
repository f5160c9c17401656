"""The closed lists of the domain that several events use; refuses nothing itself."""

from typing import Annotated

from doorpakken_events.event import OneOf

KINDS = ("covenant_partner", "local_entrepreneur", "community_member", "other")
UNITS = {
    "money": ("euro_cent",),
    "expertise": ("hour", "trajectory"),
    "people": ("person", "day_part"),
    "space": ("day_part", "square_metre"),
    "network": ("introduction",),
    "promotion": ("publication",),
    "placement": ("place",),
    "equipment": ("piece",),
}
CATEGORIES = tuple(UNITS)
LANGUAGES = ("nl", "en")
PITCH_KINDS = ("project", "idea", "activity")

Kind = Annotated[str, OneOf(*KINDS)]
Category = Annotated[str, OneOf(*CATEGORIES)]
Unit = Annotated[str, OneOf(*sorted({unit for units in UNITS.values() for unit in units}))]

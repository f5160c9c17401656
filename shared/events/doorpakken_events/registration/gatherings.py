"""What registration says of gatherings and organisations."""

from datetime import date
from typing import Annotated

from pydantic import Field

from doorpakken_events import states
from doorpakken_events.event import Event, Id, LongText, Moment, OneOf, Part, ShortText
from doorpakken_events.words import Kind

# A gathering that is moved more often tells its last moves only.
EARLIER_MAX = 20


class Venue(Part):
    """Where a gathering is held."""

    name: ShortText
    address: ShortText = ""


class EarlierMoment(Part):
    """When and where a gathering was planned to be, before it was moved."""

    starts_at: Moment
    ends_at: Moment
    venue: Venue
    until: Moment = Field(description="when it was moved")
    reason: ShortText | None = Field(default=None, description="why it was moved")


class GatheringState(Event):
    """A gathering, whole."""

    AGGREGATE = "gathering"
    KEY = "gathering_id"
    gathering_id: Id
    title: ShortText
    ambition: LongText = ""
    theme: ShortText | None = None
    continues: Id | None = Field(default=None, description="the gathering it follows")
    starts_at: Moment
    ends_at: Moment
    venue: Venue
    earlier: tuple[EarlierMoment, ...] = Field(
        default=(), max_length=EARLIER_MAX, description="before each move, oldest first"
    )
    capacity: int | None = Field(default=None, ge=1, description="people; null is without limit")
    registration_opens_at: Moment | None = None
    registration_closes_at: Moment | None = None
    follow_up_from: date | None = None
    follow_up_until: date | None = None
    state: Annotated[str, OneOf(*states.Gathering)]
    reason: ShortText | None = None


class GatheringPublished(GatheringState):
    """A gathering was opened to everybody."""

    TOPIC = "gathering-published"


class GatheringUpdated(GatheringState):
    """A published gathering was changed."""

    TOPIC = "gathering-updated"


class GatheringClosed(GatheringState):
    """Registration for the gathering closed."""

    TOPIC = "gathering-closed"


class GatheringCancelled(GatheringState):
    """The gathering will not take place."""

    TOPIC = "gathering-cancelled"


class OrganisationDescribed(Event):
    """An organisation became known or changed."""

    TOPIC = "organisation-described"
    AGGREGATE = "organisation"
    KEY = "organisation_id"
    organisation_id: Id
    name: ShortText
    kind: Kind
    merged_into: Id | None = None

"""The types of a story: people, plans, needs, and what people do with them.
Refuses words and units that the services do not know."""

from datetime import date, datetime, time, timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from doorpakken_events.words import Category, Kind, Unit
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
BEST = "best"

Local = Annotated[datetime, AfterValidator(lambda moment: moment.replace(tzinfo=AMSTERDAM))]


class Part(BaseModel):
    """A piece of a story."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Venue(Part):
    name: str
    address: str


class Programme(Part):
    """What begins when, on the day of the gathering."""

    at: time
    title: str


class Gathering(Part):
    """Times are on the clocks of Amsterdam; `follow_up` counts days from the gathering."""

    title: str
    ambition: str
    day: date
    starts: time
    ends: time
    opens: date
    venue: Venue
    capacity: int | None = None
    follow_up: tuple[int, int]
    programme: tuple[Programme, ...] = ()

    def on(self, days: int) -> date:
        """The date that many days after the gathering."""
        return self.day + timedelta(days=days)

    def at(self, days: int, clock: time) -> datetime:
        return datetime.combine(self.on(days), clock, AMSTERDAM)


class Moments(Part):
    """When the demo does what, on the clocks of Amsterdam."""

    opening: Local
    doors: Local
    pitching: Local
    planning: Local
    hosting: Local
    answering: Local
    due: Local


class Room(Part):
    name: str
    capacity: int = Field(ge=1)
    address: str = ""
    link: str | None = None


class Slot(Part):
    day: int
    starts: time
    ends: time


class Person(Part):
    """One attendee, and all they will do; who has no address is reached by phone and on paper."""

    name: str
    kind: Kind
    organisation: str | None = None
    language: Literal["nl", "en"] = "nl"
    email: str | None
    phone: str | None = None
    joins: Literal["page", "api", "door"] = "page"
    absent: bool = False
    offers: tuple[Category, ...] = ()
    interests: tuple[str, ...] = ()
    arrangements: tuple[str, ...] = ()
    listed: bool = False
    says: Literal["yes", "no", "maybe", "nothing"] = "yes"
    because: Literal["no_time", "wrong_time", "not_for_me"] | None = None
    chooses: tuple[str, ...] = (BEST,)

    @property
    def answer(self) -> str:
        return {"yes": "accepted", "no": "declined", "maybe": "maybe", "nothing": "none"}[self.says]


class Need(Part):
    """Money is in euro cents, as everywhere inside; `wanted_by` counts days from the gathering.
    Offers and portraits call it by its `name`."""

    name: str
    category: Category
    amount: int = Field(gt=0)
    unit: Unit
    wanted_by: int
    description: str


class Pitch(Part):
    title: str
    kind: Literal["project", "idea", "activity"]
    pitcher: str
    tells: Literal["page", "staff"]
    summary: str
    needs: tuple[Need, ...] = Field(min_length=1)


class Support(Part):
    """By a person or an organisation, whose contact confirms it or never answers."""

    pitch: str
    by: str
    stance: Literal["believes", "joins"]
    reason: str | None = None
    says_it: Literal["staff", "link"] = "staff"
    becomes: Literal["confirmed", "pending", "withdrawn"] = "confirmed"


class Portrait(Part):
    """A sketched person, and the needs that would help."""

    title: str
    summary: str
    motivations: tuple[str, ...]
    frustrations: tuple[str, ...]
    needs: tuple[str, ...]


class Insight(Part):
    """What was noted at a table, and what staff decide about it."""

    text: str
    becomes: Literal["approved", "hidden"] = "approved"


class TalkTable(Part):
    """A table that talks about a portrait."""

    label: str
    portrait: str
    insights: tuple[Insight, ...]


class Offer(Part):
    """Toward a need, in its unit, or toward a category with a unit of its own."""

    name: str
    by: str
    amount: int = Field(gt=0)
    need: str | None = None
    category: Category | None = None
    unit: Unit | None = None
    says_it: Literal["staff", "link"] = "staff"


class Wish(Part):
    """What somebody wants to work on, by their own link or on a card that staff enter."""

    by: str
    pitches: tuple[str, ...] = Field(min_length=1, max_length=3)
    says_it: Literal["card", "link"] = "card"


class Afterwards(Part):
    """Whose session somebody with a seat gives up, and who comes in the place of a colleague."""

    gives_up: str
    colleague: str

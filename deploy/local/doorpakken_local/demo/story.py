"""The story as typed data: who comes, what they ask and offer, and how they answer when asked.
Refuses a story that contradicts itself or its own table of expected counts."""

from datetime import date, datetime, time, timedelta
from importlib import resources
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

import yaml
from doorpakken_events.words import Category, Kind, Unit
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from doorpakken_local.demo.addresses import address_of
from doorpakken_local.demo.expected import Expected

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
BEST = "best"

Local = Annotated[datetime, AfterValidator(lambda moment: moment.replace(tzinfo=AMSTERDAM))]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Venue(Part):
    name: str
    address: str


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

    def on(self, days: int) -> date:
        """G+days."""
        return self.day + timedelta(days=days)

    def at(self, days: int, clock: time) -> datetime:
        """That time of day at G+days."""
        return datetime.combine(self.on(days), clock, AMSTERDAM)


class Moments(Part):
    """When the demo does what, on the clocks of Amsterdam."""

    opening: Local
    doors: Local
    pitching: Local
    planning: Local
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
    says: Literal["yes", "no", "maybe", "nothing"] = "yes"
    because: Literal["no_time", "wrong_time", "not_for_me"] | None = None
    chooses: tuple[str, ...] = (BEST,)

    @property
    def answer(self) -> str:
        """What the system will call this person's answer."""
        return {"yes": "accepted", "no": "declined", "maybe": "maybe", "nothing": "none"}[self.says]


class Need(Part):
    """Money is in euro cents, as everywhere inside; `wanted_by` counts days from the gathering."""

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
    pitch: str
    by: str
    stance: Literal["believes", "joins"]
    reason: str | None = None
    says_it: Literal["staff", "link"] = "staff"


class Story(Part):
    """Everything that people do in the demo."""

    gathering: Gathering
    moments: Moments
    rooms: tuple[Room, ...]
    slots: tuple[Slot, ...]
    people: tuple[Person, ...]
    pitches: tuple[Pitch, ...]
    support: tuple[Support, ...]
    expected: Expected

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        names = {person.name for person in self.people}
        known = names | {person.organisation for person in self.people if person.organisation}
        titles = {pitch.title for pitch in self.pitches}
        _require("a name stands twice", len(names) == len(self.people))
        _require("a pitcher is not present", self._pitchers() <= {one.name for one in self.present})
        _require("support by nobody known", {one.by for one in self.support} <= known)
        _require("support for no pitch", {one.pitch for one in self.support} <= titles)
        chosen = {choice for person in self.people for choice in person.chooses}
        _require("a session of no pitch is chosen", chosen <= titles | {BEST})
        return self

    def _pitchers(self) -> set[str]:
        return {pitch.pitcher for pitch in self.pitches}

    @property
    def present(self) -> tuple[Person, ...]:
        return tuple(person for person in self.people if not person.absent)

    def person(self, name: str) -> Person:
        return next(person for person in self.people if person.name == name)


def load() -> Story:
    """The committed story."""
    text = resources.files("doorpakken_local.demo").joinpath("story.yaml").read_text("utf-8")
    return Story.model_validate(_spread(yaml.safe_load(text)))


def _spread(told: dict[str, Any]) -> dict[str, Any]:
    """The story with its people in one list; in the file they stand under their organisations."""
    members = [
        {"kind": group["kind"], "organisation": group["name"], **person}
        for group in told.pop("organisations")
        for person in group["people"]
    ]
    people = [*members, *told["people"]]
    for person in people:
        person.setdefault("email", address_of(person["name"], person.get("organisation")))
    return {**told, "people": people}


def _require(otherwise: str, holds: bool) -> None:
    if not holds:
        raise ValueError(f"the story contradicts itself: {otherwise}")

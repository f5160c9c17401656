"""What requests about gatherings carry, and how a gathering is shown."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, Field, field_validator
from uuid_utils import uuid7

from doorpakken_registration.gatherings.model.gathering import (
    CAPACITY_MAX,
    PROGRAMME_MAX,
    QUESTIONS_MAX,
    Earlier,
    Gathering,
    ProgrammeItem,
    Question,
)
from doorpakken_registration.web.fields import Body, Day, Id, Line, LongText, Moment, Title

Capacity = Annotated[int, Field(strict=True, ge=1, le=CAPACITY_MAX)]

Theme = Annotated[Title, Field(description="of the list that staff keep")]


class VenueBody(Body):
    """Where it is held."""

    name: Title
    address: Line = ""


class ProgrammeBody(Body):
    """A part of the programme."""

    starts_at: Moment
    title: Title


class QuestionBody(Body):
    """What is asked of who sign up; with its id it stays the same question. Nobody has to answer,
    and only organisers see what is answered, until 14 days after the gathering."""

    question_id: Id | None = None
    text: Title
    choices: Annotated[tuple[Title, ...], Field(max_length=20)] = Field(
        default=(), description="without choices people write a line themselves"
    )


Programme = Annotated[tuple[ProgrammeBody, ...], Field(max_length=PROGRAMME_MAX)]


def _each_once(questions: tuple[QuestionBody, ...]) -> tuple[QuestionBody, ...]:
    known = [one.question_id for one in questions if one.question_id]
    if len(set(known)) < len(known):
        raise ValueError("give each question an id of its own, or none")
    return questions


Questions = Annotated[
    tuple[QuestionBody, ...], Field(max_length=QUESTIONS_MAX), AfterValidator(_each_once)
]


class GatheringBody(Body):
    """A new gathering; `capacity` null is without limit."""

    title: Title
    ambition: LongText = ""
    theme: Theme | None = None
    continues: Id | None = Field(default=None, description="the gathering it follows")
    starts_at: Moment
    ends_at: Moment
    venue: VenueBody
    capacity: Capacity | None = None
    registration_opens_at: Moment | None = None
    registration_closes_at: Moment | None = None
    pitches_open_at: Moment | None = None
    pitches_close_at: Moment | None = None
    follow_up_from: Day | None = None
    follow_up_until: Day | None = None
    programme: Programme = ()
    questions: Questions = ()


class GatheringChange(Body):
    """The fields to change; those left out stay."""

    title: Title | None = None
    ambition: LongText | None = None
    theme: Theme | None = None
    continues: Id | None = None
    starts_at: Moment | None = None
    ends_at: Moment | None = None
    venue: VenueBody | None = None
    capacity: Capacity | None = None
    registration_opens_at: Moment | None = None
    registration_closes_at: Moment | None = None
    pitches_open_at: Moment | None = None
    pitches_close_at: Moment | None = None
    follow_up_from: Day | None = None
    follow_up_until: Day | None = None
    programme: Programme | None = None
    questions: Questions | None = None
    reason: Line | None = Field(
        default=None, description="why its time or place changes; for everybody who is told of it"
    )

    @field_validator("title", "ambition", "starts_at", "ends_at", "venue", "programme", "questions")
    @classmethod
    def check_given(cls, value: object) -> object:
        if value is None:
            raise ValueError("this cannot be empty; leave it out to keep it")
        return value


class Cancellation(Body):
    """Why it will not take place."""

    reason: Line | None = None


class Venue(BaseModel):
    """Where it is held."""

    name: str
    address: str


class GatheringView(BaseModel):
    """A gathering; times are in UTC, `version` is 0 until it is published, `earlier` is when and
    where it was to be before each move."""

    id: str
    version: int
    title: str
    ambition: str
    theme: str | None
    continues: str | None
    starts_at: datetime
    ends_at: datetime
    venue: Venue
    capacity: int | None
    registration_opens_at: datetime | None
    registration_closes_at: datetime | None
    pitches_open_at: datetime | None
    pitches_close_at: datetime | None
    follow_up_from: date | None
    follow_up_until: date | None
    earlier: tuple[Earlier, ...]
    state: str
    reason: str | None
    taken: int
    programme: tuple[ProgrammeItem, ...]
    questions: tuple[Question, ...]


def view(gathering: Gathering) -> GatheringView:
    venue = Venue(name=gathering.venue_name, address=gathering.venue_address)
    return GatheringView(**vars(gathering), venue=venue)


def fields_of(fields: dict[str, Any]) -> dict[str, Any]:
    venue = fields.pop("venue", None)
    if venue:
        fields |= {"venue_name": venue["name"], "venue_address": venue["address"]}
    if "programme" in fields:
        parts = [ProgrammeItem(**one) for one in fields["programme"]]
        fields["programme"] = tuple(sorted(parts, key=lambda part: part.starts_at))
    if "questions" in fields:
        fields["questions"] = tuple(_question(**one) for one in fields["questions"])
    return fields


def _question(question_id: str | None, text: str, choices: tuple[str, ...]) -> Question:
    return Question(question_id or str(uuid7()), text, choices)

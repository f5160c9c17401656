"""HTTP endpoints of gatherings: staff create, change and publish them, everybody may read."""

from datetime import date, datetime
from typing import Annotated, Any, Literal, TypeVar

from doorpakken_plumbing.http.etags import IfSeen, Showing
from doorpakken_plumbing.http.idempotency import IdempotencyKey, StoredResponse, once
from doorpakken_plumbing.http.openapi import problems
from doorpakken_plumbing.identity.staff import EVERYWHERE, MaybeSignedIn, SignedIn, Staff
from doorpakken_plumbing.service import ServiceDep
from fastapi import APIRouter, Response
from pydantic import AfterValidator, BaseModel, Field, field_validator
from uuid_utils import uuid7

from doorpakken_registration.common import acts
from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.gatherings.model.gathering import (
    CAPACITY_MAX,
    PROGRAMME_MAX,
    QUESTIONS_MAX,
    Gathering,
    ProgrammeItem,
    Question,
)
from doorpakken_registration.gatherings.store import gatherings as store
from doorpakken_registration.web.fields import Body, Day, Id, Line, LongText, Moment, Title
from doorpakken_registration.web.paging import Listed, WhichPart

T = TypeVar("T")

router = APIRouter(prefix="/api/v1/gatherings", tags=["gatherings"])

Capacity = Annotated[int, Field(strict=True, ge=1, le=CAPACITY_MAX)]

State = Literal["draft", "published", "closed", "took_place", "cancelled"]


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
    """A gathering; times are in UTC, `version` is 0 until it is published."""

    id: str
    version: int
    title: str
    ambition: str
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
    state: str
    reason: str | None
    taken: int
    programme: tuple[ProgrammeItem, ...]
    questions: tuple[Question, ...]


class GatheringList(Listed[GatheringView]):
    """Gatherings, the newest first"""


@router.post(
    "",
    status_code=201,
    summary="Make a draft",
    response_model=GatheringView,
    responses=problems(403),
)
async def create(
    body: GatheringBody, here: ServiceDep, staff: SignedIn, key: IdempotencyKey
) -> Response:
    """A draft is seen by staff only."""
    staff.require("organiser", EVERYWHERE)

    async def work(tx: Any) -> StoredResponse:
        made = await gatherings.create(tx, _fields(body.model_dump()))
        await acts.note(tx, staff.staff_id, "gathering_made", made.id, gathering_id=made.id)
        return StoredResponse(201, view(made).model_dump(mode="json"))

    return (await once(here, key, work)).response()


def drafts_for(staff: Staff | None) -> frozenset[str] | None:
    """Ids of the gatherings whose drafts they may see; None for all."""
    return staff.where("reader") if staff else frozenset()


@router.get("", summary="List gatherings")
async def list_all(
    here: ServiceDep, staff: MaybeSignedIn, asked: WhichPart, state: State | None = None
) -> GatheringList:
    """Published ones; staff see the drafts of their gatherings too."""
    page = await store.page_gatherings(
        here.mongo, asked.part, drafts=drafts_for(staff), state=state
    )
    return GatheringList(items=[view(one) for one in page.items], next=asked.next(page))


@router.get(
    "/{gathering_id}",
    summary="Look at one",
    response_model=GatheringView,
    responses=problems(404),
)
async def get(
    gathering_id: str, here: ServiceDep, staff: MaybeSignedIn, showing: Showing
) -> Response:
    """Drafts are seen by their staff only."""
    is_theirs = staff is not None and staff.may("reader", gathering_id)
    find = gatherings.get if is_theirs else gatherings.get_public
    found = await find(here.mongo, gathering_id)
    return showing.show(gatherings.as_announced(found), view(found))


@router.patch("/{gathering_id}", summary="Change some fields", responses=problems(403, 404, 409))
async def change(
    gathering_id: str, body: GatheringChange, here: ServiceDep, staff: SignedIn, seen: IfSeen
) -> GatheringView:
    """A published one is said again with its new state."""
    staff.require("organiser", gathering_id)
    fields = _fields(body.model_dump(exclude_unset=True))

    async def work(tx: Any) -> Gathering:
        seen.check(gatherings.as_announced(await gatherings.get(tx, gathering_id)))
        return await gatherings.change(tx, gathering_id, fields)

    return view(await here.transact(_noted(work, staff, "gathering_changed", gathering_id)))


@router.post(
    "/{gathering_id}/publish", summary="Open to everybody", responses=problems(403, 404, 409)
)
async def publish(
    gathering_id: str, here: ServiceDep, staff: SignedIn, key: IdempotencyKey
) -> GatheringView:
    """Only a draft can be published."""
    staff.require("organiser", gathering_id)

    async def work(tx: Any) -> StoredResponse:
        published = await gatherings.publish(tx, gathering_id)
        return StoredResponse(200, view(published).model_dump(mode="json"))

    noted = _noted(work, staff, "gathering_published", gathering_id)
    return GatheringView.model_validate((await once(here, key, noted)).body)


@router.post("/{gathering_id}/cancel", summary="Cancel", responses=problems(403, 404, 409))
async def cancel(
    gathering_id: str, body: Cancellation, here: ServiceDep, staff: SignedIn
) -> GatheringView:
    """It stays visible, as cancelled."""
    staff.require("organiser", gathering_id)

    async def work(tx: Any) -> Gathering:
        return await gatherings.cancel(tx, gathering_id, body.reason)

    return view(await here.transact(_noted(work, staff, "gathering_cancelled", gathering_id)))


def _noted(work: acts.Done[T], staff: Staff, did: str, gathering_id: str) -> acts.Done[T]:
    return acts.noted(work, staff.staff_id, did, gathering_id, gathering_id=gathering_id)


def view(gathering: Gathering) -> GatheringView:
    venue = Venue(name=gathering.venue_name, address=gathering.venue_address)
    return GatheringView(**vars(gathering), venue=venue)


def _fields(fields: dict[str, Any]) -> dict[str, Any]:
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

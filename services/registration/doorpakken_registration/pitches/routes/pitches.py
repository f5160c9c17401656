"""Pitches over HTTP: handed in, listed and looked at."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Any, Literal

from doorpakken_events import states
from doorpakken_events.event import Language, OneOf
from doorpakken_events.words import PITCH_KINDS, Category, Unit
from doorpakken_plumbing.http.errors import Forbidden, NotFound
from doorpakken_plumbing.http.etags import Showing
from doorpakken_plumbing.http.idempotency import IdempotencyKey, StoredResponse, once
from doorpakken_plumbing.http.openapi import problems
from doorpakken_plumbing.identity.limits import in_a_hall
from doorpakken_plumbing.identity.staff import MaybeSignedIn
from doorpakken_plumbing.service import ServiceDep
from fastapi import APIRouter, Response
from pydantic import BaseModel, Field, model_validator

from doorpakken_registration.common.model.amounts import AMOUNT_MAX
from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.people.model.person import Introduction, Person
from doorpakken_registration.people.routes.visitor import MaybeVisitor
from doorpakken_registration.pitches import pitches
from doorpakken_registration.pitches.model.pitch import (
    CO_PITCHERS_MAX,
    NEEDS_MAX,
    Pitch,
    Wanted,
    check_unit,
)
from doorpakken_registration.pitches.model.submission import Submission
from doorpakken_registration.pitches.routes.acting import note
from doorpakken_registration.pitches.store import pitches as store
from doorpakken_registration.web.even import even_time
from doorpakken_registration.web.fields import (
    Body,
    Day,
    Email,
    Id,
    LongText,
    Name,
    Phone,
    Received,
    Title,
    require_public,
)
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.paging import Listed, WhichPart

router = APIRouter(prefix="/api/v1", tags=["pitches"])

PitchKind = Annotated[str, OneOf(*PITCH_KINDS)]
State = Literal["submitted", "accepted", "declined", "withdrawn"]
Filled = Annotated[LongText, Field(min_length=1)]


class NeedBody(Body):
    """A whole amount above 0 in a unit of the category; money in euro cents."""

    category: Category
    description: Filled = Field(description="seen by everybody")
    amount: int = Field(strict=True, gt=0, le=AMOUNT_MAX)
    unit: Unit
    wanted_by: Day | None = None

    @model_validator(mode="after")
    def check_unit(self) -> "NeedBody":
        check_unit(self.category, self.unit)
        return self


class CoPitcher(Body):
    """Who pitches with somebody, and how to reach them."""

    name: Name
    email: Email | None = None
    phone: Phone | None = None

    @model_validator(mode="after")
    def check_address(self) -> "CoPitcher":
        if not (self.email or self.phone):
            raise ValueError("give an e-mail address or a phone number")
        return self


class PitchBody(Body):
    """A pitch; staff may name a person they know by `person_id` instead of name and address."""

    kind: PitchKind
    title: Title = Field(description="seen by everybody")
    summary: Filled = Field(description="seen by everybody")
    name: Name | None = None
    email: Email | None = None
    phone: Phone | None = None
    person_id: Id | None = None
    co_pitchers: Annotated[tuple[CoPitcher, ...], Field(max_length=CO_PITCHERS_MAX)] = ()
    language: Language = "nl"
    organisation: Name | None = Field(default=None, description="its name; seen by everybody")
    needs: Annotated[tuple[NeedBody, ...], Field(min_length=1, max_length=NEEDS_MAX)]

    @model_validator(mode="after")
    def check_pitcher(self) -> "PitchBody":
        if not self.person_id and not (self.name and (self.email or self.phone)):
            raise ValueError("give a name, and an e-mail address or a phone number")
        return self


class NeedView(BaseModel):
    """A need; money in euro cents."""

    need_id: str
    category: str
    description: str
    amount: int
    unit: str
    wanted_by: date | None


class PitchView(BaseModel):
    """A pitch with its needs; pitchers are person ids."""

    id: str
    version: int
    gathering_id: str
    kind: str
    title: str
    summary: str
    pitchers: list[str]
    organisation_id: str | None
    continues: str | None
    needs: list[NeedView]
    state: str
    submitted_at: datetime
    reviewed_at: datetime | None
    reason: str | None


class PitchList(Listed[PitchView]):
    """Pitches in order of handing in"""


def submission_of(
    gathering_id: str,
    body: PitchBody,
    *,
    by_staff: bool,
    links_per_hour: int,
    visitor: Person | None = None,
) -> Submission:
    """Raises ContactDetailsInPublicText."""
    require_public(
        [
            ("title", body.title),
            ("summary", body.summary),
            ("organisation", body.organisation),
            *needs_text(body.needs),
        ]
    )
    who = Introduction(body.name or "", body.email, body.phone, body.language)
    return Submission(
        gathering_id=gathering_id,
        kind=body.kind,
        title=body.title,
        summary=body.summary,
        who=body.person_id or who,
        others=tuple(Introduction(**dict(one), language=body.language) for one in body.co_pitchers),
        organisation=body.organisation,
        needs=tuple(Wanted(**dict(need)) for need in body.needs),
        by_staff=by_staff,
        links_per_hour=links_per_hour,
        visitor_id=visitor.id if visitor else None,
    )


def needs_text(needs: Iterable[NeedBody]) -> list[tuple[str, str]]:
    return [(f"needs.{at}.description", need.description) for at, need in enumerate(needs)]


@router.post(
    "/gatherings/{gathering_id}/pitches",
    status_code=202,
    summary="Pitch, or enter a pitch as staff",
    response_model=Received,
    dependencies=[in_a_hall("pitch", each=2)],
    responses={
        201: {"model": PitchView, "description": "Entered by staff"},
        **problems(403, 404, 409),
    },
)
async def submit(
    gathering_id: str,
    body: PitchBody,
    here: ServiceDep,
    settings: SettingsDep,
    staff: MaybeSignedIn,
    visitor: MaybeVisitor,
    key: IdempotencyKey,
) -> Response:
    """Everybody gets the same 202 and a mail; staff get 201 with ids. What is told in a known
    person's name waits until they say, behind their link, that it is theirs."""
    if staff:
        staff.require("organiser", gathering_id)
    elif body.person_id:
        raise Forbidden("Only staff name a person by id. Give a name and an address.")
    asked = submission_of(
        gathering_id,
        body,
        by_staff=staff is not None,
        links_per_hour=settings.links_per_hour,
        visitor=visitor,
    )

    async def work(tx: Any) -> StoredResponse:
        pitch = await pitches.submit(tx, asked)
        if not staff or pitch is None:
            return StoredResponse(202, {"status": "received"})
        await note(tx, (staff, "pitch_entered"), pitch)
        return StoredResponse(201, view(pitch).model_dump(mode="json"))

    if staff:
        return (await once(here, key, work)).response()
    async with even_time():
        return (await once(here, key, work)).response()


@router.get("/gatherings/{gathering_id}/pitches", summary="List pitches", responses=problems(404))
async def list_all(
    gathering_id: str,
    here: ServiceDep,
    staff: MaybeSignedIn,
    asked: WhichPart,
    state: State | None = None,
) -> PitchList:
    """Everybody sees the accepted ones, staff all; `state` is for staff."""
    sees_all = staff is not None and staff.may("reader", gathering_id)
    await (gatherings.get if sees_all else gatherings.get_public)(here.mongo, gathering_id)
    shown = ((state,) if state else ()) if sees_all else (states.Pitch.ACCEPTED,)
    page = await store.page_pitches(here.mongo, gathering_id, asked.part, shown)
    return PitchList(items=[view(one) for one in page.items], next=asked.next(page))


@router.get(
    "/pitches/{pitch_id}",
    summary="Look at a pitch",
    response_model=PitchView,
    responses=problems(404),
)
async def get(
    pitch_id: str, here: ServiceDep, staff: MaybeSignedIn, visitor: MaybeVisitor, showing: Showing
) -> Response:
    """Everybody sees an accepted one, staff and who pitch it see it always."""
    found = await pitches.get(here.mongo, pitch_id)
    is_theirs = visitor is not None and visitor.id in found.pitchers
    sees_all = is_theirs or (staff is not None and staff.may("reader", found.gathering_id))
    if not found.is_accepted and not sees_all:
        raise NotFound(pitches.NO_SUCH)
    return showing.show(found, view(found))


def view(pitch: Pitch) -> PitchView:
    needs = [NeedView(**vars(need)) for need in pitch.needs]
    return PitchView(**{**vars(pitch), "needs": needs})

"""Attendees over HTTP: anybody signs up, staff register, see, check in and cancel."""

from typing import Annotated, Any

from doorpakken_events.event import Language
from doorpakken_events.words import Category, Kind
from doorpakken_plumbing.errors import Forbidden
from doorpakken_plumbing.idempotency import IdempotencyKey
from doorpakken_plumbing.limits import limited
from doorpakken_plumbing.openapi import problems
from doorpakken_plumbing.service import Here
from doorpakken_plumbing.staff import MaybeSignedIn, SignedIn
from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field, model_validator

from doorpakken_registration import attendees, gatherings, presence
from doorpakken_registration.attendees import Registration
from doorpakken_registration.model.attendee import Details
from doorpakken_registration.model.gathering import QUESTIONS_MAX
from doorpakken_registration.model.particulars import Arrangement, Reply, Told
from doorpakken_registration.model.person import Introduction
from doorpakken_registration.routes.fields import (
    Body,
    Email,
    Id,
    Line,
    Name,
    Note,
    Phone,
    Received,
    Tags,
    require_public,
)
from doorpakken_registration.routes.followers import WORDS
from doorpakken_registration.routes.page import PAGES
from doorpakken_registration.routes.visitor import MaybeVisitor, Own, nobody

router = APIRouter(prefix="/api/v1", tags=["attendees"])

# What people agree to who let their name be seen; kept as they read it.
LISTING = "Andere deelnemers mogen mijn naam zien op de deelnemerslijst."


class ReplyBody(Body):
    """An answer to a question that the gathering asks."""

    question_id: Id
    text: Line


class DetailsBody(Body):
    """What somebody tells about themselves. Of arrangements, note and replies only organisers know;
    they go 14 days after the gathering."""

    kind: Kind = "other"
    organisation: Name | None = Field(default=None, description="its name; seen by everybody")
    availability: Tags = Field(default=(), description="seen by everybody, without a name")
    interests: Tags = Field(default=(), description="seen by everybody, without a name")
    offers: Annotated[tuple[Category, ...], Field(max_length=8)] = ()
    arrangements: Annotated[tuple[Arrangement, ...], Field(max_length=4)] = ()
    note: Note = Field(default="", description="what to know to arrange it")
    replies: Annotated[tuple[ReplyBody, ...], Field(max_length=QUESTIONS_MAX)] = ()
    on_participant_list: bool = Field(
        default=False, description="their name may be seen by the other participants"
    )


class AttendeeBody(DetailsBody):
    """Somebody signs up; an e-mail address or a phone number, one is enough."""

    name: Name
    email: Email | None = None
    phone: Phone | None = None
    language: Language = "nl"
    wants_news: bool = Field(default=False, description="a mail about each new gathering")

    @model_validator(mode="after")
    def check_address(self) -> "AttendeeBody":
        """Without any address nobody could be told anything, or be known again."""
        if not (self.email or self.phone):
            raise ValueError("give an e-mail address or a phone number; one is enough")
        return self


class AttendeeMade(BaseModel):
    """Who was registered; `state` is `registered`, or `waitlisted` when the gathering is full."""

    id: str
    person_id: str
    organisation_id: str | None
    state: str


class AttendeeView(BaseModel):
    """An attendee as staff see them; `invitation` tells how the invitation fared."""

    id: str
    person_id: str
    name: str
    email: str | None
    phone: str | None
    language: str
    kind: str
    organisation_id: str | None
    organisation: str | None
    availability: list[str]
    interests: list[str]
    offers: list[str]
    state: str
    invitation: str | None


class AttendeeList(BaseModel):
    """Some of a gathering's attendees in order of registration; `total` counts all."""

    items: list[AttendeeView]
    total: int


def registration_of(
    gathering_id: str,
    body: AttendeeBody,
    *,
    listing_words: str,
    news_words: str,
    by_staff: bool,
    links_per_hour: int,
) -> Registration:
    """What is asked of the work; raises a refusal for an address in text for everybody."""
    return Registration(
        gathering_id=gathering_id,
        who=Introduction(body.name, body.email, body.phone, body.language),
        details=details_of(body, listing_words),
        by_staff=by_staff,
        links_per_hour=links_per_hour,
        news_words=news_words if body.wants_news else None,
    )


def details_of(body: DetailsBody, listing_words: str) -> Details:
    """What is told; raises a refusal for an address in text for everybody. The words are those
    that stand beside the tick for the list of participants."""
    require_public(
        [
            ("organisation", body.organisation),
            *(("availability", text) for text in body.availability),
            *(("interests", text) for text in body.interests),
        ]
    )
    replies = tuple(Reply(one.question_id, one.text) for one in body.replies)
    return Details(
        kind=body.kind,
        organisation=body.organisation,
        availability=body.availability,
        interests=body.interests,
        offers=body.offers,
        told=Told(body.arrangements, body.note, replies),
        is_listed=body.on_participant_list,
        listing_words=listing_words,
    )


@router.post(
    "/gatherings/{gathering_id}/attendees",
    status_code=202,
    summary="Sign up, or register somebody as staff",
    dependencies=[limited("sign-up", "30/minute")],
    response_model=Received,
    responses={
        201: {"model": AttendeeMade, "description": "Registered by staff"},
        **problems(404, 409),
    },
)
async def register(
    gathering_id: str,
    body: AttendeeBody,
    request: Request,
    here: Here,
    settings: Own,
    staff: MaybeSignedIn,
    key: IdempotencyKey,
) -> Response:
    """Everybody gets the same 202 and a mail; staff get 201 with ids, or 409 for a known person."""
    if staff:
        staff.require("organiser", gathering_id)
    asked = registration_of(
        gathering_id,
        body,
        listing_words=PAGES.text(request, LISTING),
        news_words=PAGES.text(request, WORDS),
        by_staff=staff is not None,
        links_per_hour=settings.links_per_hour,
    )
    lane = attendees.lane_of(gathering_id)
    answer = await here.lanes.submit(lane, asked, attendees.register, idempotency=key)
    return answer.response()


@router.get(
    "/gatherings/{gathering_id}/attendees",
    summary="List attendees with their names",
    responses=problems(403, 404),
)
async def list_all(
    gathering_id: str,
    here: Here,
    staff: SignedIn,
    skip: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> AttendeeList:
    """For staff; in order of registration."""
    staff.require("reader", gathering_id)
    await gatherings.get(here.mongo, gathering_id)
    items, total = await attendees.page(here.mongo, gathering_id, skip=skip, limit=limit)
    return AttendeeList(items=[AttendeeView(**item) for item in items], total=total)


@router.post(
    "/attendees/{attendee_id}/check-in",
    summary="Check in",
    response_model=AttendeeMade,
    responses=problems(403, 404, 409),
)
async def check_in(attendee_id: str, here: Here, staff: SignedIn, key: IdempotencyKey) -> Response:
    """They are present; again is fine. Also somebody from the waitlist who came anyway."""
    attendee = await attendees.get(here.mongo, attendee_id)
    staff.require("organiser", attendee.gathering_id)
    return await _change(here, attendee.gathering_id, attendee_id, True, key)


@router.delete(
    "/attendees/{attendee_id}",
    summary="Cancel",
    response_model=AttendeeMade,
    responses=problems(403, 404, 409),
)
async def cancel(
    attendee_id: str, here: Here, staff: MaybeSignedIn, visitor: MaybeVisitor, key: IdempotencyKey
) -> Response:
    """They will not come; their sign-ups for sessions end. By staff, or by the person's link."""
    if not (staff or visitor):
        raise nobody()
    attendee = await attendees.get(here.mongo, attendee_id)
    if not visitor or visitor.id != attendee.person_id:
        if staff is None:
            raise Forbidden("You can cancel only for yourself.")
        staff.require("organiser", attendee.gathering_id)
    return await _change(here, attendee.gathering_id, attendee_id, False, key)


async def _change(
    here: Here, gathering_id: str, attendee_id: str, is_coming: bool, key: Any
) -> Response:
    asked = presence.Change(gathering_id, attendee_id, is_coming)
    lane = attendees.lane_of(gathering_id)
    answer = await here.lanes.submit(lane, asked, presence.decide, idempotency=key)
    return answer.response()

"""Support over HTTP: visitors for themselves or their organisation, staff for others."""

from datetime import datetime
from typing import Any, Literal

from doorpakken_events import states
from doorpakken_plumbing.http.errors import Forbidden, Invalid, NotFound
from doorpakken_plumbing.http.idempotency import IdempotencyKey, StoredResponse
from doorpakken_plumbing.http.openapi import problems
from doorpakken_plumbing.identity.limits import in_a_hall
from doorpakken_plumbing.identity.staff import MaybeSignedIn
from doorpakken_plumbing.service import ServiceDep
from fastapi import APIRouter, Response
from pydantic import BaseModel, Field, model_validator

from doorpakken_registration.organisations.store import organisations as organisations_store
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.routes.visitor import MaybeVisitor, nobody
from doorpakken_registration.pitches import endorsements, pitch_lane, pitches
from doorpakken_registration.pitches.endorsements import Support
from doorpakken_registration.pitches.model.endorsement import Endorsement
from doorpakken_registration.pitches.routes.acting import acting_on, answer_change, note
from doorpakken_registration.pitches.store import endorsements as store
from doorpakken_registration.web.fields import Body, Id, LongText, require_public
from doorpakken_registration.web.paging import Listed, WhichPart

router = APIRouter(prefix="/api/v1", tags=["support"])


class EndorsementBody(Body):
    """Who supports: a visitor or the organisation they belong to; staff name either."""

    stance: Literal["believes", "joins"]
    reason: LongText | None = Field(default=None, description="seen by everybody")
    organisation_id: Id | None = None
    person_id: Id | None = None

    @model_validator(mode="after")
    def check_one(self) -> "EndorsementBody":
        if self.organisation_id and self.person_id:
            raise ValueError("name an organisation or a person, not both")
        return self


class EndorsementView(BaseModel):
    """Support for a pitch; only staff and the supporter see which person it is."""

    id: str
    version: int
    pitch_id: str
    person_id: str | None
    organisation_id: str | None
    stance: str
    state: str
    reason: str | None
    endorsed_at: datetime


class ListedEndorsement(EndorsementView):
    """Support with the organisation's name."""

    organisation: str | None


class EndorsementList(Listed[ListedEndorsement]):
    """Support in order of saying"""


@router.post(
    "/pitches/{pitch_id}/endorsements",
    status_code=201,
    summary="Support a pitch",
    response_model=EndorsementView,
    dependencies=[in_a_hall("endorse", each=5)],
    responses={
        200: {"model": EndorsementView, "description": "They supported it before; now like this"},
        **problems(403, 404, 409),
    },
)
async def endorse(
    pitch_id: str,
    body: EndorsementBody,
    here: ServiceDep,
    staff: MaybeSignedIn,
    visitor: MaybeVisitor,
    key: IdempotencyKey,
) -> Response:
    """A person's counts at once, an organisation's when its contact person confirms it."""
    require_public([("reason", body.reason)])
    gathering_id = (await pitches.get(here.mongo, pitch_id)).gathering_id
    if staff:
        staff.require("organiser", gathering_id)
    elif not visitor:
        raise nobody()
    asked = support_of(pitch_id, body, None if staff else visitor)

    async def work(tx: Any) -> StoredResponse:
        endorsement, is_new = await endorsements.endorse(tx, asked)
        await note(tx, (staff, "support_entered"), endorsement)
        return StoredResponse(201 if is_new else 200, _shown(endorsement))

    return (await pitch_lane.submit(here.lanes, gathering_id, work, key)).response()


def support_of(pitch_id: str, body: EndorsementBody, visitor: Person | None) -> Support:
    """`visitor` is None for staff, who name the supporter. Raises Forbidden or Invalid."""
    if visitor and body.person_id not in (None, visitor.id):
        raise Forbidden("You can support only in your own name, or your organisation's.")
    person_id = body.person_id
    if visitor and not body.organisation_id:
        person_id = visitor.id
    if not (person_id or body.organisation_id):
        raise Invalid("Name the organisation or the person who supports.")
    said_by = visitor.id if visitor and body.organisation_id else None
    return Support(pitch_id, person_id, body.organisation_id, said_by, body.stance, body.reason)


@router.post(
    "/endorsements/{endorsement_id}/confirm",
    summary="Confirm an organisation's support",
    response_model=EndorsementView,
    responses=problems(403, 404, 409),
)
async def confirm(
    endorsement_id: str, here: ServiceDep, staff: MaybeSignedIn, visitor: MaybeVisitor
) -> Response:
    """By a contact person of the organisation, or by staff on behalf; again changes nothing."""
    found = await endorsements.get(here.mongo, endorsement_id)
    by = acting_on(found, staff, visitor)
    return await answer_change(
        here, found, by, endorsements.confirm, _shown, (staff, "support_confirmed")
    )


@router.delete(
    "/endorsements/{endorsement_id}",
    summary="Take support back",
    response_model=EndorsementView,
    responses=problems(403, 404),
)
async def withdraw(
    endorsement_id: str, here: ServiceDep, staff: MaybeSignedIn, visitor: MaybeVisitor
) -> Response:
    """By who gave it, who said it for an organisation, its contact person, or staff."""
    found = await endorsements.get(here.mongo, endorsement_id)
    by = acting_on(found, staff, visitor)
    return await answer_change(
        here, found, by, endorsements.withdraw, _shown, (staff, "support_withdrawn")
    )


@router.get("/pitches/{pitch_id}/endorsements", summary="List support", responses=problems(404))
async def list_all(
    pitch_id: str, here: ServiceDep, staff: MaybeSignedIn, asked: WhichPart
) -> EndorsementList:
    """Everybody sees what counts for an accepted pitch, and no person; staff see all."""
    pitch = await pitches.get(here.mongo, pitch_id)
    sees_all = staff is not None and staff.may("reader", pitch.gathering_id)
    if not pitch.is_accepted and not sees_all:
        raise NotFound(pitches.NO_SUCH)
    shown = () if sees_all else (states.Endorsement.CONFIRMED,)
    page = await store.page_endorsements(here.mongo, pitch_id, asked.part, shown)
    ids = {one.organisation_id for one in page.items if one.organisation_id}
    named = await organisations_store.list_organisations(here.mongo, ids)
    names = {one.id: one.name for one in named}
    return EndorsementList(
        items=[_listed(one, names, with_person=sees_all) for one in page.items],
        next=asked.next(page),
    )


def _listed(one: Endorsement, names: dict[str, str], *, with_person: bool) -> ListedEndorsement:
    shown = vars(one) | {"organisation": names.get(one.organisation_id or "")}
    return ListedEndorsement(**(shown if with_person else shown | {"person_id": None}))


def _shown(endorsement: Endorsement) -> dict[str, Any]:
    return EndorsementView(**vars(endorsement)).model_dump(mode="json")

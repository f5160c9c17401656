"""HTTP API for claims: what was typed in a known person's name. That person confirms or drops it
with their link, or staff do it for them after a telephone call. Refuses everybody else."""

from datetime import datetime
from typing import Any

from doorpakken_plumbing.http.errors import Forbidden
from doorpakken_plumbing.http.openapi import problems
from doorpakken_plumbing.identity.staff import MaybeSignedIn, SignedIn, Staff
from doorpakken_plumbing.service import Service, ServiceDep
from fastapi import APIRouter
from pydantic import BaseModel, Field

from doorpakken_registration.claims import claims
from doorpakken_registration.claims.model.claim import Claim
from doorpakken_registration.claims.store import claims as store
from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.me import claim_answers
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.routes.visitor import MaybeVisitor, Visitor, nobody
from doorpakken_registration.people.store import persons as persons_store
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.paging import Listed, WhichPart

router = APIRouter(prefix="/api/v1", tags=["claims"])


class ClaimView(BaseModel):
    """What waits for a person to say that it is theirs; `told` is what was typed."""

    id: str
    person_id: str
    kind: str = Field(description="`sign_up`, `pitch`, `co_pitcher`, `wishes` or `offer`")
    gathering_id: str
    told: dict[str, Any]
    state: str = Field(description="`waiting`, `applied` or `dropped`")
    arrived_at: datetime
    answered_at: datetime | None
    has_place: bool = Field(description="whether a place is kept for it, for two days")


class NamedClaim(ClaimView):
    """A claim with how to reach the person in whose name it was typed."""

    name: str
    email: str | None
    phone: str | None


class ClaimList(Listed[NamedClaim]):
    """What waits at a gathering, in order of arrival"""


class OwnClaims(BaseModel):
    """What was typed in one's own name in the last thirty days, in order of arrival."""

    items: list[ClaimView]


@router.get(
    "/gatherings/{gathering_id}/claims",
    summary="List what waits for people to say that it is theirs",
    responses=problems(403, 404),
)
async def list_all(
    gathering_id: str, here: ServiceDep, staff: SignedIn, asked: WhichPart
) -> ClaimList:
    """For staff: who has no e-mail address is to be called."""
    staff.require("organiser", gathering_id)
    await gatherings.get(here.mongo, gathering_id)
    page = await store.page_waiting(here.mongo, gathering_id, asked.part)
    people = await persons_store.list_persons(here.mongo, {one.person_id for one in page.items})
    by_id = {one.id: one for one in people}
    items = [_named(one, by_id[one.person_id]) for one in page.items if one.person_id in by_id]
    return ClaimList(items=items, next=asked.next(page))


@router.get("/claims", summary="See what was typed in your name")
async def list_own(here: ServiceDep, visitor: Visitor) -> OwnClaims:
    """For who has a link."""
    found = await store.list_claims_of(here.mongo, [visitor.id])
    return OwnClaims(items=[_view(one) for one in found])


@router.post(
    "/claims/{claim_id}/confirm",
    summary="Say that it is theirs",
    responses=problems(403, 404, 409),
)
async def confirm(
    claim_id: str,
    here: ServiceDep,
    settings: SettingsDep,
    staff: MaybeSignedIn,
    visitor: MaybeVisitor,
) -> ClaimView:
    """It is applied, once. By the person's link, or by staff after a call."""
    claim, by = await acting_on(here, claim_id, staff, visitor)
    await claim_answers.confirm(here.mongo, here.lanes, claim, settings.links_per_hour, by)
    return _view(await claims.get(here.mongo, claim_id))


@router.post(
    "/claims/{claim_id}/drop",
    summary="Say that it is not theirs",
    responses=problems(403, 404),
)
async def drop(
    claim_id: str, here: ServiceDep, staff: MaybeSignedIn, visitor: MaybeVisitor
) -> ClaimView:
    """Nothing comes of it. By the person's link, or by staff after a call."""
    _, by = await acting_on(here, claim_id, staff, visitor)
    return _view(await here.transact(lambda tx: claims.drop(tx, claim_id, by)))


async def acting_on(
    here: Service, claim_id: str, staff: Staff | None, visitor: Person | None
) -> tuple[Claim, str | None]:
    """With who of staff acts, None for its owner. Raises Unauthorised without staff or visitor,
    Forbidden if neither may act on it."""
    if not (staff or visitor):
        raise nobody()
    claim = await claims.get(here.mongo, claim_id)
    if visitor and visitor.id == claim.person_id:
        return claim, None
    if staff is None:
        raise Forbidden("You can do this only for yourself.")
    staff.require("organiser", claim.gathering_id)
    return claim, staff.staff_id


def _view(claim: Claim) -> ClaimView:
    return ClaimView(**_fields(claim))


def _named(claim: Claim, person: Person) -> NamedClaim:
    who = {"name": person.name, "email": person.email, "phone": person.phone}
    return NamedClaim(**_fields(claim), **who)


def _fields(claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "person_id": claim.person_id,
        "kind": claim.kind,
        "gathering_id": claim.gathering_id,
        "told": claim.told,
        "state": claim.state,
        "arrived_at": claim.arrived_at,
        "answered_at": claim.answered_at,
        "has_place": claim.has_place,
    }

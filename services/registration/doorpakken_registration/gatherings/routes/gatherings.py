"""HTTP endpoints of gatherings: staff create, change and publish them, everybody may read."""

from typing import Any, Literal

from doorpakken_plumbing.http.etags import IfSeen, Showing
from doorpakken_plumbing.http.idempotency import IdempotencyKey, StoredResponse, once
from doorpakken_plumbing.http.openapi import problems
from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.identity.staff import EVERYWHERE, MaybeSignedIn, SignedIn, Staff
from doorpakken_plumbing.service import ServiceDep
from fastapi import APIRouter, Response

from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.gatherings.model.gathering import Gathering
from doorpakken_registration.gatherings.routes.gathering_bodies import (
    Cancellation,
    GatheringBody,
    GatheringChange,
    GatheringView,
    fields_of,
    view,
)
from doorpakken_registration.gatherings.routes.noted import noted_at
from doorpakken_registration.gatherings.store import gatherings as store
from doorpakken_registration.web.fields import require_public
from doorpakken_registration.web.paging import Listed, WhichPart

router = APIRouter(prefix="/api/v1/gatherings", tags=["gatherings"])

State = Literal["draft", "published", "closed", "took_place", "cancelled"]


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
        made = await gatherings.create(tx, fields_of(body.model_dump()))
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
    fields = fields_of(body.model_dump(exclude_unset=True))
    reason = fields.pop("reason", None)
    require_public([("reason", reason)])

    async def work(tx: Any) -> Gathering:
        seen.check(gatherings.as_announced(await gatherings.get(tx, gathering_id)))
        return await gatherings.change(tx, gathering_id, fields, reason=reason or None)

    return view(await here.transact(noted_at(work, staff, "gathering_changed", gathering_id)))


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

    noted = noted_at(work, staff, "gathering_published", gathering_id)
    return GatheringView.model_validate((await once(here, key, noted)).body)


@router.post("/{gathering_id}/close", summary="End sign-up now", responses=problems(403, 404, 409))
async def close(gathering_id: str, here: ServiceDep, staff: SignedIn) -> GatheringView:
    """Staff can still register people; a later closing time opens it again."""
    staff.require("organiser", gathering_id)

    async def work(tx: Any) -> Gathering:
        return await gatherings.close_now(tx, gathering_id)

    return view(await here.transact(noted_at(work, staff, "gathering_closed", gathering_id)))


@router.post("/{gathering_id}/cancel", summary="Cancel", responses=problems(403, 404, 409))
async def cancel(
    gathering_id: str, body: Cancellation, here: ServiceDep, staff: SignedIn
) -> GatheringView:
    """It stays visible, as cancelled."""
    staff.require("organiser", gathering_id)

    async def work(tx: Any) -> Gathering:
        return await gatherings.cancel(tx, gathering_id, body.reason)

    return view(await here.transact(noted_at(work, staff, "gathering_cancelled", gathering_id)))

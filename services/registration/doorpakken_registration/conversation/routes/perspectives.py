"""Insights over HTTP: everybody reads the approved ones, staff see all and decide."""

from datetime import datetime
from typing import Literal

from doorpakken_events import states
from doorpakken_plumbing.http.openapi import problems
from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.identity.staff import MaybeSignedIn, SignedIn
from doorpakken_plumbing.service import ServiceDep
from fastapi import APIRouter
from pydantic import BaseModel

from doorpakken_registration.conversation import perspectives
from doorpakken_registration.conversation.model.perspective import Perspective
from doorpakken_registration.conversation.store import perspectives as store
from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.web.fields import Body
from doorpakken_registration.web.paging import Listed, WhichPart

router = APIRouter(prefix="/api/v1", tags=["insights"])


class Moderation(Body):
    """Whether everybody sees it."""

    decision: Literal["approved", "hidden"]


class PerspectiveView(BaseModel):
    """An insight, without whose it is."""

    id: str
    version: int
    gathering_id: str
    table_id: str
    persona_id: str | None
    pitch_id: str | None
    text: str
    state: str
    shared_at: datetime


class PerspectiveList(Listed[PerspectiveView]):
    """Insights in order of noting"""


@router.get(
    "/gatherings/{gathering_id}/perspectives", summary="List insights", responses=problems(404)
)
async def list_all(
    gathering_id: str, here: ServiceDep, staff: MaybeSignedIn, asked: WhichPart
) -> PerspectiveList:
    """Everybody sees the approved ones, staff all."""
    sees_all = staff is not None and staff.may("reader", gathering_id)
    await (gatherings.get if sees_all else gatherings.get_public)(here.mongo, gathering_id)
    shown = () if sees_all else (states.Perspective.APPROVED,)
    page = await store.page_perspectives(here.mongo, gathering_id, asked.part, shown)
    return PerspectiveList(items=[view(one) for one in page.items], next=asked.next(page))


@router.post(
    "/perspectives/{perspective_id}/moderate",
    summary="Approve or hide an insight",
    responses=problems(403, 404),
)
async def moderate(
    perspective_id: str, body: Moderation, here: ServiceDep, staff: SignedIn
) -> PerspectiveView:
    """The same decision again changes nothing, the other one is fine."""
    perspective = await perspectives.get(here.mongo, perspective_id)
    staff.require("organiser", perspective.gathering_id)
    decision = states.Perspective(body.decision)
    moderate = acts.noted(
        lambda tx: perspectives.moderate(tx, perspective_id, decision),
        staff.staff_id,
        f"insight_{decision}",
        perspective_id,
        gathering_id=perspective.gathering_id,
    )
    return view(await here.transact(moderate))


def view(perspective: Perspective) -> PerspectiveView:
    return PerspectiveView.model_validate(vars(perspective))

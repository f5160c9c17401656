"""Closing needs and lowering what they ask, over HTTP: by who pitch it and by staff, also after the
review."""

from typing import Any, Literal, get_args

from doorpakken_plumbing.http.openapi import problems
from doorpakken_plumbing.identity.staff import MaybeSignedIn
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import ServiceDep
from fastapi import APIRouter, Response
from pydantic import Field

from doorpakken_registration.people.routes.visitor import MaybeVisitor
from doorpakken_registration.pitches import closing, pitches
from doorpakken_registration.pitches.model.pitch import Pitch
from doorpakken_registration.pitches.routes.acting import acting_on, answer_change
from doorpakken_registration.pitches.routes.offers import Amount
from doorpakken_registration.pitches.routes.pitches import PitchView, view
from doorpakken_registration.web.fields import Body

router = APIRouter(prefix="/api/v1", tags=["pitches"])

ClosingReason = Literal["met", "elsewhere", "not_needed"]
REASONS: tuple[str, ...] = get_args(ClosingReason)


class Closing(Body):
    """Why a need takes no help any more."""

    reason: ClosingReason = Field(
        description="it is met, what is missing came from elsewhere, or it is not needed any more"
    )


@router.post(
    "/pitches/{pitch_id}/needs/{need_id}/close",
    summary="Close a need",
    response_model=PitchView,
    responses=problems(403, 404, 409),
)
async def close(
    pitch_id: str,
    need_id: str,
    body: Closing,
    here: ServiceDep,
    staff: MaybeSignedIn,
    visitor: MaybeVisitor,
) -> Response:
    """It takes no offers and promises any more; those that there are stay. A second time changes
    nothing."""
    found = await pitches.get(here.mongo, pitch_id)

    async def closed(tx: Transaction, pitch_id: str, by: str | None) -> Pitch:
        return await closing.close(tx, pitch_id, need_id, body.reason, by)

    by = acting_on(found, staff, visitor)
    return await answer_change(here, found, by, closed, _shown, (staff, "need_closed"))


@router.post(
    "/pitches/{pitch_id}/needs/{need_id}/lower",
    summary="Ask less",
    response_model=PitchView,
    responses=problems(403, 404, 409),
)
async def lower(
    pitch_id: str,
    need_id: str,
    body: Amount,
    here: ServiceDep,
    staff: MaybeSignedIn,
    visitor: MaybeVisitor,
) -> Response:
    """Also less than was promised: what is over is shown."""
    found = await pitches.get(here.mongo, pitch_id)

    async def lowered(tx: Transaction, pitch_id: str, by: str | None) -> Pitch:
        return await closing.lower(tx, pitch_id, need_id, body.amount, by)

    by = acting_on(found, staff, visitor)
    return await answer_change(here, found, by, lowered, _shown, (staff, "need_lowered"))


def _shown(pitch: Pitch) -> dict[str, Any]:
    return view(pitch).model_dump(mode="json")

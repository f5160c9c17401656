"""Reviewing pitches over HTTP: staff accept, decline, or ask who pitch one something first."""

from typing import Literal

from doorpakken_events import states
from doorpakken_plumbing.http.idempotency import IdempotencyKey, StoredResponse, once
from doorpakken_plumbing.http.openapi import problems
from doorpakken_plumbing.identity.staff import SignedIn
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import ServiceDep
from fastapi import APIRouter, Response
from pydantic import Field

from doorpakken_registration.pitches import pitches, reviewing
from doorpakken_registration.pitches.model.pitch import Pitch
from doorpakken_registration.pitches.routes.pitches import Filled, PitchView, view
from doorpakken_registration.web.fields import Body, Line, LongText, require_public

router = APIRouter(prefix="/api/v1", tags=["pitches"])


class Review(Body):
    """What staff decided; the reason is seen by everybody."""

    decision: Literal["accepted", "declined"]
    reason: Line | None = None
    note: LongText | None = Field(default=None, description="mailed to who pitch it, seen by them")


class PitchQuestion(Body):
    """What staff want to know before the review."""

    text: Filled = Field(description="mailed to who pitch it, seen by them")


@router.post(
    "/pitches/{pitch_id}/review",
    summary="Accept or decline",
    responses=problems(403, 404, 409),
)
async def review(pitch_id: str, body: Review, here: ServiceDep, staff: SignedIn) -> PitchView:
    """Once, and who pitch it are mailed; the same decision again changes nothing."""
    staff.require("organiser", (await pitches.get(here.mongo, pitch_id)).gathering_id)
    require_public([("reason", body.reason)])
    decision = states.Pitch(body.decision)

    async def work(tx: Transaction) -> Pitch:
        return await reviewing.review(
            tx, pitch_id, decision, body.reason, body.note, staff_id=staff.staff_id
        )

    return view(await here.transact(work))


@router.post(
    "/pitches/{pitch_id}/questions",
    summary="Ask who pitch it something",
    response_model=PitchView,
    responses=problems(403, 404, 409),
)
async def ask(
    pitch_id: str, body: PitchQuestion, here: ServiceDep, staff: SignedIn, key: IdempotencyKey
) -> Response:
    """Before the review; they are mailed, and may change it."""
    staff.require("organiser", (await pitches.get(here.mongo, pitch_id)).gathering_id)

    async def work(tx: Transaction) -> StoredResponse:
        asked = await reviewing.ask(tx, pitch_id, body.text, staff_id=staff.staff_id)
        return StoredResponse(200, view(asked).model_dump(mode="json"))

    return (await once(here, key, work)).response()

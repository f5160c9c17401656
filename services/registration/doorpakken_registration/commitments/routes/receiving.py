"""What who pitched a plan says over HTTP of what was promised to it, and how staff settle it or put
it right."""

from doorpakken_plumbing.http.errors import Forbidden
from doorpakken_plumbing.messaging.transaction import Transaction
from fastapi import APIRouter, Response

from doorpakken_registration.commitments import correcting, receiving
from doorpakken_registration.commitments.correcting import Correction
from doorpakken_registration.commitments.model.commitment import Commitment
from doorpakken_registration.commitments.routes.bodies import (
    AmountBody,
    CorrectionBody,
    ReasonBody,
    SettleBody,
)
from doorpakken_registration.commitments.routes.views import MOVED, ActingDep, CommitmentView

router = APIRouter(prefix="/api/v1", tags=["commitments"])


@router.post(
    "/commitments/{commitment_id}/confirm",
    summary="Confirm what came",
    response_model=CommitmentView,
    responses=MOVED,
)
async def confirm(body: AmountBody, acting: ActingDep) -> Response:
    """Without an amount, all that was said to be done; nobody confirms their own promise."""

    async def work(tx: Transaction, commitment_id: str, by: str | None) -> Commitment:
        return await receiving.confirm(tx, commitment_id, by, body.amount)

    return await acting.answer(work, "confirmed")


@router.post(
    "/commitments/{commitment_id}/dispute",
    summary="Say that it is not done",
    response_model=CommitmentView,
    responses=MOVED,
)
async def dispute(body: ReasonBody, acting: ActingDep) -> Response:
    """Its owner, who pitched it and staff see the reason."""

    async def work(tx: Transaction, commitment_id: str, by: str | None) -> Commitment:
        return await receiving.dispute(tx, commitment_id, by, body.reason)

    return await acting.answer(work, "disputed")


@router.post(
    "/commitments/{commitment_id}/release",
    summary="Say that it is not needed any more",
    response_model=CommitmentView,
    responses=MOVED,
)
async def release(body: ReasonBody, acting: ActingDep) -> Response:
    """What was done of it stays."""

    async def work(tx: Transaction, commitment_id: str, by: str | None) -> Commitment:
        return await receiving.release(tx, commitment_id, by, body.reason)

    return await acting.answer(work, "released")


@router.post(
    "/commitments/{commitment_id}/settle",
    summary="Settle what is disputed",
    response_model=CommitmentView,
    responses=MOVED,
)
async def settle(body: SettleBody, acting: ActingDep) -> Response:
    """By staff: so much came, it goes on until a new day, or it was not done."""

    async def work(tx: Transaction, commitment_id: str, by: str | None) -> Commitment:
        if by:
            raise Forbidden("Only the organisers settle this.")
        return await receiving.settle(tx, commitment_id, **dict(body))

    return await acting.answer(work, "settled")


@router.put(
    "/commitments/{commitment_id}",
    summary="Put a mistake right",
    response_model=CommitmentView,
    responses=MOVED,
)
async def correct(body: CorrectionBody, acting: ActingDep) -> Response:
    """By staff, who say why; nobody is asked again."""
    body.require_public()

    async def work(tx: Transaction, commitment_id: str, by: str | None) -> Commitment:
        if by:
            raise Forbidden("Only the organisers put mistakes right.")
        return await correcting.correct(tx, commitment_id, Correction(**dict(body)))

    return await acting.answer(work, "corrected")

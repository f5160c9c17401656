"""What who is asked answers over HTTP to a commitment that was written down for them."""

from doorpakken_plumbing.messaging.transaction import Transaction
from fastapi import APIRouter, Response

from doorpakken_registration.commitments import answering
from doorpakken_registration.commitments.model.commitment import Commitment
from doorpakken_registration.commitments.routes.bodies import (
    AcceptBody,
    MaybeReasonBody,
    SomebodyBody,
    UntilBody,
)
from doorpakken_registration.commitments.routes.views import MOVED, ActingDep, CommitmentView

router = APIRouter(prefix="/api/v1", tags=["commitments"])


@router.post(
    "/commitments/{commitment_id}/accept",
    summary="Say yes",
    response_model=CommitmentView,
    responses=MOVED,
)
async def accept(body: AcceptBody, acting: ActingDep) -> Response:
    """The owner's amount and day count at once."""
    body.require_public()

    async def work(tx: Transaction, commitment_id: str, by: str | None) -> Commitment:
        return await answering.accept(tx, commitment_id, by, **dict(body))

    return await acting.answer(work, "accepted")


@router.post(
    "/commitments/{commitment_id}/consult",
    summary="Deliberate until a day",
    response_model=CommitmentView,
    responses=MOVED,
)
async def consult(body: UntilBody, acting: ActingDep) -> Response:
    """Twice at most, each time within 60 days."""

    async def work(tx: Transaction, commitment_id: str, by: str | None) -> Commitment:
        return await answering.consult(tx, commitment_id, by, body.until)

    return await acting.answer(work, "consulting")


@router.post(
    "/commitments/{commitment_id}/pass-on",
    summary="Say that somebody else decides",
    response_model=CommitmentView,
    responses=MOVED,
)
async def pass_on(body: SomebodyBody, acting: ActingDep) -> Response:
    """Three times at most, and never back."""

    async def work(tx: Transaction, commitment_id: str, by: str | None) -> Commitment:
        return await answering.pass_on(tx, commitment_id, by, body.person_id)

    return await acting.answer(work, "passed_on")


@router.post(
    "/commitments/{commitment_id}/decline",
    summary="Say no",
    response_model=CommitmentView,
    responses=MOVED,
)
async def decline(body: MaybeReasonBody, acting: ActingDep) -> Response:
    """The offer it came from stays."""

    async def work(tx: Transaction, commitment_id: str, by: str | None) -> Commitment:
        return await answering.decline(tx, commitment_id, by, body.reason)

    return await acting.answer(work, "declined")


@router.post(
    "/commitments/{commitment_id}/strike",
    summary="Strike out what was written down wrongly",
    response_model=CommitmentView,
    responses=MOVED,
)
async def strike(acting: ActingDep) -> Response:
    """By who entered it, and only before any answer."""
    return await acting.answer(answering.strike, "struck")

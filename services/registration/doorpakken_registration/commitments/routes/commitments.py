"""Commitments over HTTP: made, read, and what their owner says of them. Staff act for an owner who
told them."""

from doorpakken_plumbing.http.etags import Showing
from doorpakken_plumbing.http.idempotency import IdempotencyKey
from doorpakken_plumbing.http.openapi import problems
from doorpakken_plumbing.identity.limits import in_a_hall
from doorpakken_plumbing.identity.staff import MaybeSignedIn, SignedIn
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import ServiceDep
from fastapi import APIRouter, Response

from doorpakken_registration.commitments import commitments, keeping, sheets
from doorpakken_registration.commitments.model.commitment import Commitment
from doorpakken_registration.commitments.routes.bodies import (
    AmountBody,
    ProgressBody,
    PromiseBody,
    PublicationBody,
    ReasonBody,
    ReplanBody,
    SomebodyBody,
    TakeOverBody,
)
from doorpakken_registration.commitments.routes.entering import enter, promising
from doorpakken_registration.commitments.routes.views import (
    MOVED,
    ActingDep,
    CommitmentList,
    CommitmentView,
    view_of,
)
from doorpakken_registration.commitments.store import commitments as store
from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.people.routes.visitor import MaybeVisitor, nobody
from doorpakken_registration.pitches import pitches
from doorpakken_registration.web.paging import WhichPart

router = APIRouter(prefix="/api/v1", tags=["commitments"])


@router.post(
    "/pitches/{pitch_id}/commitments",
    status_code=201,
    summary="Promise something",
    response_model=CommitmentView,
    dependencies=[in_a_hall("promise", each=5)],
    responses=problems(403, 404, 409),
)
async def make(
    pitch_id: str,
    body: PromiseBody,
    here: ServiceDep,
    staff: MaybeSignedIn,
    visitor: MaybeVisitor,
    key: IdempotencyKey,
) -> Response:
    """It counts at once if its owner or a contact of their organisation says so; what staff or a
    member write down waits for the owner's answer."""
    body.require_public()
    pitch = await pitches.get(here.mongo, pitch_id)
    if staff:
        staff.require("organiser", pitch.gathering_id)
    asked = promising(pitch_id, body, staff, visitor)
    return (await enter(here, pitch, asked, staff, key)).response()


@router.get(
    "/gatherings/{gathering_id}/commitments", summary="List promises", responses=problems(403, 404)
)
async def list_all(
    gathering_id: str, here: ServiceDep, staff: SignedIn, asked: WhichPart
) -> CommitmentList:
    """Of one gathering, for staff."""
    staff.require("reader", gathering_id)
    await gatherings.get(here.mongo, gathering_id)
    page = await store.page_commitments(here.mongo, gathering_id, asked.part)
    return CommitmentList(items=[view_of(one) for one in page.items], next=asked.next(page))


@router.get(
    "/commitments/{commitment_id}",
    summary="Look at a promise",
    response_model=CommitmentView,
    responses=problems(403, 404),
)
async def get(
    commitment_id: str,
    here: ServiceDep,
    staff: MaybeSignedIn,
    visitor: MaybeVisitor,
    showing: Showing,
) -> Response:
    """For staff, and for who has or had something to do with it."""
    if not (staff or visitor):
        raise nobody()
    found = await commitments.get(here.mongo, commitment_id)
    if staff:
        staff.require("reader", found.gathering_id)
    await sheets.require_reader(here.mongo, found, None if staff else visitor)
    return showing.show(found, view_of(found))


@router.post(
    "/commitments/{commitment_id}/replan",
    summary="Give a new day",
    response_model=CommitmentView,
    responses=MOVED,
)
async def replan(body: ReplanBody, acting: ActingDep) -> Response:
    """The first day is kept beside it."""

    async def work(tx: Transaction, commitment_id: str, by: str | None) -> Commitment:
        return await keeping.replan(tx, commitment_id, by, body.due, body.reason)

    return await acting.answer(work, "replanned")


@router.post(
    "/commitments/{commitment_id}/progress",
    summary="Say how far it is",
    response_model=CommitmentView,
    responses=MOVED,
)
async def progress(body: ProgressBody, acting: ActingDep) -> Response:
    """A note, and the amount so far."""

    async def work(tx: Transaction, commitment_id: str, by: str | None) -> Commitment:
        return await keeping.progress(tx, commitment_id, by, body.note, body.done)

    return await acting.answer(work, "progressed")


@router.post(
    "/commitments/{commitment_id}/deliver",
    summary="Say that it is done",
    response_model=CommitmentView,
    responses=MOVED,
)
async def deliver(body: AmountBody, acting: ActingDep) -> Response:
    """Without an amount, all that was promised."""

    async def work(tx: Transaction, commitment_id: str, by: str | None) -> Commitment:
        return await keeping.deliver(tx, commitment_id, by, body.amount)

    return await acting.answer(work, "delivered")


@router.post(
    "/commitments/{commitment_id}/withdraw",
    summary="Say that it will not work out",
    response_model=CommitmentView,
    responses=MOVED,
)
async def withdraw(body: ReasonBody, acting: ActingDep) -> Response:
    """What was done of it stays."""

    async def work(tx: Transaction, commitment_id: str, by: str | None) -> Commitment:
        return await keeping.withdraw(tx, commitment_id, by, body.reason)

    return await acting.answer(work, "withdrawn")


@router.put(
    "/commitments/{commitment_id}/publication",
    summary="Say what everybody may read of it",
    response_model=CommitmentView,
    responses=MOVED,
)
async def publish(body: PublicationBody, acting: ActingDep) -> Response:
    """With the owner's name, without it, or not at all."""

    async def work(tx: Transaction, commitment_id: str, by: str | None) -> Commitment:
        return await keeping.publish(tx, commitment_id, by, body.publication, None)

    return await acting.answer(work, "published")


@router.post(
    "/commitments/{commitment_id}/hand-over",
    summary="Hand it over to somebody else",
    response_model=CommitmentView,
    responses=MOVED,
)
async def hand_over(body: SomebodyBody, acting: ActingDep) -> Response:
    """It stays the owner's until the other one takes it over."""

    async def work(tx: Transaction, commitment_id: str, by: str | None) -> Commitment:
        return await keeping.hand_over(tx, commitment_id, by, body.person_id)

    return await acting.answer(work, "handed_over")


@router.post(
    "/commitments/{commitment_id}/take-over",
    summary="Take it over, or not",
    response_model=CommitmentView,
    responses=MOVED,
)
async def take_over(body: TakeOverBody, acting: ActingDep) -> Response:
    """By who it is handed over to."""

    async def work(tx: Transaction, commitment_id: str, by: str | None) -> Commitment:
        return await keeping.take_over(tx, commitment_id, by, is_taken=body.is_taken)

    return await acting.answer(work, "taken_over")

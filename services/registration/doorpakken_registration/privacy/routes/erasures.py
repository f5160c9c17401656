"""HTTP endpoints of erasures, for staff of all gatherings: erase a person, follow an erasure."""

from datetime import datetime

from doorpakken_plumbing.http.openapi import problems
from doorpakken_plumbing.identity.staff import EVERYWHERE, SignedIn
from doorpakken_plumbing.service import ServiceDep
from fastapi import APIRouter
from pydantic import BaseModel

from doorpakken_registration.privacy import erasure
from doorpakken_registration.staff import accounts

router = APIRouter(prefix="/api/v1", tags=["erasures"])


class ErasureNumber(BaseModel):
    """By which the person, and staff, can follow it."""

    number: str


class ErasureView(BaseModel):
    """Which services wiped what they knew, and when; complete when all four did."""

    number: str
    asked_at: datetime
    answers: dict[str, datetime]
    is_complete: bool


@router.post(
    "/persons/{person_id}/erase",
    status_code=202,
    summary="Erase a person everywhere",
    responses=problems(403, 404, 409),
)
async def erase(person_id: str, here: ServiceDep, staff: SignedIn) -> ErasureNumber:
    """On the person's behalf; cannot be undone. Again gives the same number. A staff account goes
    with its person, the last administrator does not."""
    staff.require("organiser", EVERYWHERE)
    await accounts.require_may_change(here.mongo, staff, person_id)
    made = await erasure.submit(here.lanes, person_id, staff.staff_id)
    return ErasureNumber(number=made.number)


@router.get("/erasures/{number}", summary="How far an erasure is", responses=problems(403, 404))
async def get(number: str, here: ServiceDep, staff: SignedIn) -> ErasureView:
    """Without anything about the person."""
    staff.require("reader", EVERYWHERE)
    found = await erasure.get(here.mongo, number)
    return ErasureView(**vars(found), is_complete=found.is_complete)

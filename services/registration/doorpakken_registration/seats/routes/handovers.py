"""HTTP API for handing a seat over: its owner, or staff on their behalf, names somebody else."""

from datetime import datetime

from doorpakken_plumbing.http.errors import Forbidden
from doorpakken_plumbing.http.idempotency import IdempotencyKey, StoredResponse, once
from doorpakken_plumbing.http.openapi import problems
from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.identity.limits import in_a_hall
from doorpakken_plumbing.identity.staff import MaybeSignedIn
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import ServiceDep
from fastapi import APIRouter, Response
from pydantic import BaseModel

from doorpakken_registration.people.routes.visitor import MaybeVisitor, nobody
from doorpakken_registration.people.routes.who import WhoBody
from doorpakken_registration.seats import handovers, sign_ups
from doorpakken_registration.web.own_settings import SettingsDep

router = APIRouter(prefix="/api/v1", tags=["sessions"])


class HandoverBody(WhoBody):
    """A colleague or neighbour."""


class HandoverView(BaseModel):
    """A seat that moves when the other person says yes."""

    id: str
    sign_up_id: str
    session_id: str
    state: str
    asked_at: datetime


@router.post(
    "/sign-ups/{sign_up_id}/handovers",
    status_code=201,
    summary="Send somebody else",
    response_model=HandoverView,
    dependencies=[in_a_hall("handover", each=2)],
    responses=problems(403, 404, 409),
)
async def ask(
    sign_up_id: str,
    body: HandoverBody,
    here: ServiceDep,
    settings: SettingsDep,
    staff: MaybeSignedIn,
    visitor: MaybeVisitor,
    key: IdempotencyKey,
) -> Response:
    """They get a link of their own by mail; until they say yes the seat stays where it is."""
    sign_up = await sign_ups.get(here.mongo, sign_up_id)
    if not visitor or visitor.id != sign_up.person_id:
        if staff is None:
            raise Forbidden("You can hand over only your own seat.") if visitor else nobody()
        staff.require("organiser", sign_up.gathering_id)
        most, by = None, staff.staff_id
    else:
        most, by = settings.asked_per_day, None

    async def work(tx: Transaction) -> StoredResponse:
        made = await handovers.ask(tx, sign_up, body.who, most=most)
        about = {"gathering_id": sign_up.gathering_id, "person_id": sign_up.person_id}
        await acts.note(tx, by, "handover_asked", sign_up.attendee_id, **about)
        return StoredResponse(201, HandoverView(**vars(made)).model_dump(mode="json"))

    return (await once(here, key, work)).response()

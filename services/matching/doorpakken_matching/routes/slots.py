"""API endpoints for the slots of a gathering's follow-up window."""

from datetime import datetime
from typing import Self

from doorpakken_events.event import Moment
from doorpakken_plumbing.http.idempotency import IdempotencyKey, StoredResponse, once
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import ServiceDep
from fastapi import APIRouter, Response
from pydantic import BaseModel, model_validator

from doorpakken_matching import slots
from doorpakken_matching.model.places import Slot
from doorpakken_matching.routes.door import API, Body, Planned, Readable
from doorpakken_matching.store import places

router = APIRouter(prefix=API, tags=["slots"])


class NewSlot(Body):
    """A time in which work sessions can be."""

    starts_at: Moment
    ends_at: Moment

    @model_validator(mode="after")
    def ends_later(self) -> Self:
        if self.ends_at <= self.starts_at:
            raise ValueError("ends_at must be later than starts_at")
        return self


class SlotView(BaseModel):
    """A slot as staff see it."""

    id: str
    starts_at: datetime
    ends_at: datetime


class SlotList(BaseModel):
    """The slots of a gathering, the earliest first."""

    items: list[SlotView]


@router.post("/gatherings/{gathering_id}/slots", status_code=201, response_model=SlotView)
async def add_slot(
    gathering: Planned, body: NewSlot, service: ServiceDep, key: IdempotencyKey
) -> Response:
    """Adds a slot: 201, or 409 `slot-exists`, 422 `slot-outside-window`."""

    async def work(tx: Transaction) -> StoredResponse:
        slot = await slots.add_slot(tx, gathering, starts_at=body.starts_at, ends_at=body.ends_at)
        return StoredResponse(201, _view(slot).model_dump(mode="json"))

    return (await once(service, key, work)).response()


@router.get("/gatherings/{gathering_id}/slots")
async def list_slots(gathering_id: Readable, service: ServiceDep) -> SlotList:
    """All slots, the earliest first."""
    found = await places.list_slots(service.mongo, gathering_id)
    return SlotList(items=[_view(slot) for slot in found])


def _view(slot: Slot) -> SlotView:
    return SlotView(id=slot.slot_id, starts_at=slot.starts_at, ends_at=slot.ends_at)

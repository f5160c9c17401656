"""API endpoints for the slots of a gathering's follow-up window."""

from datetime import datetime
from typing import Self

from doorpakken_events.event import Moment
from doorpakken_plumbing.http.etags import IfSeen, Showing
from doorpakken_plumbing.http.idempotency import IdempotencyKey, StoredResponse, once
from doorpakken_plumbing.identity.staff import SignedIn
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import ServiceDep
from fastapi import APIRouter, Response
from pydantic import BaseModel, model_validator

from doorpakken_matching import slots
from doorpakken_matching.model.places import Slot
from doorpakken_matching.routes.door import API, Body, PlaceId, Planned, Readable
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


class SlotChange(Body):
    """What changes of a slot; what is left out stays."""

    starts_at: Moment | None = None
    ends_at: Moment | None = None


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
    gathering: Planned, body: NewSlot, service: ServiceDep, staff: SignedIn, key: IdempotencyKey
) -> Response:
    """Adds a slot: 201, or 409 `slot-exists`, 422 `slot-outside-window`."""

    async def work(tx: Transaction) -> StoredResponse:
        slot = await slots.add_slot(
            tx, gathering, staff.staff_id, starts_at=body.starts_at, ends_at=body.ends_at
        )
        return StoredResponse(201, _view(slot).model_dump(mode="json"))

    return (await once(service, key, work)).response()


@router.get("/gatherings/{gathering_id}/slots")
async def list_slots(gathering_id: Readable, service: ServiceDep) -> SlotList:
    """All slots, the earliest first."""
    found = await places.list_slots(service.mongo, gathering_id)
    return SlotList(items=[_view(slot) for slot in found])


@router.get("/gatherings/{gathering_id}/slots/{slot_id}", response_model=SlotView)
async def get_slot(
    gathering_id: Readable, slot_id: PlaceId, service: ServiceDep, showing: Showing
) -> Response:
    """One slot."""
    slot = await slots.get_slot(service.mongo, gathering_id, slot_id)
    return showing.show(slot, _view(slot))


@router.patch("/gatherings/{gathering_id}/slots/{slot_id}")
async def change_slot(
    gathering: Planned,
    slot_id: PlaceId,
    body: SlotChange,
    service: ServiceDep,
    staff: SignedIn,
    seen: IfSeen,
) -> SlotView:
    """Changes a slot: 200, or 409 `slot-exists`, and `slot-in-use` with the `sessions` in it; 422
    `slot-outside-window`, `slot-ends-too-early`."""

    async def work(tx: Transaction) -> Slot:
        slot = await slots.get_slot(tx, gathering.gathering_id, slot_id)
        seen.check(slot)
        starts_at, ends_at = body.starts_at or slot.starts_at, body.ends_at or slot.ends_at
        return await slots.change_slot(
            tx, gathering, staff.staff_id, slot, starts_at=starts_at, ends_at=ends_at
        )

    return _view(await service.transact(work))


@router.delete("/gatherings/{gathering_id}/slots/{slot_id}", status_code=204)
async def remove_slot(
    gathering: Planned, slot_id: PlaceId, service: ServiceDep, staff: SignedIn, seen: IfSeen
) -> None:
    """Removes a slot: 204, or 409 `slot-in-use` with the `sessions` in it."""

    async def work(tx: Transaction) -> None:
        slot = await slots.get_slot(tx, gathering.gathering_id, slot_id)
        seen.check(slot)
        await slots.remove_slot(tx, gathering.gathering_id, staff.staff_id, slot)

    await service.transact(work)


def _view(slot: Slot) -> SlotView:
    return SlotView(id=slot.slot_id, starts_at=slot.starts_at, ends_at=slot.ends_at)

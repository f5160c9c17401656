"""API endpoints for the rooms of a gathering's follow-up window."""

from typing import Any

from doorpakken_events.event import ShortText
from doorpakken_plumbing.http.idempotency import IdempotencyKey, StoredResponse, once
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import ServiceDep
from fastapi import APIRouter, Response
from pydantic import Field, HttpUrl

from doorpakken_matching import rooms
from doorpakken_matching.model.places import Room
from doorpakken_matching.routes.door import API, Body, Planned, Readable
from doorpakken_matching.store import places

router = APIRouter(prefix=API, tags=["rooms"])


class NewRoom(Body):
    """A room; `capacity` is in people, the one who leads the session not counted."""

    name: ShortText = Field(min_length=1)
    capacity: int = Field(ge=1, le=1000)
    address: ShortText = ""
    link: HttpUrl | None = Field(default=None, description="where people meet on line")


@router.post("/gatherings/{gathering_id}/rooms", status_code=201)
async def add_room(
    gathering: Planned, body: NewRoom, service: ServiceDep, key: IdempotencyKey
) -> Response:
    """Adds a room: 201, or 409 `room-exists`."""

    async def work(tx: Transaction) -> StoredResponse:
        fields = body.model_dump(mode="json")
        return StoredResponse(201, told(await rooms.add_room(tx, gathering.gathering_id, **fields)))

    return (await once(service, key, work)).response()


@router.get("/gatherings/{gathering_id}/rooms")
async def list_rooms(gathering_id: Readable, service: ServiceDep) -> dict[str, Any]:
    """All rooms, by name."""
    return {"items": [told(room) for room in await places.list_rooms(service.mongo, gathering_id)]}


def told(room: Room) -> dict[str, Any]:
    return {"id": room.room_id, **room.model_dump(exclude={"room_id"})}

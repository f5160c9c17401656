"""API endpoints for the rooms of a gathering's follow-up window."""

from doorpakken_events.event import ShortText
from doorpakken_plumbing.http.idempotency import IdempotencyKey, StoredResponse, once
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import ServiceDep
from fastapi import APIRouter, Response
from pydantic import BaseModel, Field, HttpUrl

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


class RoomView(BaseModel):
    """A room as staff see it."""

    id: str
    name: str
    capacity: int
    address: str
    link: str | None


class RoomList(BaseModel):
    """The rooms of a gathering, by name."""

    items: list[RoomView]


@router.post("/gatherings/{gathering_id}/rooms", status_code=201, response_model=RoomView)
async def add_room(
    gathering: Planned, body: NewRoom, service: ServiceDep, key: IdempotencyKey
) -> Response:
    """Adds a room: 201, or 409 `room-exists`."""

    async def work(tx: Transaction) -> StoredResponse:
        fields = body.model_dump(mode="json")
        room = await rooms.add_room(tx, gathering.gathering_id, **fields)
        return StoredResponse(201, _view(room).model_dump())

    return (await once(service, key, work)).response()


@router.get("/gatherings/{gathering_id}/rooms")
async def list_rooms(gathering_id: Readable, service: ServiceDep) -> RoomList:
    """All rooms, by name."""
    found = await places.list_rooms(service.mongo, gathering_id)
    return RoomList(items=[_view(room) for room in found])


def _view(room: Room) -> RoomView:
    return RoomView(id=room.room_id, **room.model_dump(exclude={"room_id"}))

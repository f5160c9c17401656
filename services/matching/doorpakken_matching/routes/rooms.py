"""API endpoints for the rooms of a gathering's follow-up window."""

from doorpakken_events.event import ShortText
from doorpakken_plumbing.http.etags import IfSeen, Showing
from doorpakken_plumbing.http.idempotency import IdempotencyKey, StoredResponse, once
from doorpakken_plumbing.identity.staff import SignedIn
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import ServiceDep
from fastapi import APIRouter, Response
from pydantic import BaseModel, Field, HttpUrl

from doorpakken_matching import rooms
from doorpakken_matching.model.places import Room
from doorpakken_matching.routes.door import API, Body, PlaceId, Planned, Readable
from doorpakken_matching.store import places

router = APIRouter(prefix=API, tags=["rooms"])


class NewRoom(Body):
    """A room; `capacity` is in people, the one who leads the session not counted."""

    name: ShortText = Field(min_length=1)
    capacity: int = Field(ge=1, le=1000)
    address: ShortText = ""
    link: HttpUrl | None = Field(default=None, description="where people meet on line")


class RoomChange(Body):
    """What changes of a room; what is left out stays."""

    name: ShortText | None = Field(default=None, min_length=1)
    capacity: int | None = Field(default=None, ge=1, le=1000)
    address: ShortText | None = None
    link: HttpUrl | None = Field(default=None, description="null takes the link away")


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
    gathering: Planned, body: NewRoom, service: ServiceDep, staff: SignedIn, key: IdempotencyKey
) -> Response:
    """Adds a room: 201, or 409 `room-exists`."""

    async def work(tx: Transaction) -> StoredResponse:
        fields = body.model_dump(mode="json")
        room = await rooms.add_room(tx, gathering.gathering_id, staff.staff_id, **fields)
        return StoredResponse(201, _view(room).model_dump())

    return (await once(service, key, work)).response()


@router.get("/gatherings/{gathering_id}/rooms")
async def list_rooms(gathering_id: Readable, service: ServiceDep) -> RoomList:
    """All rooms, by name."""
    found = await places.list_rooms(service.mongo, gathering_id)
    return RoomList(items=[_view(room) for room in found])


@router.get("/gatherings/{gathering_id}/rooms/{room_id}", response_model=RoomView)
async def get_room(
    gathering_id: Readable, room_id: PlaceId, service: ServiceDep, showing: Showing
) -> Response:
    """One room."""
    room = await rooms.get_room(service.mongo, gathering_id, room_id)
    return showing.show(room, _view(room))


@router.patch("/gatherings/{gathering_id}/rooms/{room_id}")
async def change_room(
    gathering: Planned,
    room_id: PlaceId,
    body: RoomChange,
    service: ServiceDep,
    staff: SignedIn,
    seen: IfSeen,
) -> RoomView:
    """Changes a room: 200, or 409 `room-exists`, and `room-in-use` with the `sessions` in it."""
    changes = body.model_dump(mode="json", exclude_unset=True)
    changes = {name: to for name, to in changes.items() if to is not None or name == "link"}

    async def work(tx: Transaction) -> Room:
        room = await rooms.get_room(tx, gathering.gathering_id, room_id)
        seen.check(room)
        return await rooms.change_room(tx, gathering.gathering_id, staff.staff_id, room, **changes)

    return _view(await service.transact(work))


@router.delete("/gatherings/{gathering_id}/rooms/{room_id}", status_code=204)
async def remove_room(
    gathering: Planned, room_id: PlaceId, service: ServiceDep, staff: SignedIn, seen: IfSeen
) -> None:
    """Removes a room: 204, or 409 `room-in-use` with the `sessions` in it."""

    async def work(tx: Transaction) -> None:
        room = await rooms.get_room(tx, gathering.gathering_id, room_id)
        seen.check(room)
        await rooms.remove_room(tx, gathering.gathering_id, staff.staff_id, room)

    await service.transact(work)


def _view(room: Room) -> RoomView:
    return RoomView(id=room.room_id, **room.model_dump(exclude={"room_id"}))

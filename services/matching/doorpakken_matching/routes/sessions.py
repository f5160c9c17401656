"""API endpoints for work sessions: their current state, and changes by staff."""

from abc import ABC, abstractmethod
from datetime import datetime
from typing import Annotated

from doorpakken_events.event import Id, ShortText
from doorpakken_plumbing.http.idempotency import IdempotencyKey, Key, StoredResponse, once
from doorpakken_plumbing.identity.staff import SignedIn, Staff
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Document
from doorpakken_plumbing.service import Service, ServiceDep
from doorpakken_plumbing.time import clock
from fastapi import APIRouter, Depends, Path, Response
from pydantic import BaseModel, Field

from doorpakken_matching import session_edits
from doorpakken_matching.model.places import Slot
from doorpakken_matching.overview import list_told
from doorpakken_matching.routes.door import API, ORGANISER, Body, Readable

router = APIRouter(prefix=API, tags=["sessions"])

SEATS_MAX = 1000


class Change(Body, ABC):
    """Something that staff change of a session."""

    @abstractmethod
    async def work(self, tx: Transaction, session_id: str, by: str) -> Document:
        """Returns the changed session; `by` is who of staff changes it."""


class Reschedule(Change):
    """Another slot; without `room_id` in the same room, or in another one that holds as many."""

    slot_id: Id
    room_id: Id | None = None

    async def work(self, tx: Transaction, session_id: str, by: str) -> Document:
        return await session_edits.reschedule(
            tx, session_id, by, self.slot_id, self.room_id, now=clock.now()
        )


class Capacity(Change):
    """So many seats, the host not counted."""

    capacity_max: int = Field(ge=1, le=SEATS_MAX)

    async def work(self, tx: Transaction, session_id: str, by: str) -> Document:
        return await session_edits.resize(tx, session_id, by, self.capacity_max, now=clock.now())


class Cancel(Change):
    """Why it will not take place; everybody can read it."""

    reason: ShortText | None = None

    async def work(self, tx: Transaction, session_id: str, by: str) -> Document:
        return await session_edits.cancel(tx, session_id, by, self.reason, now=clock.now())


class Host(Change):
    """Somebody who was present, or one of the pitchers."""

    person_id: Id

    async def work(self, tx: Transaction, session_id: str, by: str) -> Document:
        return await session_edits.choose_host(tx, session_id, by, self.person_id, now=clock.now())


class WishedSlot(Slot):
    """Another slot that the host prefers."""

    is_free: bool


class HostingView(BaseModel):
    """What the host said; `ask` counts the times they were asked."""

    id: str
    state: str
    ask: int
    slot: WishedSlot | None


class SessionView(BaseModel):
    """A session as staff see it: `taken` are seats by state, `over_by` how many more than it has;
    `hosting` is None until somebody was asked to lead it."""

    id: str
    gathering_id: str
    pitch_id: str
    title: str
    state: str
    reason: str | None
    starts_at: datetime
    ends_at: datetime
    place: str
    address: str
    slot_id: str
    room_id: str
    capacity_min: int
    capacity_max: int
    taken: dict[str, int]
    waitlisted: int
    over_by: int
    host: str | None
    hosting: HostingView | None
    version: int


class SessionList(BaseModel):
    """The sessions of a gathering, the earliest first."""

    items: list[SessionView]


async def changeable(
    session_id: Annotated[Id, Path()], service: ServiceDep, staff: SignedIn
) -> Document:
    session = await session_edits.get_session(service.mongo, session_id)
    staff.require(ORGANISER, session["gathering_id"])
    return session


Changeable = Annotated[Document, Depends(changeable)]


@router.get("/gatherings/{gathering_id}/sessions")
async def list_sessions(gathering_id: Readable, service: ServiceDep) -> SessionList:
    """All sessions, the earliest first: seats by state, and what the host said."""
    found = await list_told(service.mongo, gathering_id, now=clock.now())
    return SessionList(items=[SessionView.model_validate(one) for one in found])


@router.post("/sessions/{session_id}/reschedule", response_model=SessionView)
async def reschedule(
    session: Changeable, body: Reschedule, service: ServiceDep, staff: SignedIn, key: IdempotencyKey
) -> Response:
    """Another time or room: 200, or 409 `room-taken`, `host-busy`, `slot-passed`."""
    return await _change(service, staff, key, session, body)


@router.post("/sessions/{session_id}/capacity", response_model=SessionView)
async def resize(
    session: Changeable, body: Capacity, service: ServiceDep, staff: SignedIn, key: IdempotencyKey
) -> Response:
    """More or fewer seats: 200; `over_by` says how many more are taken than there are."""
    return await _change(service, staff, key, session, body)


@router.post("/sessions/{session_id}/cancel", response_model=SessionView)
async def cancel(
    session: Changeable,
    service: ServiceDep,
    staff: SignedIn,
    key: IdempotencyKey,
    body: Cancel | None = None,
) -> Response:
    """It will not take place: 200; no later plan opens it again."""
    return await _change(service, staff, key, session, body or Cancel())


@router.post("/sessions/{session_id}/host", response_model=SessionView)
async def choose_host(
    session: Changeable, body: Host, service: ServiceDep, staff: SignedIn, key: IdempotencyKey
) -> Response:
    """Somebody else is asked to lead it: 200, or 409 `host-busy`, 422 `host-not-present`."""
    return await _change(service, staff, key, session, body)


async def _change(
    service: Service, staff: Staff, key: Key | None, session: Document, change: Change
) -> Response:
    async def work(tx: Transaction) -> StoredResponse:
        await change.work(tx, session["_id"], staff.staff_id)
        told = await list_told(tx, session["gathering_id"], now=clock.now())
        found = next(one for one in told if one["id"] == session["_id"])
        return StoredResponse(200, SessionView.model_validate(found).model_dump(mode="json"))

    return (await once(service, key, work)).response()

"""API endpoints for work sessions: their current state, and changes by staff."""

from abc import ABC, abstractmethod
from typing import Annotated, Any

from doorpakken_events.event import Id, ShortText
from doorpakken_plumbing.http.idempotency import IdempotencyKey, Key, StoredResponse, once
from doorpakken_plumbing.identity.staff import SignedIn
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Document
from doorpakken_plumbing.service import Service, ServiceDep
from doorpakken_plumbing.time import clock
from fastapi import APIRouter, Depends, Path, Response
from pydantic import Field
from pydantic_core import to_jsonable_python

from doorpakken_matching import session_edits
from doorpakken_matching.overview import list_told
from doorpakken_matching.routes.door import API, ORGANISER, Body, Readable

router = APIRouter(prefix=API, tags=["sessions"])

SEATS_MAX = 1000


class Change(Body, ABC):
    """Something that staff change of a session."""

    @abstractmethod
    async def work(self, tx: Transaction, session_id: str) -> Document:
        """Returns the changed session."""


class Reschedule(Change):
    """Another slot; without `room_id` in the same room, or in another one that holds as many."""

    slot_id: Id
    room_id: Id | None = None

    async def work(self, tx: Transaction, session_id: str) -> Document:
        return await session_edits.reschedule(
            tx, session_id, self.slot_id, self.room_id, now=clock.now()
        )


class Capacity(Change):
    """So many seats, the host not counted."""

    capacity_max: int = Field(ge=1, le=SEATS_MAX)

    async def work(self, tx: Transaction, session_id: str) -> Document:
        return await session_edits.resize(tx, session_id, self.capacity_max, now=clock.now())


class Cancel(Change):
    """Why it will not take place; everybody can read it."""

    reason: ShortText | None = None

    async def work(self, tx: Transaction, session_id: str) -> Document:
        return await session_edits.cancel(tx, session_id, self.reason, now=clock.now())


class Host(Change):
    """Somebody who was present, or one of the pitchers."""

    person_id: Id

    async def work(self, tx: Transaction, session_id: str) -> Document:
        return await session_edits.choose_host(tx, session_id, self.person_id, now=clock.now())


async def changeable(
    session_id: Annotated[Id, Path()], service: ServiceDep, staff: SignedIn
) -> Document:
    session = await session_edits.get_session(service.mongo, session_id)
    staff.require(ORGANISER, session["gathering_id"])
    return session


Changeable = Annotated[Document, Depends(changeable)]


@router.get("/gatherings/{gathering_id}/sessions")
async def list_sessions(gathering_id: Readable, service: ServiceDep) -> dict[str, Any]:
    """All sessions, the earliest first: seats by state, and what the host said."""
    return {"items": await list_told(service.mongo, gathering_id, now=clock.now())}


@router.post("/sessions/{session_id}/reschedule")
async def reschedule(
    session: Changeable, body: Reschedule, service: ServiceDep, key: IdempotencyKey
) -> Response:
    """Another time or room: 200, or 409 `room-taken`, `host-busy`, `slot-passed`."""
    return await _change(service, key, session, body)


@router.post("/sessions/{session_id}/capacity")
async def resize(
    session: Changeable, body: Capacity, service: ServiceDep, key: IdempotencyKey
) -> Response:
    """More or fewer seats: 200; `over_by` says how many more are taken than there are."""
    return await _change(service, key, session, body)


@router.post("/sessions/{session_id}/cancel")
async def cancel(
    session: Changeable, service: ServiceDep, key: IdempotencyKey, body: Cancel | None = None
) -> Response:
    """It will not take place: 200; no later plan opens it again."""
    return await _change(service, key, session, body or Cancel())


@router.post("/sessions/{session_id}/host")
async def choose_host(
    session: Changeable, body: Host, service: ServiceDep, key: IdempotencyKey
) -> Response:
    """Somebody else is asked to lead it: 200, or 409 `host-busy`, 422 `host-not-present`."""
    return await _change(service, key, session, body)


async def _change(service: Service, key: Key | None, session: Document, change: Change) -> Response:
    async def work(tx: Transaction) -> StoredResponse:
        await change.work(tx, session["_id"])
        told = await list_told(tx, session["gathering_id"], now=clock.now())
        found = next(one for one in told if one["id"] == session["_id"])
        return StoredResponse(200, to_jsonable_python(found))

    return (await once(service, key, work)).response()

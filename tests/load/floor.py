"""The floor under `bench_register`: bare FastAPI and motor doing the writes of one registration.
No checks, no events, no replies that can be given again; only the same documents, as safely."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Annotated, Any

import uvicorn
from bson import Binary
from fastapi import Body, FastAPI
from motor.motor_asyncio import AsyncIOMotorClient
from pydantic import BaseModel, ConfigDict
from pymongo.read_concern import ReadConcern
from pymongo.write_concern import WriteConcern
from uuid_utils import uuid7


class Registration(BaseModel):
    """What is posted; the same fields as the product's."""

    model_config = ConfigDict(extra="forbid")
    name: str
    email: str
    language: str
    kind: str
    interests: list[str] = []
    offers: list[str] = []


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Connects, and makes the indexes a registration cannot do without."""
    client: Any = AsyncIOMotorClient(os.environ["MONGODB_URI"], w="majority", journal=True)
    db = app.state.db = client[os.environ["MONGODB_DATABASE"]]
    await db.persons.create_index([("email", 1), ("name", 1)], unique=True)
    await db.attendees.create_index([("gathering_id", 1), ("person_id", 1)], unique=True)
    await db.outbox.create_index([("key", 1), ("version", 1)])
    yield
    client.close()


app = FastAPI(lifespan=_lifespan)


@app.get("/healthz")
async def healthz() -> dict[str, str]:
    """Up."""
    return {"status": "ok"}


@app.put("/gatherings/{gathering_id}", status_code=204)
async def open_gathering(gathering_id: str) -> None:
    """The counter of a gathering, from 0."""
    await app.state.db.gatherings.insert_one({"_id": gathering_id, "taken": 0})


@app.post("/gatherings/{gathering_id}/attendees", status_code=201)
async def register(
    gathering_id: str, registration: Annotated[Registration, Body()], counted: bool = False
) -> dict[str, str]:
    """Person, attendee and two outbox rows in one transaction: majority and journal. With `counted`
    the gathering's counter too, as a capacity needs it."""
    db, person_id, attendee_id = app.state.db, str(uuid7()), str(uuid7())
    now = datetime.now(UTC)
    person = registration.model_dump() | {"_id": person_id, "version": 1, "made_at": now}
    attendee = registration.model_dump(exclude={"name", "email"}) | {
        "_id": attendee_id,
        "version": 1,
        "gathering_id": gathering_id,
        "person_id": person_id,
        "state": "registered",
        "registered_at": now,
    }
    rows = [_row(person_id, "person-contact", now), _row(attendee_id, "attendee-registered", now)]

    async def write(session: Any) -> None:
        await db.persons.insert_one(person, session=session)
        await db.attendees.insert_one(attendee, session=session)
        await db.outbox.insert_many(rows, session=session)
        if counted:
            taken = {"$inc": {"taken": 1}}
            await db.gatherings.update_one({"_id": gathering_id}, taken, session=session)

    async with await db.client.start_session() as session:
        await session.with_transaction(
            write,
            read_concern=ReadConcern("snapshot"),
            write_concern=WriteConcern("majority", j=True),
        )
    return {"id": attendee_id, "person_id": person_id, "state": "registered"}


def _row(key: str, topic: str, now: datetime) -> dict[str, Any]:
    headers = [[name, Binary(b"x" * 36)] for name in ("ce_id", "ce_type", "ce_subject", "ce_time")]
    return {
        "_id": str(uuid7()),
        "shard": 1,
        "topic": topic,
        "aggregate": topic,
        "key": key,
        "version": 1,
        "headers": headers,
        "payload": b"x" * 300,
        "state": "pending",
        "created_at": now,
    }


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), access_log=False)

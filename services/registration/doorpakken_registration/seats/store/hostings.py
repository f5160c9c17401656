"""Requests to lead a session, in `hostings`, and the answers to them, in `hosting_answers`."""

from datetime import datetime

from doorpakken_events import states
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.common.store.documents import from_document, to_document
from doorpakken_registration.seats.model.hosting import Hosting, HostingAnswer


async def put_hosting(tx: Transaction, hosting: Hosting) -> None:
    await tx["hostings"].replace_one({"_id": hosting.id}, to_document(hosting), upsert=True)


async def find_hosting(documents: Documents, hosting_id: str) -> Hosting | None:
    document = await documents["hostings"].find_one({"_id": hosting_id})
    return from_document(Hosting, document) if document else None


async def was_asked(documents: Documents, session_id: str, person_id: str) -> bool:
    """Whether they were ever asked to lead this session."""
    match = {"person_id": person_id, "session_id": session_id}
    return await documents["hostings"].find_one(match) is not None


async def put_answer(tx: Transaction, answer: HostingAnswer) -> None:
    await tx["hosting_answers"].replace_one({"_id": answer.id}, to_document(answer), upsert=True)


async def find_answer(documents: Documents, hosting_id: str) -> HostingAnswer | None:
    document = await documents["hosting_answers"].find_one({"_id": hosting_id})
    return from_document(HostingAnswer, document) if document else None


async def map_agreed(documents: Documents, person_id: str) -> dict[str, str]:
    """The ids of the requests that they said yes to, by session."""
    found = await documents["hostings"].find({"person_id": person_id, "state": states.Hosting.YES})
    return {one["session_id"]: one["_id"] for one in found}


async def list_sessions_led_by(documents: Documents, person_id: str, now: datetime) -> list[str]:
    """Ids of sessions that have not ended and that they lead or are asked to lead."""
    to_come = {"ends_at": {"$gt": now}}
    open_ones = [states.Hosting.ASKED, states.Hosting.YES, states.Hosting.OTHER_SLOT]
    asked = await documents["hostings"].find(
        {"person_id": person_id, "state": {"$in": open_ones}, **to_come}
    )
    led = await documents["sessions"].find(
        {"host": person_id, "state": {"$ne": states.Session.CANCELLED}, **to_come}
    )
    return sorted({*(one["session_id"] for one in asked), *(one["_id"] for one in led)})

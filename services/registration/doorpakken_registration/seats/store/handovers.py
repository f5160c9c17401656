"""Handovers, in `handovers`."""

from collections.abc import Iterable
from datetime import datetime

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Document, Documents, ReplaceOne

from doorpakken_registration.common.store.documents import all_from, from_document, to_document
from doorpakken_registration.seats.model.handover import Handover, HandoverState


async def put_handovers(tx: Transaction, handovers: Iterable[Handover]) -> None:
    await tx["handovers"].bulk_write(
        [ReplaceOne({"_id": one.id}, to_document(one), upsert=True) for one in handovers]
    )


async def find_handover(documents: Documents, handover_id: str) -> Handover | None:
    document = await documents["handovers"].find_one({"_id": handover_id})
    return from_document(Handover, document) if document else None


async def list_handovers(documents: Documents, ids: Iterable[str]) -> list[Handover]:
    wanted = [*ids]
    if not wanted:
        return []
    return all_from(Handover, await documents["handovers"].find({"_id": {"$in": wanted}}))


async def list_open_of(documents: Documents, sign_up_ids: Iterable[str]) -> list[Handover]:
    match: Document = {"sign_up_id": {"$in": [*sign_up_ids]}, "state": HandoverState.ASKED}
    return all_from(Handover, await documents["handovers"].find(match))


async def list_handovers_of(documents: Documents, person_id: str) -> list[Handover]:
    """Both those they asked for and those in which they were asked."""
    either = [{"person_id": person_id}, {"from_person_id": person_id}]
    return all_from(Handover, await documents["handovers"].find({"$or": either}))


async def list_asked_since(documents: Documents, person_id: str, since: datetime) -> set[str]:
    """The ids of the people they asked."""
    match: Document = {"from_person_id": person_id, "asked_at": {"$gt": since}}
    found = await documents["handovers"].find(match, projection={"person_id": 1})
    return {one["person_id"] for one in found}


async def remove_handovers(tx: Transaction, ids: Iterable[str]) -> None:
    await tx["handovers"].delete_many({"_id": {"$in": [*ids]}})


async def end_own_handovers(tx: Transaction, person_id: str, now: datetime) -> None:
    """Withdraws handovers that, after the merge, they asked of themselves."""
    theirs = {"person_id": person_id, "from_person_id": person_id, "state": HandoverState.ASKED}
    ended = {"state": HandoverState.WITHDRAWN, "answered_at": now}
    await tx["handovers"].update_many(theirs, {"$set": ended})

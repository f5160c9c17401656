"""Acts of staff, in `acts`."""

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import DESCENDING, Document, Documents

from doorpakken_registration.common.model.act import Act
from doorpakken_registration.common.store.documents import all_from, to_document

_NEWEST = [("at", DESCENDING), ("_id", DESCENDING)]


async def add_act(tx: Transaction, act: Act) -> None:
    await tx["acts"].insert_one(to_document(act))


async def list_acts_on(documents: Documents, object_id: str, limit: int) -> list[Act]:
    return await _newest(documents, {"object_id": object_id}, limit)


async def list_acts_for(documents: Documents, person_id: str, limit: int) -> list[Act]:
    return await _newest(documents, {"person_id": person_id}, limit)


async def list_acts_at(documents: Documents, gathering_id: str, limit: int) -> list[Act]:
    return await _newest(documents, {"gathering_id": gathering_id}, limit)


async def unname(tx: Transaction, staff_id: str) -> None:
    await tx["acts"].update_many({"staff_id": staff_id}, {"$set": {"staff_id": None}})


async def _newest(documents: Documents, wanted: Document, limit: int) -> list[Act]:
    return all_from(Act, await documents["acts"].find(wanted, sort=_NEWEST, limit=limit))

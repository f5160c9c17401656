"""Private details of attendees, in the collection `particulars`."""

from collections.abc import Iterable

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents, ReplaceOne

from doorpakken_registration.common.store.documents import all_from, from_document, to_document
from doorpakken_registration.gatherings.model.private_details import Particulars


async def put_particulars(tx: Transaction, told: Iterable[Particulars]) -> None:
    await tx["particulars"].bulk_write(
        [ReplaceOne({"_id": one.id}, to_document(one), upsert=True) for one in told]
    )


async def find_particulars(documents: Documents, attendee_id: str) -> Particulars | None:
    document = await documents["particulars"].find_one({"_id": attendee_id})
    return from_document(Particulars, document) if document else None


async def list_told_by(documents: Documents, attendee_ids: Iterable[str]) -> list[Particulars]:
    wanted = [*attendee_ids]
    if not wanted:
        return []
    found = await documents["particulars"].find({"_id": {"$in": wanted}})
    return all_from(Particulars, found)


async def list_particulars(documents: Documents, gathering_id: str) -> list[Particulars]:
    found = await documents["particulars"].find({"gathering_id": gathering_id})
    return all_from(Particulars, found)


async def remove_particulars(tx: Transaction, gathering_id: str) -> None:
    await tx["particulars"].delete_many({"gathering_id": gathering_id})

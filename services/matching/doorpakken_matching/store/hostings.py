"""Requests to hosts, with their answers."""

from operator import itemgetter

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, Documents, Index

from doorpakken_matching.model.hosting import Hosting

HOSTINGS = "hostings"
INDEXES = (
    Index(HOSTINGS, [("gathering_id", ASCENDING)]),
    Index(HOSTINGS, [("person_id", ASCENDING)]),
)


async def put_hosting(tx: Transaction, hosting: Hosting) -> None:
    fields = hosting.model_dump(exclude={"hosting_id"})
    document = {"_id": hosting.hosting_id, **fields}
    await tx[HOSTINGS].replace_one({"_id": hosting.hosting_id}, document, upsert=True)


async def find_hosting(docs: Documents, hosting_id: str) -> Hosting | None:
    found = await _list(docs, {"_id": hosting_id})
    return found[0] if found else None


async def list_hostings(docs: Documents, gathering_id: str) -> list[Hosting]:
    return await _list(docs, {"gathering_id": gathering_id})


async def list_hostings_of(docs: Documents, person_id: str) -> list[Hosting]:
    return await _list(docs, {"person_id": person_id})


async def remove_hostings_of(tx: Transaction, person_id: str) -> None:
    await tx[HOSTINGS].delete_many({"person_id": person_id})


async def _list(docs: Documents, wanted: dict[str, str]) -> list[Hosting]:
    found = sorted(await docs[HOSTINGS].find(wanted), key=itemgetter("_id"))
    return [Hosting.model_validate({"hosting_id": one["_id"], **one}) for one in found]

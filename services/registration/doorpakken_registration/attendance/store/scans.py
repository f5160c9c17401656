"""Scans at the door, in the collection `scans`; also a second one of the same person."""

from collections.abc import Iterable

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.attendance.model.scan import Scan
from doorpakken_registration.common.store.documents import to_document


async def add_scans(tx: Transaction, scans: Iterable[Scan]) -> None:
    await tx["scans"].insert_many([to_document(one) for one in scans])


async def map_known(documents: Documents, ids: Iterable[str]) -> dict[str, bool]:
    """By id, whether the scan is what checked somebody in; unknown ids are missing."""
    wanted = [*ids]
    if not wanted:
        return {}
    found = await documents["scans"].find({"_id": {"$in": wanted}}, projection={"is_first": 1})
    return {one["_id"]: one["is_first"] for one in found}

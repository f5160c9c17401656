"""Waves: a published plan, and whether staff or a rule released its invitations. Callers decide
what may be released."""

from collections.abc import Sequence
from datetime import datetime

from doorpakken_events.event import READING
from doorpakken_events.matching import PlanPublished
from doorpakken_plumbing.messaging.heard import ReceivedEvent
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, DESCENDING, Document, Documents, Index

from doorpakken_notification.model.waves import OpenedWave

WAVES = "waves"
INDEXES = (Index(WAVES, [("plan.gathering_id", ASCENDING)]),)


async def open_wave(tx: Transaction, heard: ReceivedEvent[PlanPublished]) -> None:
    """A release that was written first stays."""
    plan = heard.data.model_dump(mode="json")
    await tx[WAVES].update_one(
        {"_id": heard.aggregate_id}, {"$set": {"version": heard.version, "plan": plan}}, upsert=True
    )


async def find_wave(documents: Documents, wave_id: str) -> OpenedWave | None:
    found = await documents[WAVES].find_one({"_id": wave_id})
    return _wave_of(found) if found else None


async def list_waves(documents: Documents, gathering_id: str | None = None) -> list[OpenedWave]:
    """Of all gatherings, or of one; newest plan first."""
    where = {"plan.gathering_id": gathering_id} if gathering_id else {}
    found = await documents[WAVES].find(where, sort=[("plan.published_at", DESCENDING)])
    return [_wave_of(document) for document in found]


async def find_latest_of(documents: Documents, gathering_id: str) -> OpenedWave | None:
    found = await documents[WAVES].find(
        {"plan.gathering_id": gathering_id}, sort=[("plan.published_at", DESCENDING)], limit=1
    )
    return _wave_of(found[0]) if found else None


async def list_released(documents: Documents, wave_ids: Sequence[str]) -> frozenset[str]:
    released = {"_id": {"$in": list(wave_ids)}, "released_at": {"$ne": None}}
    return frozenset(row["_id"] for row in await documents[WAVES].find(released))


async def list_wave_ids(documents: Documents) -> list[str]:
    return [one["_id"] for one in await documents[WAVES].find({}, projection={"_id": 1})]


async def set_released(documents: Documents, wave_id: str, at: datetime) -> None:
    """The first release counts."""
    unreleased = {"_id": wave_id, "released_at": None}
    await documents[WAVES].update_one(unreleased, {"$set": {"released_at": at}})


def _wave_of(document: Document) -> OpenedWave:
    plan = PlanPublished.model_validate(document["plan"], extra="ignore", context=READING)
    return OpenedWave(document["_id"], plan, document.get("released_at"))

"""Finds and deletes what matching made about one person."""

from collections.abc import Sequence

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, Document, Documents, Index

from doorpakken_matching.store.plans import PLANNED, PLANS
from doorpakken_matching.store.recommendations import RECOMMENDATIONS
from doorpakken_matching.store.sessions import SESSIONS

INDEXES = (
    Index(PLANS, [("sessions.host", ASCENDING)]),
    Index(SESSIONS, [("host", ASCENDING)]),
)


async def take_recommendations(tx: Transaction, attendee_ids: Sequence[str]) -> list[Document]:
    """Deletes planned and published recommendations; returns the published ones."""
    match = {"_id": {"$in": [*attendee_ids]}}
    found = await tx[RECOMMENDATIONS].find(match)
    await tx[RECOMMENDATIONS].delete_many(match)
    await tx[PLANNED].delete_many({"attendee_id": {"$in": [*attendee_ids]}})
    return found


async def list_hosted(docs: Documents, person_id: str) -> list[Document]:
    return await docs[SESSIONS].find({"host": person_id})


async def wipe_host_from_plans(tx: Transaction, person_id: str) -> None:
    host = {"$cond": [{"$eq": ["$$this.host", person_id]}, None, "$$this.host"]}
    session = {"$mergeObjects": ["$$this", {"host": host}]}
    sessions = {"$map": {"input": "$sessions", "in": session}}
    await tx[PLANS].update_many({"sessions.host": person_id}, [{"$set": {"sessions": sessions}}])

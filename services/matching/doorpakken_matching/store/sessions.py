"""Work sessions as last published, at most one per pitch."""

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, Document, Documents, Index

from doorpakken_matching.model.agenda import OPEN

SESSIONS = "sessions"
INDEXES = (
    Index(SESSIONS, [("gathering_id", ASCENDING), ("starts_at", ASCENDING), ("_id", ASCENDING)]),
    Index(SESSIONS, [("pitch_id", ASCENDING)], unique=True),
)


async def list_sessions(docs: Documents, gathering_id: str) -> list[Document]:
    """Earliest first, cancelled ones included."""
    return await docs[SESSIONS].find(
        {"gathering_id": gathering_id}, sort=[("starts_at", ASCENDING), ("_id", ASCENDING)]
    )


async def find_open(docs: Documents, pitch_id: str) -> Document | None:
    return await docs[SESSIONS].find_one({"pitch_id": pitch_id, "state": {"$in": OPEN}})


async def find_session(docs: Documents, session_id: str) -> Document | None:
    return await docs[SESSIONS].find_one({"_id": session_id})


async def put_session(tx: Transaction, document: Document) -> None:
    await tx[SESSIONS].replace_one({"_id": document["_id"]}, document, upsert=True)

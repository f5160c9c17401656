"""The rendered bytes of mails, kept with their mail from the intent on, for a retry to send. They
are deleted some days after the mail was last sent, refused or given up: only their hash stays."""

from collections.abc import Sequence
from datetime import datetime

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, Documents, Index

from doorpakken_notification.model.mail_states import MOVES, Cause, State
from doorpakken_notification.store.documents import MAILS

INDEXES = (
    Index(MAILS, [("content_until", ASCENDING)], partial={"content_until": {"$exists": True}}),
)
_GONE = {"$unset": {"content": "", "content_until": ""}}


async def find_bytes(documents: Documents, key: str) -> bytes | None:
    found = await documents[MAILS].find_one({"_id": key}, projection={"content": 1})
    return bytes(found["content"]) if found and "content" in found else None


async def drop_old(documents: Documents, now: datetime) -> None:
    await documents[MAILS].update_many({"content_until": {"$lte": now}}, _GONE)


async def forget_objects(tx: Transaction, object_ids: Sequence[str]) -> None:
    """Drops the bytes of all mails about these requests, and takes back a mail that is leased.
    Writes each one, so that a sender that takes one meanwhile conflicts."""
    in_hand = {"$in": ["$state", MOVES.before(Cause.LEASE, State.QUEUED)]}
    fields = {
        "state": {"$cond": [in_hand, str(State.QUEUED), "$state"]},
        "lease": {"$cond": [in_hand, "$$REMOVE", "$lease"]},
        "content_dropped_at": "$$NOW",
    }
    await tx[MAILS].update_many(
        {"object_id": {"$in": [*object_ids]}},
        [{"$set": fields}, {"$unset": ["content", "content_until"]}],
    )


async def forget_person(tx: Transaction, person_id: str) -> None:
    await tx[MAILS].update_many({"person_id": person_id}, _GONE)

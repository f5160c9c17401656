"""The ledger of owed mails: a row under its permanent business key, and its delivery state. Leases
are taken and compared on the server's clock, so that no row is leased twice."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from operator import itemgetter

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, Document, Documents, Index, UpdateOne

from doorpakken_notification.model.mail import State

MAILS = "mails"
URGENT, PATIENT = 0, 1
DUE_ORDER = [("priority", ASCENDING), ("due_at", ASCENDING)]
# The bytes are large, and only a sender needs them.
WITHOUT_CONTENT = {"content": 0}
LEASABLE = (State.QUEUED, State.RETRY)

INDEXES = (
    Index(MAILS, [("state", ASCENDING), *DUE_ORDER]),
    Index(MAILS, [("wave_id", ASCENDING), ("state", ASCENDING), ("kind", ASCENDING)]),
    Index(MAILS, [("gathering_id", ASCENDING), ("kind", ASCENDING), ("state", ASCENDING)]),
    Index(MAILS, [("object_id", ASCENDING)]),
    Index(MAILS, [("lease.token", ASCENDING)], partial={"lease.token": {"$exists": True}}),
    Index(MAILS, [("attendee_id", ASCENDING)]),
    Index(MAILS, [("person_id", ASCENDING)]),
    Index(MAILS, [("waits_for", ASCENDING)], partial={"waits_for": {"$gt": ""}}),
    Index(
        MAILS,
        [("gathered_in", ASCENDING), ("owed_at", ASCENDING)],
        partial={"gathered_in": {"$gt": ""}},
    ),
)


def _is_past(field: str) -> Document:
    return {"$expr": {"$lte": [field, "$$NOW"]}}


async def find_mail(documents: Documents, key: str) -> Document | None:
    return await documents[MAILS].find_one({"_id": key}, projection=WITHOUT_CONTENT)


async def list_of_attendees(
    documents: Documents, attendee_ids: Sequence[str]
) -> dict[str, list[Document]]:
    groups: dict[str, list[Document]] = {attendee_id: [] for attendee_id in attendee_ids}
    for row in await list_mails(documents, {"attendee_id": {"$in": list(attendee_ids)}}):
        groups[row["attendee_id"]].append(row)
    return groups


async def list_of_object(documents: Documents, object_id: str) -> list[Document]:
    return await list_mails(documents, {"object_id": object_id})


async def queue_drafts(documents: Documents, wave_id: str) -> int:
    return await documents[MAILS].update_many(
        {"wave_id": wave_id, "state": State.DRAFT},
        [{"$set": {"state": str(State.QUEUED), "due_at": "$$NOW"}}],
    )


async def lease(
    documents: Documents, *, token: str, instance: str, most: int, lease_seconds: float
) -> list[Document]:
    """Up to `most` due rows, leased under this token; urgent ones first."""
    due: list[Document] = []
    # One priority at a time, so that the index returns no row that is not due yet.
    for priority in (URGENT, PATIENT):
        if len(due) < most:
            due += await _list_due(documents, priority, most - len(due))
    if not due:
        return []
    taken = {"token": token, "by": instance, "until": _in_seconds(lease_seconds)}
    await documents[MAILS].update_many(
        {"_id": {"$in": [row["_id"] for row in due]}, "state": {"$in": list(LEASABLE)}},
        [{"$set": {"state": str(State.LEASED), "lease": taken, "waits_for": None}}],
    )
    return await documents[MAILS].find(
        {"lease.token": token, "state": State.LEASED}, sort=DUE_ORDER, projection=WITHOUT_CONTENT
    )


async def _list_due(documents: Documents, priority: int, most: int) -> list[Document]:
    return await documents[MAILS].find(
        {"state": {"$in": list(LEASABLE)}, "priority": priority, **_is_past("$due_at")},
        sort=[("due_at", ASCENDING)],
        limit=most,
        projection={"_id": 1},
    )


async def give_back(documents: Documents, key: str, token: str, fields: Document) -> None:
    """Ends a lease without outcome; `fields` has the state and when the row is due."""
    ours = {"_id": key, "lease.token": token, "state": State.LEASED}
    await documents[MAILS].update_one(ours, [{"$set": fields}, {"$unset": "lease"}])


async def wait_for(
    documents: Documents, key: str, token: str, subject: str | None, wait_seconds: float
) -> None:
    """Until the parent `subject`, if any, was received, or until the time has passed."""
    fields = {
        "state": str(State.QUEUED),
        "waits_for": subject,
        "due_at": _in_seconds(wait_seconds),
    }
    await give_back(documents, key, token, fields)


async def gather(documents: Documents, key: str, token: str, until: datetime) -> None:
    """Postpones a row to the end of its window: it is then the mail of all that came after it."""
    fields = {"state": str(State.QUEUED), "gathers": True, "due_at": until}
    await give_back(documents, key, token, fields)


async def list_gathered_in(documents: Documents, key: str, most: int) -> list[Document]:
    sort = [("gathered_in", ASCENDING), ("owed_at", ASCENDING)]
    return await documents[MAILS].find(
        {"gathered_in": key}, sort=sort, limit=most, projection=WITHOUT_CONTENT
    )


async def release_waiting(tx: Transaction, subject: str) -> None:
    await tx[MAILS].update_many(
        {"waits_for": subject}, [{"$set": {"waits_for": None, "due_at": "$$NOW"}}]
    )


async def mark_intent(
    documents: Documents,
    row: Document,
    *,
    person_id: str,
    content: bytes,
    told: Document | None,
    lease_seconds: float,
    keep_seconds: float,
) -> bool:
    """False when the lease was lost. The bytes are kept for `keep_seconds` from now, however it
    ends."""
    ours = {"_id": row["_id"], "lease.token": row["lease"]["token"], "state": State.LEASED}
    fields = {
        "state": str(State.INTENT),
        "attempt": {"$add": ["$attempt", 1]},
        "person_id": person_id,
        "content": content,
        "content_until": _in_seconds(keep_seconds),
        "content_hash": sha256(content).hexdigest(),
        "told": {"$literal": told},
        "lease.until": _in_seconds(lease_seconds),
        "first_tried_at": {"$ifNull": ["$first_tried_at", "$$NOW"]},
    }
    return await documents[MAILS].update_one(ours, [{"$set": fields}]) == 1


async def is_meant(documents: Documents, key: str, token: str) -> bool:
    ours = {"_id": key, "lease.token": token, "state": State.INTENT}
    return await documents[MAILS].count(ours) > 0


async def put_off(
    documents: Documents,
    key: str,
    token: str,
    *,
    code: int | None,
    delay_seconds: float,
    is_doubtful: bool = False,
) -> None:
    """Retries later; `is_doubtful` when the mail may have arrived. Does nothing if another sender
    has the row by now."""
    fields = {
        "state": str(State.RETRY),
        "code": code,
        "is_doubtful": {"$or": [is_doubtful, {"$ifNull": ["$is_doubtful", False]}]},
        "due_at": _in_seconds(delay_seconds),
    }
    await documents[MAILS].update_one(
        {"_id": key, "lease.token": token, "state": State.INTENT},
        [{"$set": fields}, {"$unset": "lease"}],
    )


async def list_unsent(tx: Transaction, keys: Sequence[str]) -> list[Document]:
    unsent = {"_id": {"$in": list(keys)}, "state": {"$ne": State.SENT}}
    return await tx[MAILS].find(unsent, projection=WITHOUT_CONTENT)


async def finish_all(tx: Transaction, fields_by_key: Mapping[str, Document]) -> None:
    await tx[MAILS].bulk_write(
        [
            UpdateOne({"_id": key}, {"$set": fields, "$unset": {"lease": ""}})
            for key, fields in fields_by_key.items()
        ]
    )


async def finish(tx: Transaction, key: str, fields: Document) -> None:
    await tx[MAILS].update_one({"_id": key}, {"$set": fields, "$unset": {"lease": ""}})


async def free_lapsed(documents: Documents) -> None:
    await documents[MAILS].update_many(
        {"state": State.LEASED, **_is_past("$lease.until")},
        [{"$set": {"state": str(State.QUEUED)}}, {"$unset": "lease"}],
    )


async def free_own(documents: Documents, instance: str) -> None:
    """For the start of an instance: no other process has its name."""
    await documents[MAILS].update_many(
        {"state": State.LEASED, "lease.by": instance},
        {"$set": {"state": str(State.QUEUED)}, "$unset": {"lease": ""}},
    )


async def list_intents(documents: Documents, instance: str) -> list[Document]:
    ours = {"state": State.INTENT, "lease.by": instance}
    return await documents[MAILS].find(ours, projection=WITHOUT_CONTENT)


async def list_lapsed_intents(documents: Documents) -> list[Document]:
    lapsed = {"state": State.INTENT, **_is_past("$lease.until")}
    return await documents[MAILS].find(lapsed, projection=WITHOUT_CONTENT)


async def count_by_state(documents: Documents, match: Document) -> dict[str, int]:
    found = await documents[MAILS].aggregate(
        [{"$match": match}, {"$group": {"_id": "$state", "n": {"$sum": 1}}}, {"$sort": {"_id": 1}}]
    )
    return {row["_id"]: row["n"] for row in found}


async def count_by_kind(documents: Documents, gatherings: list[str]) -> list[Document]:
    """Documents `{kind, state, count}`."""
    found = await documents[MAILS].aggregate(
        [
            {"$match": {"gathering_id": {"$in": gatherings}}},
            {"$group": {"_id": {"kind": "$kind", "state": "$state"}, "count": {"$sum": 1}}},
            {"$sort": {"_id.kind": 1, "_id.state": 1}},
        ]
    )
    return [row["_id"] | {"count": row["count"]} for row in found]


async def list_mails(documents: Documents, match: Document, *, limit: int = 0) -> list[Document]:
    """Ordered by key; with a limit, any of them."""
    found = await documents[MAILS].find(match, limit=limit, projection=WITHOUT_CONTENT)
    return sorted(found, key=itemgetter("_id"))


async def map_invitations(documents: Documents, gathering_id: str) -> dict[str, str]:
    found = await documents[MAILS].find(
        {"gathering_id": gathering_id, "kind": "invitation"},
        projection={"attendee_id": 1, "state": 1},
    )
    return {row["attendee_id"]: row["state"] for row in found}


async def has_drafts(documents: Documents, wave_id: str) -> bool:
    drafts = {"wave_id": wave_id, "state": State.DRAFT}
    return await documents[MAILS].find_one(drafts, projection={"_id": 1}) is not None


def _in_seconds(seconds: float) -> Document:
    return {"$add": ["$$NOW", int(seconds * 1000)]}

"""The ledger of owed mails: a row under its permanent business key, and how its delivery stands.
Refuses to lease a row twice: leases are taken and judged on the server's clock."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from operator import itemgetter

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, Document, Documents, Index, UpdateOne

from doorpakken_notification.model.rows import State

ROWS = "rows"
URGENT, PATIENT = 0, 1
DUE_ORDER = [("priority", ASCENDING), ("due_at", ASCENDING)]
# The bytes are large, and only a sender wants them.
WITHOUT_CONTENT = {"content": 0}
LEASABLE = (State.QUEUED, State.RETRY)

INDEXES = (
    Index(ROWS, [("state", ASCENDING), *DUE_ORDER]),
    Index(ROWS, [("wave_id", ASCENDING), ("state", ASCENDING), ("kind", ASCENDING)]),
    Index(ROWS, [("gathering_id", ASCENDING), ("kind", ASCENDING), ("state", ASCENDING)]),
    Index(ROWS, [("object_id", ASCENDING)]),
    Index(ROWS, [("lease.token", ASCENDING)], partial={"lease.token": {"$exists": True}}),
    Index(ROWS, [("attendee_id", ASCENDING)]),
    Index(ROWS, [("person_id", ASCENDING)]),
    Index(ROWS, [("waits_for", ASCENDING)], partial={"waits_for": {"$gt": ""}}),
    Index(
        ROWS,
        [("gathered_in", ASCENDING), ("owed_at", ASCENDING)],
        partial={"gathered_in": {"$gt": ""}},
    ),
)


def _is_past(field: str) -> Document:
    return {"$expr": {"$lte": [field, "$$NOW"]}}


async def find_row(documents: Documents, key: str) -> Document | None:
    """The row of a business key."""
    return await documents[ROWS].find_one({"_id": key}, projection=WITHOUT_CONTENT)


async def list_of_attendees(
    documents: Documents, attendee_ids: Sequence[str]
) -> dict[str, list[Document]]:
    """Everything owed to each of these attendees by now."""
    groups: dict[str, list[Document]] = {attendee_id: [] for attendee_id in attendee_ids}
    for row in await list_rows(documents, {"attendee_id": {"$in": list(attendee_ids)}}):
        groups[row["attendee_id"]].append(row)
    return groups


async def list_of_object(documents: Documents, object_id: str) -> list[Document]:
    """Everything owed about one hosting or request by now."""
    return await list_rows(documents, {"object_id": object_id})


async def queue_drafts(documents: Documents, wave_id: str) -> int:
    """Lets the drafts of a released wave go; how many there were."""
    return await documents[ROWS].update_many(
        {"wave_id": wave_id, "state": State.DRAFT},
        [{"$set": {"state": str(State.QUEUED), "due_at": "$$NOW"}}],
    )


async def lease(
    documents: Documents, *, token: str, instance: str, most: int, lease_seconds: float
) -> list[Document]:
    """Up to `most` due rows that are now this token's, the urgent first."""
    due: list[Document] = []
    # One priority at a time: the index then gives no row that is not due yet.
    for priority in (URGENT, PATIENT):
        if len(due) < most:
            due += await _list_due(documents, priority, most - len(due))
    if not due:
        return []
    taken = {"token": token, "by": instance, "until": _in_seconds(lease_seconds)}
    await documents[ROWS].update_many(
        {"_id": {"$in": [row["_id"] for row in due]}, "state": {"$in": list(LEASABLE)}},
        [{"$set": {"state": str(State.LEASED), "lease": taken, "waits_for": None}}],
    )
    return await documents[ROWS].find(
        {"lease.token": token, "state": State.LEASED}, sort=DUE_ORDER, projection=WITHOUT_CONTENT
    )


async def _list_due(documents: Documents, priority: int, most: int) -> list[Document]:
    return await documents[ROWS].find(
        {"state": {"$in": list(LEASABLE)}, "priority": priority, **_is_past("$due_at")},
        sort=[("due_at", ASCENDING)],
        limit=most,
        projection={"_id": 1},
    )


async def give_back(documents: Documents, key: str, token: str, fields: Document) -> None:
    """Ends a lease that came to nothing: `fields` say the state and when to look again."""
    ours = {"_id": key, "lease.token": token, "state": State.LEASED}
    await documents[ROWS].update_one(ours, [{"$set": fields}, {"$unset": "lease"}])


async def wait_for(
    documents: Documents, key: str, token: str, subject: str | None, wait_seconds: float
) -> None:
    """Puts a row aside until its parent was heard, if it waits for one, or until it is time."""
    fields = {
        "state": str(State.QUEUED),
        "waits_for": subject,
        "due_at": _in_seconds(wait_seconds),
    }
    await give_back(documents, key, token, fields)


async def gather(documents: Documents, key: str, token: str, until: datetime) -> None:
    """Puts a row aside until its window is over: it is then the mail of all that came after it."""
    fields = {"state": str(State.QUEUED), "gathers": True, "due_at": until}
    await give_back(documents, key, token, fields)


async def list_gathered_in(documents: Documents, key: str, most: int) -> list[Document]:
    """What goes along with the mail of this row, in the order in which it was owed."""
    sort = [("gathered_in", ASCENDING), ("owed_at", ASCENDING)]
    return await documents[ROWS].find(
        {"gathered_in": key}, sort=sort, limit=most, projection=WITHOUT_CONTENT
    )


async def release_waiting(tx: Transaction, subject: str) -> None:
    """The parent is here: its children are due at once."""
    await tx[ROWS].update_many(
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
    """Says that this mail is about to be handed over; False when the lease was lost. However it
    ends, its bytes are kept for so long after the last time they were meant to go."""
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
    return await documents[ROWS].update_one(ours, [{"$set": fields}]) == 1


async def is_meant(documents: Documents, key: str, token: str) -> bool:
    """Whether this mail is still to be handed over by who wrote the intent."""
    ours = {"_id": key, "lease.token": token, "state": State.INTENT}
    return await documents[ROWS].count(ours) > 0


async def put_off(
    documents: Documents,
    key: str,
    token: str,
    *,
    code: int | None,
    delay_seconds: float,
    is_doubtful: bool = False,
) -> None:
    """After a failure that will pass: due again later; doubtful when it may have arrived. Nothing
    where somebody else has the row by now."""
    fields = {
        "state": str(State.RETRY),
        "code": code,
        "is_doubtful": {"$or": [is_doubtful, {"$ifNull": ["$is_doubtful", False]}]},
        "due_at": _in_seconds(delay_seconds),
    }
    await documents[ROWS].update_one(
        {"_id": key, "lease.token": token, "state": State.INTENT},
        [{"$set": fields}, {"$unset": "lease"}],
    )


async def list_unsent(tx: Transaction, keys: Sequence[str]) -> list[Document]:
    """Those of the rows that are not told as sent yet."""
    unsent = {"_id": {"$in": list(keys)}, "state": {"$ne": State.SENT}}
    return await tx[ROWS].find(unsent, projection=WITHOUT_CONTENT)


async def finish_all(tx: Transaction, fields_by_key: Mapping[str, Document]) -> None:
    """Writes how each ended."""
    await tx[ROWS].bulk_write(
        [
            UpdateOne({"_id": key}, {"$set": fields, "$unset": {"lease": ""}})
            for key, fields in fields_by_key.items()
        ]
    )


async def finish(tx: Transaction, key: str, fields: Document) -> None:
    """Writes how it ended, and that nobody works on it any more."""
    await tx[ROWS].update_one({"_id": key}, {"$set": fields, "$unset": {"lease": ""}})


async def free_lapsed(documents: Documents) -> None:
    """Rows leased by a replica that went away before it meant to send are free again."""
    await documents[ROWS].update_many(
        {"state": State.LEASED, **_is_past("$lease.until")},
        [{"$set": {"state": str(State.QUEUED)}}, {"$unset": "lease"}],
    )


async def free_own(documents: Documents, instance: str) -> None:
    """Rows this instance leased before it went away; no other process bears its name."""
    await documents[ROWS].update_many(
        {"state": State.LEASED, "lease.by": instance},
        {"$set": {"state": str(State.QUEUED)}, "$unset": {"lease": ""}},
    )


async def list_intents(documents: Documents, instance: str) -> list[Document]:
    """Mails this instance meant to send when it went away."""
    ours = {"state": State.INTENT, "lease.by": instance}
    return await documents[ROWS].find(ours, projection=WITHOUT_CONTENT)


async def list_lapsed_intents(documents: Documents) -> list[Document]:
    """Mails some replica meant to send and has not told about in time."""
    lapsed = {"state": State.INTENT, **_is_past("$lease.until")}
    return await documents[ROWS].find(lapsed, projection=WITHOUT_CONTENT)


async def count_by_state(documents: Documents, match: Document) -> dict[str, int]:
    """How many rows stand where."""
    found = await documents[ROWS].aggregate(
        [{"$match": match}, {"$group": {"_id": "$state", "n": {"$sum": 1}}}, {"$sort": {"_id": 1}}]
    )
    return {row["_id"]: row["n"] for row in found}


async def count_by_kind(documents: Documents, gatherings: list[str]) -> list[Document]:
    """`{kind, state, count}` for the rows of these gatherings."""
    found = await documents[ROWS].aggregate(
        [
            {"$match": {"gathering_id": {"$in": gatherings}}},
            {"$group": {"_id": {"kind": "$kind", "state": "$state"}, "count": {"$sum": 1}}},
            {"$sort": {"_id.kind": 1, "_id.state": 1}},
        ]
    )
    return [row["_id"] | {"count": row["count"]} for row in found]


async def list_rows(documents: Documents, match: Document, *, limit: int = 0) -> list[Document]:
    """Rows in the order of their keys; with a limit some of them."""
    found = await documents[ROWS].find(match, limit=limit, projection=WITHOUT_CONTENT)
    return sorted(found, key=itemgetter("_id"))


async def map_invitations(documents: Documents, gathering_id: str) -> dict[str, str]:
    """The state of each attendee's invitation, by attendee."""
    found = await documents[ROWS].find(
        {"gathering_id": gathering_id, "kind": "invitation"},
        projection={"attendee_id": 1, "state": 1},
    )
    return {row["attendee_id"]: row["state"] for row in found}


async def has_drafts(documents: Documents, wave_id: str) -> bool:
    """Whether drafts of a wave are not queued yet."""
    drafts = {"wave_id": wave_id, "state": State.DRAFT}
    return await documents[ROWS].find_one(drafts, projection={"_id": 1}) is not None


def _in_seconds(seconds: float) -> Document:
    return {"$add": ["$$NOW", int(seconds * 1000)]}

"""The ledger of owed mails, each under its permanent business key: what is owed, and staff's and
the waves' view of it. What a sender does to a mail is in `sending`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from operator import attrgetter

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import (
    ASCENDING,
    DeleteOne,
    Document,
    Documents,
    Index,
    InsertOne,
    UpdateOne,
    Write,
)

from doorpakken_notification.model.mail import Mail
from doorpakken_notification.model.mail_kinds import MAIL_KINDS
from doorpakken_notification.model.mail_states import Cause, Reason, State
from doorpakken_notification.store.documents import (
    DUE_ORDER,
    MAILS,
    WITHOUT_CONTENT,
    WITHOUT_TOLD,
    fields_of,
    mail_of,
    mails_of,
    states_before,
    update_of,
)

URGENT, PATIENT = 0, 1

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


class Changes:
    """What one transaction changes in the ledger, written at once for any number of mails."""

    def __init__(self) -> None:
        self._writes: list[Write] = []

    def add(self, mail: Mail) -> None:
        is_urgent = MAIL_KINDS[mail.kind].is_transactional
        more = {
            "_id": mail.key,
            "mail_id": mail.mail_id,
            "priority": URGENT if is_urgent else PATIENT,
            "waits_for": None,
            "due_at": mail.owed_at,
        }
        self._writes.append(InsertOne(fields_of(mail) | more))

    def put(self, before: Mail, after: Mail, cause: Cause) -> None:
        match, fields = update_of(before, after, cause)
        if fields:
            self._writes.append(UpdateOne(match, {"$set": fields}))

    def remove(self, key: str) -> None:
        self._writes.append(DeleteOne({"_id": key}))

    async def save(self, tx: Transaction) -> None:
        await tx[MAILS].bulk_write(self._writes)


@dataclass(frozen=True)
class KindCount:
    """How many mails of a kind are in a state."""

    kind: str
    state: str
    count: int


async def find_mail(documents: Documents, key: str) -> Mail | None:
    found = await documents[MAILS].find_one({"_id": key}, projection=WITHOUT_CONTENT)
    return mail_of(found) if found else None


async def list_of_attendees(
    documents: Documents, attendee_ids: Sequence[str]
) -> dict[str, list[Mail]]:
    groups: dict[str, list[Mail]] = {attendee_id: [] for attendee_id in attendee_ids}
    for mail in await _list(documents, {"attendee_id": {"$in": list(attendee_ids)}}):
        groups[mail.attendee_id or ""].append(mail)
    return groups


async def list_of_object(documents: Documents, object_id: str) -> list[Mail]:
    return await _list(documents, {"object_id": object_id})


async def list_of_person(
    documents: Documents, person_id: str, kinds: Collection[str]
) -> list[Mail]:
    return await _list(documents, {"person_id": person_id, "kind": {"$in": [*kinds]}})


async def list_of_wave(documents: Documents, wave_id: str, limit: int) -> list[Mail]:
    return await _list(documents, {"wave_id": wave_id}, limit=limit)


async def list_invitations_on_paper(documents: Documents, wave_id: str) -> list[Mail]:
    return await _list(
        documents, {"wave_id": wave_id, "kind": "invitation", "state": State.ON_PAPER}
    )


async def list_troubled(
    documents: Documents, gathering_ids: Collection[str], states: Collection[State], limit: int
) -> list[Mail]:
    match = {
        "gathering_id": {"$in": list(gathering_ids)},
        "state": {"$in": list(states)},
        # Not a trouble: a seat that somebody does not have needs no confirmation.
        "reason": {"$ne": str(Reason.SEAT_ENDED)},
        "needs_staff": {"$ne": True},
    }
    return await _list(documents, match, limit=limit)


async def _list(documents: Documents, match: Document, *, limit: int = 0) -> list[Mail]:
    """Ordered by key; with a limit, any of them."""
    found = await documents[MAILS].find(match, limit=limit, projection=WITHOUT_CONTENT)
    return sorted(mails_of(found), key=attrgetter("key"))


async def queue_drafts(documents: Documents, wave_id: str) -> int:
    drafts = states_before(Cause.RELEASE, State.QUEUED)
    return await documents[MAILS].update_many(
        {"wave_id": wave_id, "state": drafts},
        [{"$set": {"state": str(State.QUEUED), "due_at": "$$NOW"}}],
    )


async def has_drafts(documents: Documents, wave_id: str) -> bool:
    drafts = {"wave_id": wave_id, "state": State.DRAFT}
    return await documents[MAILS].find_one(drafts, projection={"_id": 1}) is not None


async def release_waiting(tx: Transaction, subject: str) -> None:
    """Makes mails due that waited for this parent: `<aggregate>/<id>`."""
    await tx[MAILS].update_many(
        {"waits_for": subject}, [{"$set": {"waits_for": None, "due_at": "$$NOW"}}]
    )


async def count_by_state(documents: Documents, wave_id: str) -> dict[str, int]:
    found = await documents[MAILS].aggregate(
        [
            {"$match": {"wave_id": wave_id}},
            {"$group": {"_id": "$state", "n": {"$sum": 1}}},
            {"$sort": {"_id": 1}},
        ]
    )
    return {one["_id"]: one["n"] for one in found}


async def count_by_kind(documents: Documents, gathering_ids: Collection[str]) -> list[KindCount]:
    found = await documents[MAILS].aggregate(
        [
            {"$match": {"gathering_id": {"$in": sorted(gathering_ids)}}},
            {"$group": {"_id": {"kind": "$kind", "state": "$state"}, "count": {"$sum": 1}}},
            {"$sort": {"_id.kind": 1, "_id.state": 1}},
        ]
    )
    return [KindCount(one["_id"]["kind"], one["_id"]["state"], one["count"]) for one in found]


async def map_invitations(documents: Documents, gathering_id: str) -> dict[str, str]:
    found = await documents[MAILS].find(
        {"gathering_id": gathering_id, "kind": "invitation"},
        projection={"attendee_id": 1, "state": 1},
    )
    return {one["attendee_id"]: one["state"] for one in found}


async def take_mails(tx: Transaction, ids: Sequence[str]) -> list[Mail]:
    """Deletes and returns the mails that are owed to, or about, one of these ids. A sender that is
    working on one finds that it is gone."""
    wanted = {"$in": [*ids]}
    match = {"$or": [{"person_id": wanted}, {"attendee_id": wanted}, {"object_id": wanted}]}
    found = await tx[MAILS].find(match, projection=WITHOUT_TOLD)
    await tx[MAILS].delete_many({"_id": {"$in": [one["_id"] for one in found]}})
    return mails_of(found)

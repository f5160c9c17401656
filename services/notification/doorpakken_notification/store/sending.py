"""What a sender does to a mail, each in one atomic update: lease, intent, put off, give back, end.
Leases are taken and compared on the server's clock, so that no mail is leased twice."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256

import structlog
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, Document, Documents, UpdateOne

from doorpakken_notification.model.calendar_notices import CalendarEntry
from doorpakken_notification.model.mail import Mail
from doorpakken_notification.model.mail_states import Cause, State
from doorpakken_notification.store.documents import (
    DUE_ORDER,
    MAILS,
    WITHOUT_CONTENT,
    mail_of,
    mails_of,
    states_before,
    told_fields,
    update_of,
)
from doorpakken_notification.store.mails import PATIENT, URGENT
from doorpakken_notification.store.set_apart import keep_apart

log = structlog.get_logger(__name__)


async def lease(
    documents: Documents, *, token: str, instance: str, most: int, lease_seconds: float
) -> list[Mail]:
    """Up to `most` due mails, leased under this token; urgent ones first."""
    due: list[str] = []
    # One priority at a time, so that the index returns no mail that is not due yet.
    for priority in (URGENT, PATIENT):
        if len(due) < most:
            due += await _list_due(documents, priority, most - len(due))
    if not due:
        return []
    taken = {"token": token, "by": instance, "until": _in_seconds(lease_seconds)}
    await documents[MAILS].update_many(
        {"_id": {"$in": due}, "state": states_before(Cause.LEASE, State.LEASED)},
        [{"$set": {"state": str(State.LEASED), "lease": taken, "waits_for": None}}],
    )
    found = await documents[MAILS].find(
        {"lease.token": token, "state": State.LEASED}, sort=DUE_ORDER, projection=WITHOUT_CONTENT
    )
    return await _readable(documents, found)


async def _list_due(documents: Documents, priority: int, most: int) -> list[str]:
    found = await documents[MAILS].find(
        {
            "state": states_before(Cause.LEASE, State.LEASED),
            "priority": priority,
            **_is_past("$due_at"),
        },
        sort=[("due_at", ASCENDING)],
        limit=most,
        projection={"_id": 1},
    )
    return [one["_id"] for one in found]


async def give_back(documents: Documents, mail: Mail) -> None:
    await _give_back(documents, mail, {})


async def wait_for(
    documents: Documents, mail: Mail, subject: str | None, wait_seconds: float
) -> None:
    """Until the parent `subject`, if any, was received, or until the time has passed."""
    fields = {"waits_for": subject, "due_at": _in_seconds(wait_seconds)}
    await _give_back(documents, mail, fields)


async def gather(documents: Documents, mail: Mail, until: datetime) -> None:
    """Postpones a mail to the end of its window: it then stands for all that came after it."""
    await _give_back(documents, mail, {"gathers": True, "due_at": until})


async def _give_back(documents: Documents, mail: Mail, fields: Document) -> None:
    ours = _ours(mail.key, mail.held_by.token, Cause.LEASE, State.QUEUED)
    queued = {"$set": {"state": str(State.QUEUED)} | fields}
    await documents[MAILS].update_one(ours, [queued, {"$unset": "lease"}])


async def mark_intent(
    documents: Documents,
    mail: Mail,
    *,
    person_id: str,
    content: bytes,
    told: CalendarEntry | None,
    lease_seconds: float,
    keep_seconds: float,
) -> bool:
    """False when the lease was lost. The bytes are kept for `keep_seconds` from now, however it
    ends."""
    fields = {
        "state": str(State.INTENT),
        "attempt": {"$add": ["$attempt", 1]},
        "person_id": person_id,
        "content": content,
        "content_until": _in_seconds(keep_seconds),
        "content_hash": sha256(content).hexdigest(),
        "told": {"$literal": told_fields(told)},
        "lease.until": _in_seconds(lease_seconds),
        "first_tried_at": {"$ifNull": ["$first_tried_at", "$$NOW"]},
    }
    ours = _ours(mail.key, mail.held_by.token, Cause.SENDER, State.INTENT)
    return await documents[MAILS].update_one(ours, [{"$set": fields}]) == 1


async def is_meant(documents: Documents, mail: Mail) -> bool:
    ours = {"_id": mail.key, "lease.token": mail.held_by.token, "state": State.INTENT}
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
    has the mail by now."""
    fields = {
        "state": str(State.RETRY),
        "code": code,
        "is_doubtful": {"$or": [is_doubtful, {"$ifNull": ["$is_doubtful", False]}]},
        "due_at": _in_seconds(delay_seconds),
    }
    await documents[MAILS].update_one(
        _ours(key, token, Cause.SENDER, State.RETRY), [{"$set": fields}, {"$unset": "lease"}]
    )


async def list_unsent(tx: Transaction, keys: Sequence[str]) -> list[Mail]:
    unsent = {"_id": {"$in": list(keys)}, "state": states_before(Cause.SERVER, State.SENT)}
    return mails_of(await tx[MAILS].find(unsent, projection=WITHOUT_CONTENT))


async def finish(tx: Transaction, changes: Iterable[tuple[Mail, Mail]], cause: Cause) -> None:
    """Writes outcomes, each as the mail before and after, and ends the leases. Raises
    ForbiddenMove."""
    updates = [update_of(before, after, cause) for before, after in changes]
    ended = {"$unset": {"lease": ""}}
    await tx[MAILS].bulk_write([UpdateOne(match, {"$set": to} | ended) for match, to in updates])


async def free_lapsed(documents: Documents) -> None:
    await documents[MAILS].update_many(
        {"state": states_before(Cause.LEASE, State.QUEUED), **_is_past("$lease.until")},
        [{"$set": {"state": str(State.QUEUED)}}, {"$unset": "lease"}],
    )


async def free_own(documents: Documents, instance: str) -> None:
    """For the start of an instance: no other process has its name."""
    await documents[MAILS].update_many(
        {"state": states_before(Cause.LEASE, State.QUEUED), "lease.by": instance},
        {"$set": {"state": str(State.QUEUED)}, "$unset": {"lease": ""}},
    )


async def list_intents(documents: Documents, instance: str) -> list[Mail]:
    ours = {"state": State.INTENT, "lease.by": instance}
    found = await documents[MAILS].find(ours, projection=WITHOUT_CONTENT)
    return await _readable(documents, found)


async def list_lapsed_intents(documents: Documents) -> list[Mail]:
    lapsed = {"state": State.INTENT, **_is_past("$lease.until")}
    found = await documents[MAILS].find(lapsed, projection=WITHOUT_CONTENT)
    return await _readable(documents, found)


async def list_gathered_in(documents: Documents, key: str, most: int) -> list[Mail]:
    sort = [("gathered_in", ASCENDING), ("owed_at", ASCENDING)]
    found = await documents[MAILS].find(
        {"gathered_in": key}, sort=sort, limit=most, projection=WITHOUT_CONTENT
    )
    return mails_of(found)


async def _readable(documents: Documents, found: Iterable[Document]) -> list[Mail]:
    """Sets apart each mail that cannot be read, so that it stops no other."""
    mails = []
    for document in found:
        try:
            mails.append(mail_of(document))
        except ValueError as error:
            log.error("a mail cannot be read", mail=document["_id"], reason=type(error).__name__)
            await keep_apart(documents, document["_id"])
    return mails


def _ours(key: str, token: str, cause: Cause, after: State) -> Document:
    return {"_id": key, "lease.token": token, "state": states_before(cause, after)}


def _is_past(field: str) -> Document:
    return {"$expr": {"$lte": [field, "$$NOW"]}}


def _in_seconds(seconds: float) -> Document:
    return {"$add": ["$$NOW", int(seconds * 1000)]}

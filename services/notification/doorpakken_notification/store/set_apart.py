"""Mails that are set apart for staff, in two partial indexes: they are few, however many mails
there are. Does not change a mail that is not set apart any more."""

from collections.abc import Iterable

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, DESCENDING, Document, Documents, Index

from doorpakken_notification.model.mail import Mail
from doorpakken_notification.model.mail_states import Cause, Reason, State
from doorpakken_notification.store.documents import (
    MAILS,
    WITHOUT_TOLD,
    mail_of,
    mails_of,
    states_before,
)

SET_APART: Document = {"needs_staff": True}
INDEXES = (
    Index(MAILS, [("needs_staff", ASCENDING), ("owed_at", DESCENDING)], partial=SET_APART),
    Index(MAILS, [("mail_id", ASCENDING)], partial=SET_APART),
)


async def list_set_apart(
    documents: Documents, gathering_ids: Iterable[str] | None, limit: int
) -> list[Mail]:
    """Newest first; None is all gatherings, and mails without one."""
    where = {} if gathering_ids is None else {"gathering_id": {"$in": sorted(gathering_ids)}}
    found = await documents[MAILS].find(
        SET_APART | where,
        sort=[("owed_at", DESCENDING)],
        limit=limit,
        projection=WITHOUT_TOLD,
    )
    return mails_of(found)


async def find_set_apart(documents: Documents, mail_id: str) -> Mail | None:
    found = await documents[MAILS].find_one(
        SET_APART | {"mail_id": mail_id}, projection=WITHOUT_TOLD
    )
    return mail_of(found) if found else None


async def queue_again(tx: Transaction, mail: Mail) -> None:
    """Due at once, as if it were tried for the first time: the mail is rendered anew. One that may
    have arrived keeps its bytes, so that a second copy is recognised."""
    is_doubtful = mail.state is State.AMBIGUOUS
    fields = {
        "state": str(State.QUEUED),
        "reason": None,
        "due_at": "$$NOW",
        "is_doubtful": is_doubtful or mail.is_doubtful,
    }
    gone = ["needs_staff", "first_tried_at", *([] if is_doubtful else ["content"])]
    await tx[MAILS].update_one(_still(mail, State.QUEUED), [{"$set": fields}, {"$unset": gone}])


async def drop(tx: Transaction, mail: Mail, version: int) -> None:
    fields = {"state": str(State.STOPPED), "reason": str(Reason.DROPPED), "version": version}
    apart = {"needs_staff": ""}
    await tx[MAILS].update_one(_still(mail, State.STOPPED), {"$set": fields, "$unset": apart})


async def keep_apart(documents: Documents, key: str) -> None:
    """Publishes nothing, because the event could not be written."""
    is_meant = {"$eq": ["$state", str(State.INTENT)]}
    state = {"$cond": [is_meant, str(State.AMBIGUOUS), str(State.STOPPED)]}
    fields = {"state": state, "reason": str(Reason.OUR_FAULT), **SET_APART}
    in_hand = {"_id": key, "state": states_before(Cause.SENDER, State.STOPPED)}
    await documents[MAILS].update_one(in_hand, [{"$set": fields}, {"$unset": "lease"}])


def _still(mail: Mail, after: State) -> Document:
    return SET_APART | {"_id": mail.key, "state": states_before(Cause.STAFF, after)}

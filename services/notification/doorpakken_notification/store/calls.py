"""Mails on paper: what people without an e-mail address are told by letter or telephone, and
whether staff did that already."""

from collections.abc import Collection

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, Document, Documents, Index

from doorpakken_notification.model.mail import Called, Mail
from doorpakken_notification.model.mail_kinds import MAIL_KINDS
from doorpakken_notification.model.mail_states import State
from doorpakken_notification.store.documents import (
    MAILS,
    WITHOUT_CONTENT,
    called_fields,
    mail_of,
    mails_of,
)

INVITATION = "invitation"
# A seat is taken in a call, or on a page that says so: it needs no call of its own.
SAID_ALREADY = ("confirmation",)
CALLED_ABOUT = sorted(MAIL_KINDS.keys() - {INVITATION, *SAID_ALREADY})

INDEXES = (
    Index(
        MAILS,
        [
            ("gathering_id", ASCENDING),
            ("state", ASCENDING),
            ("kind", ASCENDING),
            ("called", ASCENDING),
        ],
        partial={"state": str(State.ON_PAPER)},
    ),
)


async def list_calls(documents: Documents, gathering_id: str) -> list[Mail]:
    """Everything but invitations, also what is done."""
    return await _list(documents, _on_paper(gathering_id, CALLED_ABOUT), 0)


async def list_calls_to_do(documents: Documents, gathering_id: str, limit: int) -> list[Mail]:
    return await _list(documents, _to_do(gathering_id, CALLED_ABOUT), limit)


async def list_letters_to_do(documents: Documents, gathering_id: str, limit: int) -> list[Mail]:
    return await _list(documents, _to_do(gathering_id, [INVITATION]), limit)


async def has_call_to_do(documents: Documents, gathering_id: str) -> bool:
    wanted = _to_do(gathering_id, CALLED_ABOUT)
    return await documents[MAILS].find_one(wanted, projection={"_id": 1}) is not None


async def find_on_paper(documents: Documents, gathering_id: str, key: str) -> Mail | None:
    wanted = {"_id": key, "gathering_id": gathering_id, "state": State.ON_PAPER}
    found = await documents[MAILS].find_one(wanted, projection=WITHOUT_CONTENT)
    return mail_of(found) if found else None


async def put_called(tx: Transaction, key: str, called: Called | None) -> None:
    await tx[MAILS].update_one({"_id": key}, {"$set": {"called": called_fields(called)}})


def _on_paper(gathering_id: str, kinds: Collection[str]) -> Document:
    return {
        "gathering_id": gathering_id,
        "state": str(State.ON_PAPER),
        "kind": {"$in": [*kinds]},
    }


def _to_do(gathering_id: str, kinds: Collection[str]) -> Document:
    return {**_on_paper(gathering_id, kinds), "called": None}


async def _list(documents: Documents, wanted: Document, limit: int) -> list[Mail]:
    return mails_of(await documents[MAILS].find(wanted, limit=limit, projection=WITHOUT_CONTENT))

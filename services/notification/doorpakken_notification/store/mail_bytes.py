"""The rendered bytes of mails, so that a retry sends the same ones; gone days after `sent`.
Refuses to keep them longer: the row keeps their hash."""

from datetime import datetime

from doorpakken_plumbing.mongo import ASCENDING, Documents, Index
from doorpakken_plumbing.transaction import Transaction

MAIL_BYTES = "mail_bytes"
INDEXES = (Index(MAIL_BYTES, [("expire_at", ASCENDING)], expire_after_seconds=0),)


async def keep(documents: Documents, key: str, person_id: str, content: bytes) -> None:
    """Keeps the bytes of the mail that is about to be sent."""
    document = {"_id": key, "person_id": person_id, "content": content}
    await documents[MAIL_BYTES].replace_one({"_id": key}, document, upsert=True)


async def find_bytes(documents: Documents, key: str) -> bytes | None:
    """The bytes of a mail tried before."""
    found = await documents[MAIL_BYTES].find_one({"_id": key})
    return bytes(found["content"]) if found else None


async def expire(tx: Transaction, key: str, at: datetime) -> None:
    """Lets the server drop them at a moment of real time."""
    await tx[MAIL_BYTES].update_one({"_id": key}, {"$set": {"expire_at": at}})


async def forget_person(tx: Transaction, person_id: str) -> None:
    """Drops the bytes of all mails to a person at once."""
    await tx[MAIL_BYTES].delete_many({"person_id": person_id})

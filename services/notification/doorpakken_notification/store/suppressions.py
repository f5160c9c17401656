"""Addresses that bounced, by hash and with their owners, and persons who want no more invitations.
Stores no address, and a hash only while somebody has the address: a guessed address can be tested
against its hash."""

from collections.abc import Sequence
from hashlib import sha256

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, Documents, Index

ADDRESSES = "suppressed_addresses"
UNSUBSCRIBED = "unsubscribed"
INDEXES = (Index(ADDRESSES, [("persons", ASCENDING)]),)


def _hash(address: str) -> str:
    return sha256(address.strip().lower().encode()).hexdigest()


async def suppress_address(tx: Transaction, address: str, person_id: str) -> None:
    theirs = {"$addToSet": {"persons": person_id}}
    await tx[ADDRESSES].update_one({"_id": _hash(address)}, theirs, upsert=True)


async def forget_person(tx: Transaction, person_id: str) -> None:
    theirs = {"persons": person_id}
    await tx[ADDRESSES].delete_many({"persons": [person_id]})
    await tx[ADDRESSES].update_many(theirs, {"$pull": theirs})


async def is_suppressed(documents: Documents, address: str) -> bool:
    return await documents[ADDRESSES].count({"_id": _hash(address)}) > 0


async def list_suppressed(documents: Documents, addresses: Sequence[str]) -> set[str]:
    hashes = [_hash(address) for address in addresses]
    found = await documents[ADDRESSES].find({"_id": {"$in": hashes}})
    bounced = {one["_id"] for one in found}
    return {address for address in addresses if _hash(address) in bounced}


async def list_unsubscribed(documents: Documents, person_ids: Sequence[str]) -> set[str]:
    found = await documents[UNSUBSCRIBED].find({"_id": {"$in": list(person_ids)}})
    return {one["_id"] for one in found}


async def unsubscribe(tx: Transaction, person_id: str) -> None:
    """Only from invitations; mails they ask for are still sent."""
    found = {"_id": person_id}
    await tx[UNSUBSCRIBED].replace_one(found, found, upsert=True)


async def is_unsubscribed(documents: Documents, person_id: str) -> bool:
    return await documents[UNSUBSCRIBED].count({"_id": person_id}) > 0


async def forget_unsubscribed(tx: Transaction, person_id: str) -> None:
    await tx[UNSUBSCRIBED].delete_one({"_id": person_id})

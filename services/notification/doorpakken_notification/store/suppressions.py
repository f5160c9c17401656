"""Addresses that bounced, by their hash and with whose they are, and persons who want no more
invitations. Refuses to keep an address, and its hash for longer than anybody has it: a hash of
something that can be guessed tells whether it was here."""

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
    """No more mail to an address that does not exist; this person has it."""
    theirs = {"$addToSet": {"persons": person_id}}
    await tx[ADDRESSES].update_one({"_id": _hash(address)}, theirs, upsert=True)


async def forget_person(tx: Transaction, person_id: str) -> None:
    """Forgets the addresses that nobody else has."""
    theirs = {"persons": person_id}
    await tx[ADDRESSES].delete_many({"persons": [person_id]})
    await tx[ADDRESSES].update_many(theirs, {"$pull": theirs})


async def is_suppressed(documents: Documents, address: str) -> bool:
    """Whether this address bounced."""
    return await documents[ADDRESSES].count({"_id": _hash(address)}) > 0


async def list_suppressed(documents: Documents, addresses: Sequence[str]) -> set[str]:
    """Those of the addresses that bounced."""
    hashes = [_hash(address) for address in addresses]
    found = await documents[ADDRESSES].find({"_id": {"$in": hashes}})
    bounced = {row["_id"] for row in found}
    return {address for address in addresses if _hash(address) in bounced}


async def list_unsubscribed(documents: Documents, person_ids: Sequence[str]) -> set[str]:
    """Those of the persons who want no more invitations."""
    found = await documents[UNSUBSCRIBED].find({"_id": {"$in": list(person_ids)}})
    return {row["_id"] for row in found}


async def unsubscribe(tx: Transaction, person_id: str) -> None:
    """No more invitations to this person; what they ask for themselves still comes."""
    found = {"_id": person_id}
    await tx[UNSUBSCRIBED].replace_one(found, found, upsert=True)


async def is_unsubscribed(documents: Documents, person_id: str) -> bool:
    """Whether this person wants no more invitations."""
    return await documents[UNSUBSCRIBED].count({"_id": person_id}) > 0

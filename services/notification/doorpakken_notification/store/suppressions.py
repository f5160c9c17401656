"""Addresses that bounced, by their hash, and persons who want no more invitations.
Refuses to keep an address: the hash is enough to know it again."""

from hashlib import sha256

from doorpakken_plumbing.mongo import Documents
from doorpakken_plumbing.transaction import Transaction

ADDRESSES = "suppressed_addresses"
UNSUBSCRIBED = "unsubscribed"


def _hash(address: str) -> str:
    return sha256(address.strip().lower().encode()).hexdigest()


async def suppress_address(tx: Transaction, address: str) -> None:
    """No more mail to an address that does not exist."""
    found = {"_id": _hash(address)}
    await tx[ADDRESSES].replace_one(found, found, upsert=True)


async def is_suppressed(documents: Documents, address: str) -> bool:
    """Whether this address bounced."""
    return await documents[ADDRESSES].count({"_id": _hash(address)}) > 0


async def unsubscribe(tx: Transaction, person_id: str) -> None:
    """No more invitations to this person; what they ask for themselves still comes."""
    found = {"_id": person_id}
    await tx[UNSUBSCRIBED].replace_one(found, found, upsert=True)


async def is_unsubscribed(documents: Documents, person_id: str) -> bool:
    """Whether this person wants no more invitations."""
    return await documents[UNSUBSCRIBED].count({"_id": person_id}) > 0

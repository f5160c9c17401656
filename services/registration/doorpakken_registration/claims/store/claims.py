"""What waits for a known person to say that it is theirs, in `claims`."""

from collections.abc import Iterable

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, Document, Documents

from doorpakken_registration.claims.model.claim import Claim
from doorpakken_registration.common.store.documents import all_from, from_document, to_document
from doorpakken_registration.common.store.paging import Page, Part, read_page

LISTED_MAX = 1000
_ORDER = [("arrived_at", ASCENDING), ("_id", ASCENDING)]


async def add_claims(tx: Transaction, claims: Iterable[Claim]) -> None:
    """Keeps new ones."""
    await tx["claims"].insert_many([to_document(one) for one in claims])


async def put_claim(tx: Transaction, claim: Claim) -> None:
    """Keeps its new state."""
    await tx["claims"].replace_one({"_id": claim.id}, to_document(claim))


async def find_claim(documents: Documents, claim_id: str) -> Claim | None:
    """The claim, or None."""
    document = await documents["claims"].find_one({"_id": claim_id})
    return _claim(document) if document else None


async def list_claims(documents: Documents, ids: Iterable[str]) -> list[Claim]:
    """The claims with these ids."""
    wanted = [*ids]
    if not wanted:
        return []
    return all_from(Claim, await documents["claims"].find({"_id": {"$in": wanted}}))


async def list_claims_of(documents: Documents, person_ids: Iterable[str]) -> list[Claim]:
    """What was typed in the names of these people, in order of arrival."""
    wanted = [*person_ids]
    if not wanted:
        return []
    of_them: Document = {"person_id": {"$in": wanted}}
    return all_from(Claim, await documents["claims"].find(of_them, sort=_ORDER, limit=LISTED_MAX))


async def page_waiting(documents: Documents, gathering_id: str, part: Part) -> Page[Claim]:
    """Some of what waits at a gathering, in order of arrival."""
    wanted = {"gathering_id": gathering_id, "state": "waiting"}
    return await read_page(documents["claims"], wanted, _ORDER, part, _claim)


async def has_waiting(documents: Documents, person_id: str) -> bool:
    """Whether something waits for this person."""
    wanted = {"person_id": person_id, "state": "waiting"}
    return await documents["claims"].find_one(wanted) is not None


async def list_mentioning(documents: Documents, identities: Iterable[str]) -> list[Claim]:
    """What names somebody by one of these identities."""
    found = await documents["claims"].find({"mentions": {"$in": [*identities]}})
    return all_from(Claim, found)


async def delete_claims(tx: Transaction, ids: Iterable[str]) -> None:
    """Removes these."""
    await tx["claims"].delete_many({"_id": {"$in": [*ids]}})


def _claim(document: Document) -> Claim:
    return from_document(Claim, document)

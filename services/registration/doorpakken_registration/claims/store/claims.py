"""Claims in the collection `claims`. `list_claims_of` returns answered ones too; like
`page_waiting` it is oldest first."""

from collections.abc import Iterable

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, Document, Documents

from doorpakken_registration.claims.model.claim import Claim, ClaimState
from doorpakken_registration.common.store.documents import all_from, from_document, to_document
from doorpakken_registration.common.store.paging import Page, Part, read_page

_ORDER = [("arrived_at", ASCENDING), ("_id", ASCENDING)]


async def add_claims(tx: Transaction, claims: Iterable[Claim]) -> None:
    await tx["claims"].insert_many([to_document(one) for one in claims])


async def put_claim(tx: Transaction, claim: Claim) -> None:
    await tx["claims"].replace_one({"_id": claim.id}, to_document(claim))


async def find_claim(documents: Documents, claim_id: str) -> Claim | None:
    document = await documents["claims"].find_one({"_id": claim_id})
    return from_document(Claim, document) if document else None


async def list_claims(documents: Documents, ids: Iterable[str]) -> list[Claim]:
    wanted = [*ids]
    if not wanted:
        return []
    return all_from(Claim, await documents["claims"].find({"_id": {"$in": wanted}}))


async def list_claims_of(documents: Documents, person_ids: Iterable[str]) -> list[Claim]:
    wanted = [*person_ids]
    if not wanted:
        return []
    of_them: Document = {"person_id": {"$in": wanted}}
    return all_from(Claim, await documents["claims"].find(of_them, sort=_ORDER))


async def page_waiting(documents: Documents, gathering_id: str, part: Part) -> Page[Claim]:
    wanted = {"gathering_id": gathering_id, "state": ClaimState.WAITING}
    return await read_page(documents["claims"], wanted, _ORDER, part, Claim)


async def has_waiting(documents: Documents, person_id: str) -> bool:
    wanted = {"person_id": person_id, "state": ClaimState.WAITING}
    return await documents["claims"].find_one(wanted) is not None


async def list_mentioning(documents: Documents, identities: Iterable[str]) -> list[Claim]:
    found = await documents["claims"].find({"mentions": {"$in": [*identities]}})
    return all_from(Claim, found)


async def delete_claims(tx: Transaction, ids: Iterable[str]) -> None:
    await tx["claims"].delete_many({"_id": {"$in": [*ids]}})

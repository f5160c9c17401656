"""Offers in the collection `offers`. Lists and pages are oldest first; lists are whole, but for
that of a gathering. A field that is None is not filtered on. Sums are computed from the offers in
state `offered`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from doorpakken_events import states
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, Document, Documents

from doorpakken_registration.common.store.documents import (
    all_from,
    from_document,
    to_document,
    with_fields,
)
from doorpakken_registration.common.store.paging import Page, Part, read_page
from doorpakken_registration.pitches.model.offer import Offer

LISTED_MAX = 1000
_ORDER = [("offered_at", ASCENDING), ("_id", ASCENDING)]


@dataclass(frozen=True)
class Sum:
    """What is offered toward one need, or without a need toward a category, in one unit: the
    amounts by offer."""

    need_id: str | None
    category: str
    unit: str
    amounts: Mapping[str, int]

    @property
    def offered(self) -> int:
        return sum(self.amounts.values())

    @property
    def offers(self) -> int:
        return len(self.amounts)


async def put_offer(tx: Transaction, offer: Offer) -> None:
    await tx["offers"].replace_one({"_id": offer.id}, to_document(offer), upsert=True)


async def find_offer(documents: Documents, offer_id: str) -> Offer | None:
    document = await documents["offers"].find_one({"_id": offer_id})
    return from_document(Offer, document) if document else None


async def list_offers(
    documents: Documents, gathering_id: str, person_id: str | None = None
) -> list[Offer]:
    part = Part(LISTED_MAX)
    return (await page_offers(documents, gathering_id, part, person_id=person_id)).items


async def page_offers(
    documents: Documents, gathering_id: str, part: Part, **fields: str | None
) -> Page[Offer]:
    wanted = with_fields(gathering_id=gathering_id, **fields)
    return await read_page(documents["offers"], wanted, _ORDER, part, Offer)


async def list_offers_of(documents: Documents, person_id: str) -> list[Offer]:
    """Also what they offered for an organisation."""
    return await _list(documents, {"person_id": person_id})


async def list_offers_for(documents: Documents, organisation_id: str) -> list[Offer]:
    return await _list(documents, {"organisation_id": organisation_id})


async def list_pending(documents: Documents, organisation_ids: Iterable[str]) -> list[Offer]:
    wanted = [*organisation_ids]
    if not wanted:
        return []
    return await _list(
        documents, {"organisation_id": {"$in": wanted}, "state": states.Offer.PENDING}
    )


async def delete_offers(tx: Transaction, ids: Iterable[str]) -> None:
    await tx["offers"].delete_many({"_id": {"$in": [*ids]}})


async def sum_offers(documents: Documents, gathering_id: str) -> list[Sum]:
    group = {name: f"${name}" for name in ("need_id", "category", "unit")}
    found = await documents["offers"].aggregate(
        [
            {"$match": {"gathering_id": gathering_id, "state": states.Offer.OFFERED}},
            {"$group": {"_id": group, "amounts": {"$push": {"k": "$_id", "v": "$amount"}}}},
            {"$sort": {"_id": ASCENDING}},
        ]
    )
    return [
        Sum(**row["_id"], amounts={one["k"]: one["v"] for one in row["amounts"]}) for row in found
    ]


async def needs_with_offers(documents: Documents, need_ids: Iterable[str]) -> set[str]:
    """Only offers in state `offered` count, not pending ones."""
    found = await documents["offers"].find(
        {"need_id": {"$in": [*need_ids]}, "state": states.Offer.OFFERED}, projection={"need_id": 1}
    )
    return {document["need_id"] for document in found}


async def _list(documents: Documents, wanted: Document) -> list[Offer]:
    found = await documents["offers"].find(wanted, sort=_ORDER)
    return all_from(Offer, found)

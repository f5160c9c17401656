"""Consents in the collection `consents`."""

from collections.abc import Iterable

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents, ReplaceOne

from doorpakken_registration.common.store.documents import all_from, from_document, to_document
from doorpakken_registration.people.model.consent import Consent


async def put_consents(tx: Transaction, consents: Iterable[Consent]) -> None:
    await tx["consents"].bulk_write(
        [ReplaceOne({"_id": one.id}, to_document(one), upsert=True) for one in consents]
    )


async def find_consent(documents: Documents, attendee_id: str) -> Consent | None:
    document = await documents["consents"].find_one({"_id": attendee_id})
    return from_document(Consent, document) if document else None


async def list_consents(documents: Documents, attendee_ids: Iterable[str]) -> list[Consent]:
    found = await documents["consents"].find({"_id": {"$in": [*attendee_ids]}})
    return all_from(Consent, found)


async def list_given(documents: Documents, gathering_id: str) -> list[Consent]:
    found = await documents["consents"].find({"gathering_id": gathering_id, "is_given": True})
    return all_from(Consent, found)

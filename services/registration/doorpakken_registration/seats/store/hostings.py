"""Who is asked to lead which session in `hostings`, and what they said in `hosting_answers`."""

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Document, Documents

from doorpakken_registration.common.store.documents import (
    all_from,
    from_document,
    from_fields,
    to_document,
)
from doorpakken_registration.seats.model.hosting import Hosting, HostingAnswer, OtherSlot


async def put_hosting(tx: Transaction, hosting: Hosting) -> None:
    """Keeps what somebody is asked now."""
    await tx["hostings"].replace_one({"_id": hosting.id}, to_document(hosting), upsert=True)


async def find_hosting(documents: Documents, hosting_id: str) -> Hosting | None:
    """What somebody is asked, or None."""
    document = await documents["hostings"].find_one({"_id": hosting_id})
    return _hosting(document) if document else None


async def put_answer(tx: Transaction, answer: HostingAnswer) -> None:
    """Keeps what somebody said."""
    await tx["hosting_answers"].replace_one({"_id": answer.id}, to_document(answer), upsert=True)


async def find_answer(documents: Documents, hosting_id: str) -> HostingAnswer | None:
    """What they said last, or None."""
    document = await documents["hosting_answers"].find_one({"_id": hosting_id})
    return from_document(HostingAnswer, document) if document else None


async def list_answers_of(documents: Documents, person_id: str) -> list[HostingAnswer]:
    """All that a person answered to being asked."""
    found = await documents["hosting_answers"].find({"person_id": person_id})
    return all_from(HostingAnswer, found)


async def delete_answers_of(tx: Transaction, person_id: str) -> None:
    """Forgets what a person said."""
    await tx["hosting_answers"].delete_many({"person_id": person_id})


def _hosting(document: Document) -> Hosting:
    slots = [from_fields(OtherSlot, one) for one in document["other_slots"]]
    return from_document(Hosting, {**document, "other_slots": slots})

"""Requests to lead a session, in `hostings`, and the answers to them, in `hosting_answers`."""

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
    await tx["hostings"].replace_one({"_id": hosting.id}, to_document(hosting), upsert=True)


async def find_hosting(documents: Documents, hosting_id: str) -> Hosting | None:
    document = await documents["hostings"].find_one({"_id": hosting_id})
    return _hosting(document) if document else None


async def put_answer(tx: Transaction, answer: HostingAnswer) -> None:
    await tx["hosting_answers"].replace_one({"_id": answer.id}, to_document(answer), upsert=True)


async def find_answer(documents: Documents, hosting_id: str) -> HostingAnswer | None:
    document = await documents["hosting_answers"].find_one({"_id": hosting_id})
    return from_document(HostingAnswer, document) if document else None


async def list_answers_of(documents: Documents, person_id: str) -> list[HostingAnswer]:
    found = await documents["hosting_answers"].find({"person_id": person_id})
    return all_from(HostingAnswer, found)


async def delete_answers_of(tx: Transaction, person_id: str) -> None:
    await tx["hosting_answers"].delete_many({"person_id": person_id})


def _hosting(document: Document) -> Hosting:
    slots = [from_fields(OtherSlot, one) for one in document["other_slots"]]
    return from_document(Hosting, {**document, "other_slots": slots})

"""Erasures in the collection `erasures`, which mark erased people without their name."""

from datetime import datetime

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Document, Documents

from doorpakken_registration.common.store.documents import from_document, to_document
from doorpakken_registration.privacy.model.erasure import Erasure


async def add_erasure(tx: Transaction, erasure: Erasure) -> None:
    await tx["erasures"].insert_one(to_document(erasure))


async def find_erasure(documents: Documents, person_id: str) -> Erasure | None:
    return _erasure(await documents["erasures"].find_one({"_id": person_id}))


async def find_numbered(documents: Documents, number: str) -> Erasure | None:
    return _erasure(await documents["erasures"].find_one({"number": number}))


async def put_answer(tx: Transaction, person_id: str, service: str, at: datetime) -> None:
    fields = {f"answers.{service}": at}
    await tx["erasures"].update_one({"_id": person_id}, {"$set": fields})


def _erasure(document: Document | None) -> Erasure | None:
    return from_document(Erasure, document) if document else None

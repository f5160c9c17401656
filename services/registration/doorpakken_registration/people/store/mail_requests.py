"""Requested mails in the collection `mail_requests`, with the fields of their events."""

from collections.abc import Iterable

from doorpakken_events.registration import MailRequested
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Document, Documents


async def put_mail_request(tx: Transaction, said: MailRequested, version: int) -> None:
    fields = said.model_dump(exclude={"mail_request_id"})
    document = {"_id": said.mail_request_id, "version": version, **fields}
    await tx["mail_requests"].replace_one({"_id": said.mail_request_id}, document, upsert=True)


async def is_requested(documents: Documents, mail_request_id: str) -> bool:
    return await documents["mail_requests"].find_one({"_id": mail_request_id}) is not None


async def list_mail_requests_of(
    documents: Documents, person_id: str
) -> list[tuple[MailRequested, int]]:
    """Those to the person or on their behalf, each with its version."""
    wanted = {"$or": [{"person_id": person_id}, {"from_person_id": person_id}]}
    return [_read(document) for document in await documents["mail_requests"].find(wanted)]


async def delete_mail_requests(tx: Transaction, ids: Iterable[str]) -> None:
    await tx["mail_requests"].delete_many({"_id": {"$in": [*ids]}})


def _read(document: Document) -> tuple[MailRequested, int]:
    fields = {**document, "mail_request_id": document["_id"]}
    return MailRequested.model_validate(fields, extra="ignore"), document["version"]

"""Drafts of pitches in the collection `drafts`, listed last saved first; MongoDB expires them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from operator import itemgetter

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Document, Documents
from doorpakken_plumbing.time import clock

from doorpakken_registration.common.store.documents import all_from, to_document
from doorpakken_registration.pitches.model.draft import Draft


async def put_draft(tx: Transaction, draft: Draft, keep: timedelta) -> None:
    """Sets `drop_at` by the real clock, which the database uses to expire documents."""
    document = to_document(draft) | {"drop_at": clock.real_now() + keep}
    await tx["drafts"].replace_one({"_id": draft.id}, document, upsert=True)


async def list_drafts_of(documents: Documents, person_id: str, now: datetime) -> list[Draft]:
    return await _drafts(documents, {"person_id": person_id}, now)


async def list_drafts_on(documents: Documents, secret_hash: str, now: datetime) -> list[Draft]:
    return await _drafts(documents, {"secret_hash": secret_hash}, now)


async def delete_drafts(tx: Transaction, ids: Sequence[str]) -> None:
    await tx["drafts"].delete_many({"_id": {"$in": [*ids]}})


async def _drafts(documents: Documents, whose: Document, now: datetime) -> list[Draft]:
    found = await documents["drafts"].find({**whose, "expires_at": {"$gt": now}})
    found.sort(key=itemgetter("expires_at"), reverse=True)
    return all_from(Draft, found)

"""Followers in the collection `followers`, by the person's id."""

from collections.abc import Iterable

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, Documents, ReplaceOne

from doorpakken_registration.common.store.documents import from_document, to_document
from doorpakken_registration.following.model.follower import Follower


async def put_followers(tx: Transaction, followers: Iterable[Follower]) -> None:
    await tx["followers"].bulk_write(
        [ReplaceOne({"_id": one.id}, to_document(one), upsert=True) for one in followers]
    )


async def find_follower(documents: Documents, person_id: str) -> Follower | None:
    document = await documents["followers"].find_one({"_id": person_id})
    return from_document(Follower, document) if document else None


async def list_followers(documents: Documents, person_ids: Iterable[str]) -> list[Follower]:
    return [
        from_document(Follower, one)
        for one in await documents["followers"].find({"_id": {"$in": [*person_ids]}})
    ]


async def list_following(documents: Documents, after_id: str, limit: int) -> list[str]:
    wanted = {"state": "confirmed", "_id": {"$gt": after_id}}
    found = await documents["followers"].find(wanted, sort=[("_id", ASCENDING)], limit=limit)
    return [one["_id"] for one in found]


async def delete_follower(tx: Transaction, person_id: str) -> None:
    await tx["followers"].delete_one({"_id": person_id})

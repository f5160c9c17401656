"""Read models without an inbox: the newest state per aggregate, written in bulk where it is newer.
Ignores older states; folding the same records again, in any order, gives the same documents."""

from collections.abc import Iterable, Mapping

from doorpakken_events.event import Event

from doorpakken_plumbing.messaging.heard import Message
from doorpakken_plumbing.messaging.newest import Keep
from doorpakken_plumbing.mongo.database import (
    BulkWriteError,
    Mongo,
    UpdateOne,
    is_duplicate,
    is_infrastructure,
)

Projections = Mapping[type[Event], Keep]

DUPLICATE_KEY = 11000


def newest(messages: Iterable[Message]) -> dict[tuple[str, str], Message]:
    found: dict[tuple[str, str], Message] = {}
    for message in messages:
        assert message.event is not None
        place = (message.event.AGGREGATE, message.key)
        if place not in found or message.version > found[place].version:
            found[place] = message
    return found


async def fold(mongo: Mongo, messages: Iterable[Message], projections: Projections) -> None:
    by_collection: dict[str, list[UpdateOne]] = {}
    for (aggregate, _), message in newest(messages).items():
        by_collection.setdefault(aggregate, []).append(_upsert(message, projections))
    for collection, updates in by_collection.items():
        try:
            await mongo[collection].bulk_write(updates, ordered=False)
        except BulkWriteError as error:
            _require_stale_only(error)


def _upsert(message: Message, projections: Projections) -> UpdateOne:
    assert message.event is not None
    data = None if message.data is None else projections[message.event](message.data)
    # Matches only an older document; beside a newer one the insert fails as a duplicate.
    return UpdateOne(
        {"_id": message.key, "version": {"$lt": message.version}},
        {"$set": {"version": message.version, "data": data}},
        upsert=True,
    )


def _require_stale_only(error: BulkWriteError) -> None:
    rows = error.details.get("writeErrors", [])
    others = any(row.get("code") != DUPLICATE_KEY for row in rows)
    if others or not is_duplicate(error) or is_infrastructure(error):
        raise error

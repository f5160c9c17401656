"""Read models without an inbox: the newest state per aggregate, written in bulk behind a guard.
Ignores older states; folding the same records again, in any order, gives the same documents."""

from collections.abc import Callable, Iterable, Mapping

from doorpakken_events.event import Event

from doorpakken_plumbing.messaging.heard import Message
from doorpakken_plumbing.mongo.database import (
    BulkWriteError,
    Document,
    Mongo,
    UpdateOne,
    is_duplicate,
    is_infrastructure,
)

# Maps an event to the data that is stored of it.
Keep = Callable[[Event], Document]
Projections = Mapping[type[Event], Keep]

DUPLICATE_KEY = 11000


def whole(event: Event) -> Document:
    return event.model_dump()


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
    assert message.envelope is not None
    data = None if message.data is None else projections[message.event](message.data)
    # Matches only an older document; beside a newer one the insert fails as a duplicate.
    return UpdateOne(
        {"_id": message.key, "version": {"$lt": message.version}},
        {
            "$set": {
                "version": message.version,
                "topic": message.topic,
                "time": message.envelope.time,
                "gathering_id": message.envelope.gathering_id,
                "data": data,
            }
        },
        upsert=True,
    )


def _require_stale_only(error: BulkWriteError) -> None:
    rows = error.details.get("writeErrors", [])
    others = any(row.get("code") != DUPLICATE_KEY for row in rows)
    if others or not is_duplicate(error) or is_infrastructure(error):
        raise error

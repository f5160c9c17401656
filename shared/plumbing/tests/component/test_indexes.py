"""A service that starts on a database of an earlier version has the indexes of this one."""

from collections.abc import Awaitable, Callable
from typing import Any

from doorpakken_plumbing.mongo.database import ASCENDING, Index
from doorpakken_plumbing.service import Parts, Service
from doorpakken_plumbing.settings import ServiceSettings
from pymongo import AsyncMongoClient

StartService = Callable[..., Awaitable[Service]]
EARLIER = (
    Index("notes", [("state", ASCENDING)], partial={"state": {"$type": "string"}}),
    Index("notes", [("place", ASCENDING)]),
    Index("notes", [("until", ASCENDING)], expire_after_seconds=60),
    Index("notes", [("writer", ASCENDING)]),
)
NOW = (
    Index("notes", [("state", ASCENDING)], partial={"state": "open"}),
    Index("notes", [("place", ASCENDING), ("_id", ASCENDING)]),
    Index("notes", [("until", ASCENDING)], expire_after_seconds=90),
    Index("notes", [("writer", ASCENDING)]),
)


async def test_indexes_that_changed_are_made_anew_and_others_stay(
    start: StartService, settings_of: Callable[..., ServiceSettings]
) -> None:
    await start("matching", Parts(indexes=EARLIER))
    await start("matching", Parts(indexes=NOW), instance="2")
    settings = settings_of("matching")
    async with AsyncMongoClient[dict[str, Any]](settings.mongodb_uri.get_secret_value()) as client:
        made = await client[settings.mongodb_database]["notes"].index_information()
    assert {name: dict(one["key"]) for name, one in made.items()} == {
        "_id_": {"_id": 1},
        "state_1": {"state": 1},
        "place_1__id_1": {"place": 1, "_id": 1},
        "until_1": {"until": 1},
        "writer_1": {"writer": 1},
    }
    assert made["state_1"]["partialFilterExpression"] == {"state": "open"}
    assert made["until_1"]["expireAfterSeconds"] == 90

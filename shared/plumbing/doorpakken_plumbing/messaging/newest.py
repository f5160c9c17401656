"""The newest state of every aggregate a service heard of, in a collection named after it: documents
`{_id, version, data}` with the event's fields. A parent that was not received yet is missing."""

from collections.abc import Callable, Iterable, Mapping
from operator import itemgetter
from typing import Any, TypeVar

from doorpakken_events.event import READING, Event

from doorpakken_plumbing.messaging.heard import ReceivedEvent
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Document, Documents

E = TypeVar("E", bound=Event)

# Maps an event to the data that is stored of it.
Keep = Callable[[Event], Document]


def whole(event: Event) -> Document:
    return event.model_dump()


def read(state: type[E], document: Document) -> E:
    return state.model_validate(document["data"], extra="ignore", context=READING)


async def put(tx: Transaction, heard: ReceivedEvent[Any], keep: Keep = whole) -> None:
    """Does not compare versions: the guard has refused what is stale."""
    key, data = heard.aggregate_id, keep(heard.data)
    document = {"_id": key, "version": heard.version, "data": data}
    await tx[heard.data.AGGREGATE].replace_one({"_id": key}, document, upsert=True)


async def remove(tx: Transaction, state: type[Event], key: str) -> None:
    await tx[state.AGGREGATE].delete_one({"_id": key})


async def find(documents: Documents, state: type[E], key: str) -> E | None:
    found = await find_with_version(documents, state, key)
    return found[0] if found else None


async def find_with_version(documents: Documents, state: type[E], key: str) -> tuple[E, int] | None:
    found = await documents[state.AGGREGATE].find_one({"_id": key, "data": {"$ne": None}})
    return (read(state, found), int(found["version"])) if found else None


async def list_by_id(documents: Documents, state: type[E], keys: Iterable[str]) -> dict[str, E]:
    """Unknown ids are left out."""
    found = await list_with_versions(documents, state, keys)
    return {key: one for key, (one, _) in found.items()}


async def list_with_versions(
    documents: Documents, state: type[E], keys: Iterable[str]
) -> dict[str, tuple[E, int]]:
    wanted = {"_id": {"$in": [*{*keys}]}, "data": {"$ne": None}}
    found = await documents[state.AGGREGATE].find(wanted)
    return {one["_id"]: (read(state, one), int(one["version"])) for one in found}


async def list_names(
    documents: Documents, state: type[Event], keys: Iterable[str]
) -> dict[str, str]:
    """By id; also of states of which little more than the name is kept. Unknown ids are left
    out."""
    wanted = {"_id": {"$in": [*{*keys}]}, "data": {"$ne": None}}
    found = await documents[state.AGGREGATE].find(wanted)
    return {one["_id"]: one["data"]["name"] for one in found}


async def list_where(documents: Documents, state: type[E], /, **fields: str) -> list[E]:
    """States with these values in their fields; ordered by id, which is the order of creation."""
    found = await documents[state.AGGREGATE].find(_in_data(fields))
    return [read(state, one) for one in sorted(found, key=itemgetter("_id"))]


async def list_ids_where(documents: Documents, state: type[Event], /, **fields: str) -> list[str]:
    found = await documents[state.AGGREGATE].find(_in_data(fields), projection={"_id": 1})
    return [one["_id"] for one in found]


async def count_where(documents: Documents, state: type[Event], /, **fields: str | bool) -> int:
    return await documents[state.AGGREGATE].count(_in_data(fields))


async def group_by(
    documents: Documents, state: type[E], field: str, values: Iterable[str]
) -> dict[str, list[E]]:
    """By the value of the field, each list ordered by id; a value without any has an empty list."""
    groups: dict[str, list[E]] = {value: [] for value in values}
    found = await documents[state.AGGREGATE].find({f"data.{field}": {"$in": [*groups]}})
    for document in sorted(found, key=itemgetter("_id")):
        groups[document["data"][field]].append(read(state, document))
    return groups


def _in_data(fields: Mapping[str, str | bool]) -> Document:
    return {f"data.{name}": value for name, value in fields.items()}

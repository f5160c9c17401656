"""Reads long lists in parts with keyset pagination.
A part starts after a place (sort keys and an id), so that inserts meanwhile cause no gaps or
duplicates. The item at that place need not exist."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from doorpakken_plumbing.mongo.database import ASCENDING, Collection, Document

from doorpakken_registration.common.store.documents import all_from

T = TypeVar("T")
COUNTED_MAX = 1000
Order = Sequence[tuple[str, int]]
Place = tuple[str | datetime, ...]


def in_order(*fields: str) -> list[tuple[str, int]]:
    """Index fields for a list that is paged in the order of the last field, then by id."""
    return [(field, ASCENDING) for field in (*fields, "_id")]


@dataclass(frozen=True)
class Part:
    """At most `limit` items after a place; without a place from the beginning."""

    limit: int
    after: Place = ()


@dataclass(frozen=True)
class Page(Generic[T]):
    """A part of a list, and the place of its last item; `last` is None when nothing follows."""

    items: list[T]
    last: Place | None


@dataclass(frozen=True)
class Leaf(Generic[T]):
    """A part of a list that is shown on a page; `total` is exact up to `COUNTED_MAX`, and one more
    stands for any higher number."""

    items: list[T]
    total: int
    has_more: bool

    @property
    def is_long(self) -> bool:
        return self.total > COUNTED_MAX


async def read_leaf(
    collection: Collection,
    wanted: Document,
    order: Order,
    skip: int,
    limit: int,
    kind: type[T],
) -> Leaf[T]:
    found = await collection.find(wanted, sort=order, skip=skip, limit=limit + 1)
    total = await collection.count(wanted, limit=COUNTED_MAX + 1)
    return Leaf(all_from(kind, found[:limit]), total, len(found) > limit)


async def read_page(
    collection: Collection,
    wanted: Document,
    order: Order,
    part: Part,
    kind: type[T],
) -> Page[T]:
    """`order` must end with `_id`."""
    query = {"$and": [wanted, _beyond(order, part.after)]} if part.after else wanted
    # Reads one extra document to know whether anything follows.
    found = await collection.find(query, sort=order, limit=part.limit + 1)
    shown = found[: part.limit]
    last = tuple(shown[-1][name] for name, _ in order) if len(found) > part.limit else None
    return Page(all_from(kind, shown), last)


def _beyond(order: Order, place: Place) -> Document:
    # After the place in the first key, or equal there and after it in the next key, and so on.
    ways: list[Document] = []
    same: Document = {}
    for (name, direction), value in zip(order, place, strict=False):
        further: dict[str, Any] = {"$gt" if direction == ASCENDING else "$lt": value}
        ways.append(same | {name: further})
        same = same | {name: value}
    return {"$or": ways}

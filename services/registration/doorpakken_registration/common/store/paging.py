"""Long lists a part at a time: what comes after a place in their order, so that nothing is missed
or told twice when something is added meanwhile. A place is a sort key and an id; any is fine."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from doorpakken_plumbing.mongo.database import ASCENDING, Collection, Document

T = TypeVar("T")
COUNTED_MAX = 1000
Order = Sequence[tuple[str, int]]
Place = tuple[str | datetime, ...]


def in_order(*fields: str) -> list[tuple[str, int]]:
    """The fields of an index for a list in the order of the last one, a part at a time: then by
    id."""
    return [(field, ASCENDING) for field in (*fields, "_id")]


@dataclass(frozen=True)
class Part:
    """So many things after a place; without a place from the beginning."""

    limit: int
    after: Place = ()


@dataclass(frozen=True)
class Page(Generic[T]):
    """A part of a list, and the place of its last thing; None when nothing follows."""

    items: list[T]
    last: Place | None


@dataclass(frozen=True)
class Leaf(Generic[T]):
    """A leaf of a list that people look through: how many there are is told up to `COUNTED_MAX`,
    one more stands for more than that."""

    items: list[T]
    total: int
    has_more: bool

    @property
    def is_long(self) -> bool:
        """Whether there are more than anybody counts."""
        return self.total > COUNTED_MAX


async def read_leaf(
    collection: Collection,
    wanted: Document,
    order: Order,
    skip: int,
    limit: int,
    make: Callable[[Document], T],
) -> Leaf[T]:
    """So many of what is wanted, after as many as are skipped."""
    found = await collection.find(wanted, sort=order, skip=skip, limit=limit + 1)
    total = await collection.count(wanted, limit=COUNTED_MAX + 1)
    return Leaf([make(one) for one in found[:limit]], total, len(found) > limit)


async def read_page(
    collection: Collection,
    wanted: Document,
    order: Order,
    part: Part,
    make: Callable[[Document], T],
) -> Page[T]:
    """A part of what is wanted, in an order that ends with `_id`."""
    query = {"$and": [wanted, _beyond(order, part.after)]} if part.after else wanted
    # One more than is asked tells whether anything follows.
    found = await collection.find(query, sort=order, limit=part.limit + 1)
    shown = found[: part.limit]
    last = tuple(shown[-1][name] for name, _ in order) if len(found) > part.limit else None
    return Page([make(one) for one in shown], last)


def _beyond(order: Order, place: Place) -> Document:
    """Beyond in the first key, or equal in that and beyond in the next, and so on."""
    ways: list[Document] = []
    same: Document = {}
    for (name, direction), value in zip(order, place, strict=False):
        further: dict[str, Any] = {"$gt" if direction == ASCENDING else "$lt": value}
        ways.append(same | {name: further})
        same = same | {name: value}
    return {"$or": ways}

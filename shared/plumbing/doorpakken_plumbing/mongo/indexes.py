"""The indexes a service wants, and the changes where an earlier version made others.
Does not access the database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pymongo import IndexModel


@dataclass(frozen=True)
class Index:
    """An index to make at start; `expire_after_seconds` counts on the server's clock."""

    collection: str
    keys: Sequence[tuple[str, int]]
    unique: bool = False
    partial: dict[str, Any] | None = None
    expire_after_seconds: int | None = None

    @property
    def name(self) -> str:
        return "_".join(f"{field}_{direction}" for field, direction in self.keys)

    def model(self) -> IndexModel:
        options: dict[str, Any] = {"unique": self.unique}
        if self.partial is not None:
            options["partialFilterExpression"] = self.partial
        if self.expire_after_seconds is not None:
            options["expireAfterSeconds"] = self.expire_after_seconds
        return IndexModel(list(self.keys), name=self.name, **options)

    def is_made_as(self, made: Mapping[str, Any]) -> bool:
        return (
            made["name"] == self.name
            and list(made["key"].items()) == list(self.keys)
            and bool(made.get("unique")) == self.unique
            and made.get("partialFilterExpression") == self.partial
            and made.get("expireAfterSeconds") == self.expire_after_seconds
        )


@dataclass(frozen=True)
class Changes:
    """Names to drop because a wanted index takes their place, what to make, names to drop last."""

    first: Sequence[str]
    made: Sequence[Index]
    last: Sequence[str]


def changes(wanted: Iterable[Index], there: Iterable[Mapping[str, Any]]) -> Changes:
    """For one collection. Unwanted indexes go last, so that queries always have an index."""
    by_name = {index.name: index for index in wanted}
    kept: set[str] = set()
    first: list[str] = []
    last: list[str] = []
    for one in there:
        name = one["name"]
        like = by_name.get(name)
        if name == "_id_":
            continue
        if like and like.is_made_as(one):
            kept.add(name)
        elif like or any(list(one["key"].items()) == list(i.keys) for i in by_name.values()):
            first.append(name)
        else:
            last.append(name)
    return Changes(first, [index for name, index in by_name.items() if name not in kept], last)

"""How an object of the model is kept: its fields, with `id` as `_id`. Fields that
an older or newer version of the service wrote are left out on reading."""

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar, cast

from doorpakken_plumbing.mongo.database import Document

T = TypeVar("T")


def to_document(item: Any) -> Document:
    """The document of an object."""
    document = to_fields(item)
    document["_id"] = document.pop("id")
    return document


def to_fields(item: Any) -> Document:
    """The fields of a part that has no id of its own."""
    return {name: _kept(value) for name, value in vars(item).items()}


def from_document(kind: type[T], document: Document) -> T:
    """The object in a document; lists become tuples."""
    return from_fields(kind, {**document, "id": document["_id"]})


def from_fields(kind: type[T], document: Document) -> T:
    """The object or part in a set of fields."""
    names = _names(cast(Hashable, kind))
    return kind(
        **{
            name: tuple(value) if isinstance(value, list) else value
            for name, value in document.items()
            if name in names
        }
    )


def all_from(kind: type[T], documents: Iterable[Document]) -> list[T]:
    """The objects in documents."""
    return [from_document(kind, document) for document in documents]


def matching(words: Sequence[str]) -> Document:
    """A query for documents of whose `words` one begins with each of these; without any for all."""
    # The longest is the rarest; the index is asked for one of them.
    by_length = sorted(words, key=len, reverse=True)
    wanted = [{"words": {"$regex": f"^{re.escape(word)}"}} for word in by_length]
    return {"$and": wanted} if wanted else {}


def with_fields(**fields: str | None) -> Document:
    """A query for documents with these fields; one that is None may be anything."""
    return {name: value for name, value in fields.items() if value is not None}


def day(text: str | None) -> date | None:
    """A date as it is kept: MongoDB knows moments only."""
    return date.fromisoformat(text) if text else None


def _kept(value: Any) -> Any:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [to_fields(one) if is_dataclass(one) else one for one in value]
    return value


@cache
def _names(kind: Hashable) -> frozenset[str]:
    return frozenset(one.name for one in fields(cast(Any, kind)))

"""Converts model objects to and from MongoDB documents: their fields, with `id` as `_id`.
Ignores fields that an older or newer version of the service wrote; lists are read as tuples."""

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar, cast

from doorpakken_plumbing.mongo.database import Document

T = TypeVar("T")


def to_document(item: Any) -> Document:
    document = to_fields(item)
    document["_id"] = document.pop("id")
    return document


def to_fields(item: Any) -> Document:
    return {name: _kept(value) for name, value in vars(item).items()}


def from_document(kind: type[T], document: Document) -> T:
    return from_fields(kind, {**document, "id": document["_id"]})


def from_fields(kind: type[T], document: Document) -> T:
    names = _names(cast(Hashable, kind))
    return kind(
        **{
            name: tuple(value) if isinstance(value, list) else value
            for name, value in document.items()
            if name in names
        }
    )


def all_from(kind: type[T], documents: Iterable[Document]) -> list[T]:
    return [from_document(kind, document) for document in documents]


def matching(words: Sequence[str]) -> Document:
    """A query for documents where each of these is a prefix of one of `words`; all if empty."""
    # The longest is usually the most selective, and the index serves only one of them.
    by_length = sorted(words, key=len, reverse=True)
    wanted = [{"words": {"$regex": f"^{re.escape(word)}"}} for word in by_length]
    return {"$and": wanted} if wanted else {}


def with_fields(**fields: str | None) -> Document:
    return {name: value for name, value in fields.items() if value is not None}


def day(text: str | None) -> date | None:
    # Dates are stored as ISO text, because MongoDB has no date type without time.
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

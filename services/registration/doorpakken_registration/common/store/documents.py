"""Converts model objects to and from MongoDB documents: their fields, with `id` as `_id`. Ignores
fields that an older or newer version of the service wrote. Dates are stored as ISO text, because
MongoDB has no date type without time."""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from cattrs.preconf.bson import make_converter
from doorpakken_plumbing.mongo.database import Document

T = TypeVar("T")

_CONVERTER = make_converter(detailed_validation=False, unstruct_collection_overrides={tuple: list})
for _plain in (str, int, float, bool):
    # Read as it is: cattrs would turn a missing text into "None".
    _CONVERTER.register_structure_hook(_plain, lambda value, _: value)
_CONVERTER.register_structure_hook(StrEnum, lambda value, kind: kind(value))


def to_document(item: Any) -> Document:
    document = to_fields(item)
    document["_id"] = document.pop("id")
    return document


def to_fields(item: Any) -> Document:
    fields: Document = _CONVERTER.unstructure(item)
    return fields


def from_document(kind: type[T], document: Document) -> T:
    return from_fields(kind, {**document, "id": document["_id"]})


def from_fields(kind: type[T], document: Document) -> T:
    return _CONVERTER.structure(document, kind)


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

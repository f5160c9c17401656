"""Pagination over HTTP: `limit`, and an opaque `cursor`.
Refuses an invalid cursor, and a cursor of another list."""

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Generic, TypeVar

from doorpakken_plumbing.http.errors import Invalid
from fastapi import Depends, Query, Request
from pydantic import BaseModel, Field

from doorpakken_registration.common.store.paging import Page, Part, Place

T = TypeVar("T")
CURSOR_LENGTH_MAX = 2000


class BadCursor(Invalid):
    """It does not lead to a place in this list."""

    slug = "bad-cursor"
    dutch = "Deze lijst is intussen veranderd. Begin weer vooraan."


class Listed(BaseModel, Generic[T]):
    """A part of a list."""

    items: list[T]
    next: str | None = Field(description="the `cursor` of what follows; null at the end")


@dataclass(frozen=True)
class Asked:
    """The part that is requested, and of which list."""

    list: str
    part: Part

    def next(self, page: Page[Any]) -> str | None:
        return _cursor(self.list, page.last) if page.last else None


async def asked_part(
    request: Request,
    limit: Annotated[int, Query(ge=1, le=1000, description="how many at most")] = 200,
    cursor: Annotated[
        str | None,
        Query(
            max_length=CURSOR_LENGTH_MAX, description="`next` of the part before; else the first"
        ),
    ] = None,
) -> Asked:
    path = request.url.path
    return Asked(path, Part(limit, _place(path, cursor) if cursor else ()))


WhichPart = Annotated[Asked, Depends(asked_part)]


def _cursor(path: str, place: Place) -> str:
    kept = [
        ("at", one.isoformat()) if isinstance(one, datetime) else ("text", one) for one in place
    ]
    return base64.urlsafe_b64encode(json.dumps([_mark(path), *kept]).encode()).decode()


def _place(path: str, cursor: str) -> Place:
    try:
        mark, *kept = json.loads(base64.urlsafe_b64decode(cursor))
        place = tuple(_READ[kind](text) for kind, text in kept)
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        mark, place = "", ()
    if mark != _mark(path):
        message = "This cursor is not of this list. Take `next` of its last part, or leave it out."
        raise BadCursor(message, errors=[{"field": "cursor", "message": message}])
    return place


def _text(written: object) -> str:
    text = str(written)
    text.encode()  # half a character fails here, and not in the database
    return text


def _moment(written: str) -> datetime:
    return datetime.fromisoformat(written).astimezone(UTC)


_READ: dict[str, Callable[[str], str | datetime]] = {"text": _text, "at": _moment}


def _mark(path: str) -> str:
    # Identifies the list, so that a cursor is accepted only for the list it came from.
    return hashlib.sha256(path.encode()).hexdigest()[:8]

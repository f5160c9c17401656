"""The ids that a stored document mentions, kept in an indexed field, by which erasure finds all
documents about a person. Documents that mention nobody have none."""

import re
from collections.abc import Iterable

# As `Transaction.new_id` writes them.
_ID = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")

MENTIONS = "mentions"


def ids_in(*texts: bytes) -> list[str]:
    return sorted({found.decode() for text in texts for found in _ID.findall(text)})


def mentions(ids: Iterable[str]) -> dict[str, dict[str, list[str]]]:
    """The MongoDB filter for documents that mention one of these ids."""
    return {MENTIONS: {"$in": sorted({*ids})}}

"""The ids that something kept names, written beside it, so that an index finds all there is of
somebody. What names nobody has none."""

import re
from collections.abc import Iterable

# As `Transaction.new_id` writes them.
_ID = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")

MENTIONS = "mentions"


def ids_in(*texts: bytes) -> list[str]:
    """Every id that stands in one of these, once."""
    return sorted({found.decode() for text in texts for found in _ID.findall(text)})


def mentions(ids: Iterable[str]) -> dict[str, dict[str, list[str]]]:
    """The filter for what names one of these."""
    return {MENTIONS: {"$in": sorted({*ids})}}

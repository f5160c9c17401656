"""Examples in the API's description, by schema name: of bodies that several slices share."""

from typing import Any

EXAMPLES: dict[str, Any] = {
    "Received": {"status": "received"},
    "SignedUp": {"status": "received", "is_full": True},
}


def listed(item: dict[str, Any]) -> dict[str, Any]:
    """A list is shown with one of its items."""
    return {"items": [item], "next": None}

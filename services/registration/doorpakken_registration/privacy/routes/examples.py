"""Examples of erasures, for the API's description."""

from typing import Any

EXAMPLES: dict[str, Any] = {
    "ErasureNumber": {"number": "K7-4QX"},
    "ErasureView": {
        "number": "K7-4QX",
        "asked_at": "2023-10-09T08:00:00Z",
        "answers": {"registration": "2023-10-09T08:00:01Z", "matching": "2023-10-09T08:00:02Z"},
        "is_complete": False,
    },
}

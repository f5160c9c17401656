"""How much a test does: enough for every change, or all of it (`FULL=1`, as `make fault` sets)."""

import os
from typing import TypeVar

T = TypeVar("T")

IS_FULL = os.environ.get("FULL") == "1"


def amount(usual: T, full: T) -> T:
    """The amount for this run."""
    return full if IS_FULL else usual

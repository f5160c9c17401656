"""Rounds up the response time of public forms, so that it does not reveal who is known."""

import asyncio
import math
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

STEP_SECONDS = 0.05


@asynccontextmanager
async def even_time() -> AsyncIterator[None]:
    """Waits until a whole number of `STEP_SECONDS` has passed, also after an exception."""
    began = time.monotonic()
    try:
        yield
    finally:
        took = time.monotonic() - began
        await asyncio.sleep(math.ceil(took / STEP_SECONDS) * STEP_SECONDS - took)

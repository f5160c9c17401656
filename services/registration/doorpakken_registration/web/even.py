"""Answers of forms that anybody sends come at even moments after they were asked, so that how long
one took does not tell whether somebody is known."""

import asyncio
import math
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

STEP_SECONDS = 0.05


@asynccontextmanager
async def even_time() -> AsyncIterator[None]:
    """Ends at the next step after its beginning, also where it fails."""
    began = time.monotonic()
    try:
        yield
    finally:
        took = time.monotonic() - began
        await asyncio.sleep(math.ceil(took / STEP_SECONDS) * STEP_SECONDS - took)

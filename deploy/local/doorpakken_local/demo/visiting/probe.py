"""Waits for the effect of other processes by polling, and reports the last state seen.
Always has a time limit."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from doorpakken_local.demo.stopped import StoryStopped

T = TypeVar("T")

WAIT_SECONDS = 30.0
LOOK_SECONDS_MIN, LOOK_SECONDS_MAX = 0.02, 0.25
SHOWN_CHARACTERS = 300


class NeverCame(StoryStopped):
    """A condition was not met in time; the message shows the last state seen."""


async def until(
    what: str,
    look: Callable[[], Awaitable[T]],
    is_good: Callable[[T], bool],
    *,
    seconds: float = WAIT_SECONDS,
) -> T:
    """Poll until `is_good` holds and return that value; raises NeverCame after `seconds`."""
    loop = asyncio.get_running_loop()
    deadline, pause = loop.time() + seconds, LOOK_SECONDS_MIN
    while not is_good(seen := await look()):
        if loop.time() > deadline:
            raise NeverCame(f"Waited {seconds:.0f} s for {what}; last saw {_shown(seen)}")
        await asyncio.sleep(pause)
        pause = min(pause * 1.5, LOOK_SECONDS_MAX)
    return seen


def _shown(seen: object) -> str:
    words = repr(seen)
    return words if len(words) <= SHOWN_CHARACTERS else f"{words[:SHOWN_CHARACTERS]}…"

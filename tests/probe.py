"""Waits for what should come true, and says what it last saw when it did not."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")

POLL_SECONDS = 0.05


async def eventually(
    look: Callable[[], Awaitable[T]], fits: Callable[[T], bool], seconds: float = 20
) -> T:
    """What `look` gave as soon as it fits; AssertionError with the last look after `seconds`."""
    deadline = time.monotonic() + seconds
    while not fits(seen := await look()):
        if time.monotonic() > deadline:
            raise AssertionError(f"after {seconds} s still {seen!r}")
        await asyncio.sleep(POLL_SECONDS)
    return seen


async def becomes(look: Callable[[], Awaitable[T]], expected: T, seconds: float = 20) -> None:
    """Waits until `look` gives exactly `expected`."""
    try:
        await eventually(look, lambda seen: seen == expected, seconds)
    except AssertionError as error:
        raise AssertionError(f"{error}; expected {expected!r}") from None


async def comes_true(is_so: Callable[[], bool], seconds: float = 20) -> None:
    """Waits until it is so."""

    async def look() -> bool:
        return is_so()

    await becomes(look, True, seconds)
